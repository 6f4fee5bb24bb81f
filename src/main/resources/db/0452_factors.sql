-- Passkeys (WebAuthn Level 3): public keys, nothing secret.
create table passkey (
  id            bigint generated always as identity primary key,
  reader_id     bigint not null references reader on delete cascade,
  credential_id bytea not null unique,
  public_key    bytea not null,                -- COSE
  sign_count    bigint not null,
  transports    text[] not null default '{}',
  name          text not null,
  created_at    timestamptz not null,
  used_at       timestamptz
);
create index passkey_reader on passkey (reader_id);

-- What an authenticator calls the person: random, so that it says nothing; and when they last said "not now".
create table passkey_holder (
  reader_id  bigint primary key references reader on delete cascade,
  handle     bytea not null unique,
  not_now_at timestamptz
);

-- A challenge that was given out; found by what the browser keeps.
create table passkey_try (
  browser_hash bytea primary key,
  reader_id    bigint references reader on delete cascade, -- whose passkey it shall be; null for signing in
  request      text not null,
  expires_at   timestamptz not null
);
create index passkey_try_age on passkey_try (expires_at);
create index passkey_try_reader on passkey_try (reader_id);

-- An app that shows six digits (RFC 6238). The secret is encrypted with a key that is not in here.
create table code_app (
  reader_id    bigint primary key references reader on delete cascade,
  secret       bytea not null,
  created_at   timestamptz not null,
  confirmed_at timestamptz,
  last_step    bigint not null default 0       -- no code is good twice
);

create table recovery_code (
  reader_id bigint not null references reader on delete cascade,
  code_hash bytea not null,
  used_at   timestamptz,
  primary key (reader_id, code_hash)
);
