-- One send, frozen: whom it goes to and what it says were decided in one transaction and change no more.
create table mailing (
  id           bigint generated always as identity primary key,
  kind         text not null,                 -- whose it is: 'edition', 'memo' ...
  reference    text not null,                 -- which one of those
  subject      text not null,                 -- for people who look at a list of mailings
  return_path  text not null,                 -- the envelope's sender; a * in it becomes mailing-letter
  domain       text not null,                 -- right of the @ in a Message-ID
  mark         text not null,                 -- random, so that another database's mailing 7 has other Message-IDs
  state        text not null default 'sending' check (state in ('sending', 'held', 'sent')),
  held_because text not null default '',
  expected     bigint not null default 0,
  created_at   timestamptz not null,
  starts_at    timestamptz not null,
  deadline     timestamptz not null,          -- from here on nothing leaves until a person says so
  finished_at  timestamptz,
  trouble      text not null default '',      -- what the mail server said last, when it as a whole does not work
  trouble_at   timestamptz,
  unique (kind, reference)                    -- an edition can't be owed twice
);
create index mailing_open on mailing (id) where state in ('sending', 'held');

create table mailing_variant (
  mailing_id bigint not null references mailing on delete cascade,
  name       text not null,
  message    bytea not null,                  -- a frozen message with its personal slots
  primary key (mailing_id, name)
);

-- One row for each reader who is owed a letter. A partition for each mailing: its index is small while it is sent, and old letters
-- leave by dropping a table. No foreign key: it would be checked for every row, and the one statement that inserts knows the mailing.
create table letter (
  mailing_id   bigint not null,
  id           bigint not null,               -- 1 to the number of letters expected
  reader_id    bigint not null,
  address      text not null,
  name         text not null,
  variant      text not null,
  token        text not null,                 -- what the unsubscribe link carries
  personal     jsonb,                         -- further slots and their values
  state        text not null default 'owed'
               check (state in ('owed', 'sending', 'accepted', 'deferred', 'refused', 'doubtful', 'cancelled')),
  attempts     int not null default 0,
  next_attempt timestamptz not null,
  hand_id      bigint,                        -- who took it last
  taken_at     timestamptz,
  settled_at   timestamptz,                   -- when the last answer was written down
  code         int,
  reply        text,
  primary key (mailing_id, id)
) partition by list (mailing_id);
create index letter_due on letter (next_attempt, id) where state in ('owed', 'deferred');
create index letter_trouble on letter (state, id) where state in ('deferred', 'refused', 'doubtful');

-- How many letters are in each state, so that nobody counts rows. One row for each mailing and hand: hands that wrote one row
-- together would wait for each other's commits. Hand 0 is everybody else: the deciding transaction, people, the reconciler.
create table tally (
  mailing_id bigint not null references mailing on delete cascade,
  hand_id    bigint not null,
  owed       bigint not null default 0,
  sending    bigint not null default 0,
  accepted   bigint not null default 0,
  deferred   bigint not null default 0,
  refused    bigint not null default 0,
  doubtful   bigint not null default 0,
  cancelled  bigint not null default 0,
  first_at   timestamptz,                     -- of this hand's letters
  last_at    timestamptz,
  primary key (mailing_id, hand_id)
) with (fillfactor = 50);

-- Who sends. A hand whose node has not been seen for a while is dead, and what it held is in doubt.
create table hand (
  id         bigint generated always as identity primary key,
  node       text not null,
  number     int not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null             -- on the database's clock
);
create index hand_node on hand (node);
