-- A country's tax as Stripe keeps it, under which of its names.
create table stripe_tax_rate (
  id        text primary key,
  country   text not null,
  name      text not null,
  rate      numeric(6, 3) not null,
  inclusive boolean not null,
  unique (country, name, rate, inclusive)
);

-- A subscription whose tax has to be told to Stripe anew, because its reader moved or gave a tax number.
alter table stripe_subscription add column tax_stale boolean not null default false;
create index stripe_subscription_tax_stale on stripe_subscription (customer) where tax_stale;

-- A customer whose account was deleted here is deleted there: when to try, and when it was done.
alter table stripe_customer
  add column forget_at    timestamptz,
  add column forgotten_at timestamptz;
create index stripe_customer_forget on stripe_customer (forget_at) where forget_at is not null and forgotten_at is null;

-- A page on which a gift is paid for, and the payment that came of it.
create table stripe_gift (
  session    text primary key,
  gift_id    bigint not null references gift_membership on delete cascade,
  payment    text,
  opened_at  timestamptz not null,
  settled_at timestamptz                                 -- paid, or closed with nothing paid
);
create index stripe_gift_gift on stripe_gift (gift_id);
create index stripe_gift_payment on stripe_gift (payment);
create index stripe_gift_open on stripe_gift (opened_at) where settled_at is null;
