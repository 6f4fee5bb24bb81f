-- Who someone is at Stripe, what they pay for there, and what Stripe has told us. Matched by these rows and by our own number in
-- Stripe's metadata, never by an address.
create table stripe_site (
  one boolean primary key default true check (one),
  id  text not null                               -- tells two newsrooms apart that share an account at Stripe
);
insert into stripe_site (id) values (substr(replace(gen_random_uuid()::text, '-', ''), 1, 12));

create table stripe_customer (
  customer   text primary key,
  reader_id  bigint unique references reader on delete set null,
  asked      bigint not null default 0,          -- how often its state was asked for: only the newest answer is written down
  created_at timestamptz not null
);

-- A page to pay on that was opened for someone; closed when another is opened or something was bought.
create table stripe_checkout (
  session   text primary key,
  customer  text not null references stripe_customer on delete cascade,
  opened_at timestamptz not null,
  closed_at timestamptz
);
create index stripe_checkout_open on stripe_checkout (customer) where closed_at is null;

create table stripe_subscription (
  subscription  text primary key,
  customer      text not null references stripe_customer,
  membership_id bigint unique references membership,   -- none: bought twice, so ended and given back
  status        text not null,
  trouble       text not null default '',              -- why the last charge failed, in the bank's words
  next_try_at   timestamptz,
  seen_at       timestamptz not null
);
create index stripe_subscription_customer on stripe_subscription (customer);
create index stripe_subscription_alive on stripe_subscription (membership_id) where status not in ('canceled', 'incomplete_expired');

create table stripe_refund (
  refund text primary key,
  charge text not null,
  amount bigint not null                           -- minor units, positive
);
create index stripe_refund_charge on stripe_refund (charge);

create table stripe_dispute_lost (
  charge text primary key,
  at     timestamptz not null
);

-- Each event once, by Stripe's id. What it said is not kept: the object is asked for when the event is handled.
create table stripe_event (
  id          text primary key,
  type        text not null,
  about       text not null,                      -- a customer, charge or payment; empty: nobody of ours
  created_at  timestamptz not null,
  received_at timestamptz not null,
  handled_at  timestamptz,
  tries       int not null default 0,
  next_try_at timestamptz not null,
  trouble     text not null default ''
);
create index stripe_event_due on stripe_event (next_try_at) where handled_at is null;
create index stripe_event_handled on stripe_event (handled_at) where handled_at is not null;

-- Up to where Stripe's own list of events was gone through.
create table stripe_sweep (
  one   boolean primary key default true check (one),
  until timestamptz not null
);
