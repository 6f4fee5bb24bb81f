-- What was paid by card, as a paper with a number. Numbered without gaps, as invoices are, and never changed. Payments from before
-- this have none: the letter of those days is their receipt.
create table receipt_number (
  one  boolean primary key default true check (one),
  last bigint not null
);
insert into receipt_number (last) values (0);

create table receipt (
  number         bigint primary key,
  charge         text not null unique,                   -- Stripe's own name of the payment
  membership_id  bigint references membership,
  gift_id        bigint references gift_membership on delete set null,
  what           text not null,
  email          text not null,
  name           text not null default '',
  company        text not null default '',
  address        text not null default '',
  country        text not null default '',
  vat_number     text not null default '',
  amount         bigint not null check (amount > 0),     -- minor units, tax included
  currency       text not null,
  tax_name       text not null default '',
  tax_rate       numeric(6, 3) not null default 0,       -- percent
  tax            bigint not null default 0,              -- minor units, contained in the amount
  reverse_charge boolean not null default false,
  tax_in_price   boolean not null default true,          -- whether the price contained it
  period_from    timestamptz not null,
  period_until   timestamptz not null,
  paid_at        timestamptz not null
);
create index receipt_membership on receipt (membership_id, number desc);
create index receipt_gift on receipt (gift_id) where gift_id is not null;
