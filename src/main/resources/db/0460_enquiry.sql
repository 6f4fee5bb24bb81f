-- An organisation asks for seats: from its first words to won or lost. A move, a note and a next step are each an event.
create table enquiry (
  id           bigint generated always as identity primary key,
  at           timestamptz not null,
  name         text not null,
  email        text not null,
  organisation text not null,
  seats        int not null check (seats between 1 and 100000),
  words        text not null default '',
  state        text not null default 'new' check (state in ('new', 'talking', 'offered', 'won', 'lost')),
  moved_at     timestamptz not null,
  owner_id     bigint references reader on delete set null,
  next_step    text not null default '',
  next_day     date,
  reminded_at  timestamptz                         -- told that the day of the next step has come
);
create index enquiry_state on enquiry (state, moved_at desc, id desc);
create index enquiry_email on enquiry (lower(email));
create index enquiry_owner on enquiry (owner_id);
create index enquiry_due on enquiry (next_day) where reminded_at is null and next_day is not null;

create table enquiry_event (
  id         bigint generated always as identity primary key,
  enquiry_id bigint not null references enquiry on delete cascade,
  at         timestamptz not null,
  by         bigint references reader on delete set null,
  what       text not null check (what in ('came', 'moved', 'noted', 'step', 'owner', 'contract')),
  note       text not null default ''
);
create index enquiry_event_enquiry on enquiry_event (enquiry_id, id desc);
create index enquiry_event_by on enquiry_event (by);
