-- Everyone who has an address: readers, members and staff are one person each, in one table.
create table reader (
  id           bigint generated always as identity primary key,
  email        text not null,                -- as it was typed
  email_key    text not null unique,         -- as it is compared: see EmailAddress
  name         text not null default '',
  language     text not null default 'en',
  created_at   timestamptz not null,
  confirmed_at timestamptz                   -- when the address was shown to be theirs
);

create table staff (
  reader_id bigint primary key references reader on delete cascade,
  role      text not null check (role in ('owner', 'editor', 'reporter', 'business')),
  author_id bigint references author
);

-- A session is a row; the cookie holds a secret of which only the hash is kept.
create table session (
  token_hash bytea primary key,
  reader_id  bigint not null references reader on delete cascade,
  created_at timestamptz not null,
  seen_at    timestamptz not null,
  expires_at timestamptz not null,
  device     text not null default '',
  network    text not null default ''
);
create index session_reader on session (reader_id);

-- Counters behind "at most n in a window", kept as rows so that every node counts together.
create table rate (
  subject      text not null,
  window_start timestamptz not null,
  hits         int not null,
  primary key (subject, window_start)
);
create index rate_age on rate (window_start);
