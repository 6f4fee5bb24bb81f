-- What is sold, at which price.
create table plan (
  id     bigint generated always as identity primary key,
  slug   text not null unique,
  name   text not null,
  active boolean not null default true
);

create table price (
  id         bigint generated always as identity primary key,
  plan_id    bigint not null references plan,
  amount     bigint not null check (amount >= 0),   -- minor units, for one interval
  currency   text not null check (currency ~ '^[A-Z]{3}$'),
  "interval" text not null check ("interval" in ('month', 'year')),
  trial_days int not null default 0 check (trial_days between 0 and 90),
  active     boolean not null default true
);

-- One for each person ever: so that a free week is given once. Where it stands follows from its times.
create table membership (
  id            bigint generated always as identity primary key,
  reader_id     bigint not null unique references reader on delete cascade,
  price_id      bigint not null references price,
  payment       text not null default 'invoice' check (payment in ('invoice')),
  started_at    timestamptz not null,
  trial_ends_at timestamptz,
  until         timestamptz not null,               -- reads everything up to here
  cancelled_at  timestamptz,                        -- does not run on past that
  reminded_at   timestamptz                         -- told that the trial is about to end
);
create index membership_due on membership (until) where cancelled_at is null;

-- Every change with its cause; never changed, only added to.
create table membership_event (
  id            bigint generated always as identity primary key,
  membership_id bigint not null references membership on delete cascade,
  what          text not null check (what in ('trial_started', 'trial_ended', 'reminded', 'started', 'renewed', 'cancelled', 'resumed', 'paid')),
  cause         text not null,                      -- reader, timetable, desk, sample
  at            timestamptz not null
);
create index membership_event_membership on membership_event (membership_id);

-- Numbers have no gaps, so they come from a row and not from a sequence: a transaction that fails gives its number back.
create table invoice_number (
  one  boolean primary key default true check (one),
  last bigint not null
);
insert into invoice_number (last) values (0);

-- An invoice outlives the account that it was for.
create table invoice (
  number        bigint primary key,
  membership_id bigint references membership on delete set null,
  what          text not null,
  email         text not null,
  name          text not null default '',
  amount        bigint not null,
  currency      text not null,
  period_from   timestamptz not null,
  period_until  timestamptz not null,
  issued_at     timestamptz not null,
  due_at        timestamptz not null,
  paid_at       timestamptz
);
create index invoice_membership on invoice (membership_id, number desc);

insert into plan (slug, name) values ('pro', 'PRO');
insert into price (plan_id, amount, currency, "interval", trial_days)
  select id, 30000, 'USD', 'year', 7 from plan where slug = 'pro';
