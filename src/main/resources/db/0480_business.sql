-- What moved between being on trial, paying, having been given it, and gone: worked out from memberships and their events, and worked
-- out again whenever they change. Each movement changes how many there are and what they pay; a sum over days is how it stood.
create table business_movement (
  membership_id bigint not null references membership on delete cascade,
  at            timestamptz not null,
  day           date not null,               -- on the publication's calendar
  stock         text not null check (stock in ('trial', 'paying', 'given')),
  what          text not null,
  members       int not null check (members between -1 and 1),
  yearly        bigint not null,             -- minor units a year, after discounts, without tax; negative for what is lost
  currency      text not null,
  plan_id       bigint not null,
  "interval"    text not null,
  payment       text not null
);
create index business_movement_membership on business_movement (membership_id);
create index business_movement_what on business_movement (what, at desc, membership_id desc);

create table business_day (
  day        date not null,
  stock      text not null,
  what       text not null,
  currency   text not null,
  plan_id    bigint not null,
  "interval" text not null,
  payment    text not null,
  members    bigint not null,
  moves      bigint not null,
  yearly     bigint not null,
  primary key (day, stock, what, currency, plan_id, "interval", payment)
);

-- Up to which event the movements are worked out, and whether all of them are to be worked out anew.
create table business_mark (
  one      boolean primary key default true check (one),
  event_id bigint not null default 0,
  anew     boolean not null default true,
  done_at  timestamptz
);
insert into business_mark default values;

-- What one unit of a currency was worth on a day, in the currency that the business is counted in.
create table currency_rate (
  day      date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  base     text not null check (base ~ '^[A-Z]{3}$'),
  rate     numeric(20, 10) not null check (rate > 0),
  by       bigint references reader on delete set null,
  primary key (currency, base, day)
);
create table business_setting (
  one      boolean primary key default true check (one),
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$')
);
insert into business_setting default values;
