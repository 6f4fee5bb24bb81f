-- Those whose word about who someone is we take: OpenID Connect. The secret is encrypted with a key that is not in here.
create table identity_provider (
  id            bigint generated always as identity primary key,
  name          text not null,                -- as the sign-in page says it
  issuer        text not null,
  client_id     text not null,
  client_secret bytea not null,
  domains       text[] not null check (cardinality(domains) > 0),
  team_id       bigint,                       -- whose it is; null for the newsroom's own
  open          boolean not null default false, -- whether people may sign in by it, beside tests
  created_at    timestamptz not null
);
create index identity_provider_domains on identity_provider using gin (domains) where open;
create index identity_provider_team on identity_provider (team_id);

-- Someone who was sent to a provider and has not come back. Found by what their browser keeps, of which the hash is here.
create table sign_in_trip (
  browser_hash bytea primary key,
  provider_id  bigint not null references identity_provider on delete cascade,
  purpose      text not null,
  next         text not null default '',
  created_at   timestamptz not null,
  expires_at   timestamptz not null
);
create index sign_in_trip_age on sign_in_trip (expires_at);
create index sign_in_trip_provider on sign_in_trip (provider_id);

-- Whom a provider means by a subject: decided once, by the address, and by the subject from then on.
create table identity (
  provider_id bigint not null references identity_provider on delete cascade,
  subject     text not null,
  reader_id   bigint not null references reader on delete cascade,
  created_at  timestamptz not null,
  seen_at     timestamptz not null,
  primary key (provider_id, subject)
);
create index identity_reader on identity (reader_id);
