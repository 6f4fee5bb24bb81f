-- A story that a member gives away: a link that opens this story alone, of whose secret only the hash is kept.
create table gift (
  id         bigint generated always as identity primary key,
  token_hash bytea not null unique,
  story_id   bigint not null references story on delete cascade,
  reader_id  bigint not null references reader on delete cascade,
  named      boolean not null default false,   -- whether the giver's first name is shown
  given_at   timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  opens      int not null default 0
);
create index gift_reader on gift (reader_id, given_at desc);
create index gift_story on gift (story_id);
create index gift_age on gift (expires_at);

-- Which devices have opened it; each counts once.
create table gift_open (
  gift_id bigint not null references gift on delete cascade,
  device  bytea not null,
  at      timestamptz not null,
  primary key (gift_id, device)
);
