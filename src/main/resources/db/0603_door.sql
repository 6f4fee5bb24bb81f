-- A phone at the door, from when its list was handed out. What its clock says is put right by what was measured then.
create table door_opening (
  id        uuid primary key,
  event_id  bigint not null references event on delete cascade,
  by        bigint references reader on delete set null,
  name      text not null,
  opened_at timestamptz not null,
  seen_at   timestamptz not null
);
create index door_opening_of_event on door_opening (event_id, opened_at);

-- Each code that was read and each name that was pressed. Who is in is not kept but worked out of these, so the order in which phones
-- tell of them can't matter: of one ticket's the earliest stands.
create table door_scan (
  id          uuid primary key,
  event_id    bigint not null references event on delete cascade,
  opening_id  uuid not null references door_opening on delete cascade,
  ticket_id   bigint references ticket on delete cascade,
  kind        text not null check (kind in ('ticket', 'other', 'forged')),
  how         text not null check (how in ('code', 'name')),
  at          timestamptz not null,
  said        text not null,
  received_at timestamptz not null
);
create index door_scan_of_ticket on door_scan (event_id, ticket_id, at, id);
create index door_scan_of_opening on door_scan (opening_id);
