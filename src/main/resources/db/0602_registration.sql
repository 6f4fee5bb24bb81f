-- Someone who wants to come: waiting in line, offered a seat until a moment, holding one until it is paid, coming, or not any more.
-- Held, offered and confirmed take seats; every change is made with the event's row locked, so there are never more than there are.
create table registration (
  id             bigint generated always as identity primary key,
  event_id       bigint not null references event on delete cascade,
  reader_id      bigint references reader on delete set null,
  seats          int not null check (seats in (1, 2)),
  guest_name     text not null default '',
  state          text not null check (state in ('held', 'waiting', 'offered', 'confirmed', 'cancelled')),
  asked_at       timestamptz not null,
  until          timestamptz check (until is not null or state not in ('held', 'offered')),
  confirmed_at   timestamptz,
  cancelled_at   timestamptz,
  why            text not null default '',
  plan           text not null default '',
  team_id        bigint references team on delete set null,
  questions      text[] not null default '{}',
  answers        text[] not null default '{}',
  price          bigint not null default 0,
  currency       text not null default 'EUR',
  pay            text not null default '' check (pay in ('', 'card', 'invoice')),
  invoice_number bigint references invoice,
  paid_at        timestamptz,
  refund_owed_at timestamptz,
  refunded_at    timestamptz,
  reminded_at    timestamptz,
  followed_up_at timestamptz
);
create unique index registration_once on registration (event_id, reader_id) where state <> 'cancelled';
create index registration_in_line on registration (event_id, state, asked_at);
create index registration_of_reader on registration (reader_id);
create index registration_due on registration (until) where state in ('held', 'offered');
create index registration_invoice on registration (invoice_number) where invoice_number is not null;

-- One for each seat that someone comes on. A ticket that is handed on ends, and a new one begins: what the old code opens is nothing.
create table ticket (
  id              bigint generated always as identity primary key,
  event_id        bigint not null references event on delete cascade,
  registration_id bigint not null references registration on delete cascade,
  number          int not null,
  reader_id       bigint references reader on delete set null,
  name            text not null default '',
  email           text not null default '',
  issued_at       timestamptz not null,
  cancelled_at    timestamptz,
  why             text not null default '',
  unique (event_id, number)
);
create index ticket_of_registration on ticket (registration_id);
create index ticket_of_reader on ticket (reader_id);

-- The key that tickets are signed with, sealed; and its public half, by which a phone at the door checks them.
create table ticket_key (
  id      int primary key check (id = 1),
  private bytea not null,
  public  bytea not null
);
