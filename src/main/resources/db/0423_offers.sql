-- A better price for a while, for whoever knows its code. Ended, not deleted: who took it keeps it.
create table offer (
  id         bigint generated always as identity primary key,
  code       text not null check (code ~ '^[A-Z0-9-]{3,32}$'),
  words      text not null default '',                -- what the newsroom calls it
  percent    int not null default 0 check (percent between 0 and 100),
  amount     bigint not null default 0 check (amount >= 0),      -- minor units, of that currency
  currency   text check (currency ~ '^[A-Z]{3}$'),
  payments   int check (payments between 1 and 36),   -- none: all of them
  trial_days int not null default 0 check (trial_days between 0 and 90),
  plans      bigint[] not null default '{}',          -- empty: every plan
  "interval" text check ("interval" in ('month', 'year')),        -- none: either
  returning_only boolean not null default false,      -- for those who come back
  from_at    timestamptz not null,
  until_at   timestamptz,
  at_most    int check (at_most > 0),
  created_at timestamptz not null,
  check (amount = 0 or currency is not null),
  check (percent = 0 or amount = 0)
);
create unique index offer_code on offer (code);

create table offer_use (
  id            bigint generated always as identity primary key,
  offer_id      bigint not null references offer,
  reader_id     bigint references reader on delete set null,
  membership_id bigint not null references membership on delete cascade,
  used_at       timestamptz not null,
  payments_left int,                                  -- none: all of them
  unique (offer_id, reader_id)
);
create index offer_use_membership on offer_use (membership_id);
create index offer_use_reader on offer_use (reader_id);
