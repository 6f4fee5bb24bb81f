-- A letter's six digits, good in the browser that asked for them alone: its cookie names the row and salts the hash. The row
-- of an address that nobody has leads to no link, so that trying looks the same.
create table sign_in_code (
  browser_hash bytea primary key,
  link_hash    bytea references sign_in_link on delete cascade,
  code_hash    bytea not null,
  tries        int not null default 0,
  expires_at   timestamptz not null
);
create index sign_in_code_age on sign_in_code (expires_at);
create index sign_in_code_link on sign_in_code (link_hash);

-- Whether using the link shows more than a mailbox: the one that a start prints shows who runs the server.
alter table sign_in_link add column strong boolean not null default false;

alter table session
  add column how      text not null default 'link',
  add column strong   boolean not null default false, -- a passkey or a second factor was shown
  add column fresh_at timestamptz,                    -- when they last showed who they are; at the sign-in where null
  add column country  text not null default '',       -- two letters, where a proxy says it
  add column end_hash bytea;                          -- of the link in a letter that ends it
create unique index session_end on session (end_hash) where end_hash is not null;

-- The browsers that someone has signed in with, each known by a cookie of its own.
create table device (
  reader_id   bigint not null references reader on delete cascade,
  secret_hash bytea not null,
  name        text not null,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  primary key (reader_id, secret_hash)
);
create index device_age on device (last_at);

-- From when on someone works here: until they have shown a second factor, the newsroom is open to them for a day.
alter table staff add column employed_at timestamptz not null default now();
