-- One person's stay on one of a team's seats, from the invitation to the end. Who follows on the same seat gets a row of their own.
create table seat (
  id             bigint generated always as identity primary key,
  team_id        bigint not null references team,
  email          text not null,                    -- as it was typed
  email_key      text not null,
  reader_id      bigint references reader on delete set null,
  came_by        text not null check (came_by in ('invitation', 'handed_on', 'domain', 'sign_on', 'request')),
  created_at     timestamptz not null,
  token_hash     bytea unique,                     -- of the invitation's link; gone once it is used
  sent_at        timestamptz,
  expires_at     timestamptz,                      -- an invitation that nobody took holds its seat up to here
  taken_at       timestamptz,
  courtesy_until timestamptz,                      -- a seat beyond the contract, to the end of a week
  ended_at       timestamptz,
  last_read      date,                             -- the first day of the month; never what was read
  check (taken_at is not null or ended_at is not null or expires_at is not null)
);
create unique index seat_address on seat (team_id, email_key) where ended_at is null;
create index seat_reader on seat (reader_id);
create index seat_email on seat (email_key) where email_key <> '';
create index seat_former on seat (team_id, ended_at desc) where ended_at is not null;
create index seat_courtesy on seat (courtesy_until) where ended_at is null and courtesy_until is not null;

create table seat_event (
  id      bigint generated always as identity primary key,
  seat_id bigint not null references seat on delete cascade,
  at      timestamptz not null,
  by      bigint references reader on delete set null,
  what    text not null check (what in ('invited', 'sent_again', 'taken', 'revoked', 'taken_back', 'handed_on', 'courtesy', 'kept', 'courtesy_over', 'left')),
  note    text not null default ''
);
create index seat_event_seat on seat_event (seat_id, id);
create index seat_event_by on seat_event (by);

-- Someone asks for a seat; a manager decides, once.
create table seat_request (
  id         bigint generated always as identity primary key,
  team_id    bigint not null references team,
  reader_id  bigint not null references reader on delete cascade,
  seat_id    bigint references seat,               -- the courtesy seat that they read on meanwhile
  why        text not null check (why in ('full', 'approval', 'forwarded')),
  asked_at   timestamptz not null,
  decided_at timestamptz,
  decided_by bigint references reader on delete set null,
  granted    boolean
);
create unique index seat_request_open on seat_request (team_id, reader_id) where decided_at is null;
create index seat_request_team on seat_request (team_id, asked_at desc);
create index seat_request_reader on seat_request (reader_id);
create index seat_request_by on seat_request (decided_by);
create index seat_request_seat on seat_request (seat_id);

-- The addresses that were invited at once, line by line, so that the report is there to come back to.
create table seat_invite (
  id      bigint generated always as identity primary key,
  team_id bigint not null references team on delete cascade,
  at      timestamptz not null,
  by      bigint references reader on delete set null
);
create index seat_invite_team on seat_invite (team_id, id desc);
create index seat_invite_by on seat_invite (by);
create table seat_invite_line (
  invite_id bigint not null references seat_invite on delete cascade,
  line      int not null,
  place     int not null,                          -- an address's place in its line
  text      text not null,
  outcome   text not null check (outcome in ('invited', 'already', 'malformed', 'twice', 'over')),
  seat_id   bigint references seat,
  primary key (invite_id, line, place)
);
create index seat_invite_line_text on seat_invite_line (lower(text));
create index seat_invite_line_seat on seat_invite_line (seat_id);
