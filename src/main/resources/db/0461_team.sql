-- Whoever reads together: a ministry, a bank. Weeks and days are those of the team's own zone.
create table team (
  id         bigint generated always as identity primary key,
  name       text not null,
  zone       text not null,
  created_at timestamptz not null
);

create table team_manager (
  team_id   bigint not null references team on delete cascade,
  reader_id bigint not null references reader on delete cascade,
  since     timestamptz not null,
  primary key (team_id, reader_id)
);
create index team_manager_reader on team_manager (reader_id);

-- What was agreed. A term that is renewed is a new row; seats that are added in mid-term are a change of this one.
create table contract (
  id              bigint generated always as identity primary key,
  team_id         bigint not null references team,
  plan_id         bigint not null references plan,
  enquiry_id      bigint references enquiry on delete set null,
  seats           int not null check (seats between 1 and 100000),    -- as of now
  seat_price      bigint not null check (seat_price >= 0),            -- minor units for one seat and the whole term
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  since           timestamptz not null,
  until           timestamptz not null,
  grace_until     timestamptz not null,                               -- a Sunday night in the team's zone
  purchase_order  text not null default '',
  terms_days      int not null check (terms_days between 0 and 120),
  billing_name    text not null,
  billing_address text not null default '',
  country         text not null default '' check (country ~ '^([A-Z]{2})?$'),
  vat_number      text not null default '',
  contact_name    text not null default '',
  contact_email   text not null,
  by_themselves   boolean not null default false,                     -- the manager may renew and add seats
  renewed_by      bigint references contract,
  created_at      timestamptz not null,
  check (since < until and until <= grace_until)
);
create index contract_team on contract (team_id, since desc);
create index contract_until on contract (until) where renewed_by is null;
create index contract_enquiry on contract (enquiry_id);

create table contract_event (
  id          bigint generated always as identity primary key,
  contract_id bigint not null references contract on delete cascade,
  at          timestamptz not null,
  by          bigint references reader on delete set null,
  what        text not null check (what in ('drawn_up', 'seats_added', 'renewed', 'reminded', 'grace', 'ended')),
  seats       int not null default 0,              -- how many came with it
  amount      bigint not null default 0,           -- minor units
  note        text not null default ''
);
create index contract_event_contract on contract_event (contract_id, id);
create index contract_event_by on contract_event (by);

alter table invoice add column contract_id bigint references contract;
create index invoice_contract on invoice (contract_id, number desc) where contract_id is not null;
