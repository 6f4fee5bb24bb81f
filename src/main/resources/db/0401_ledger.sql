-- Where a membership came from and why it was left, for whoever minds the business.
alter table membership
  add column source        text not null default '',   -- a campaign's name or the site that led here
  add column sold_by       bigint references story on delete set null,   -- the story whose offer was taken
  add column cancel_reason text not null default '',   -- one of those that the form offers
  add column cancel_words  text not null default '';   -- what they wrote beside it
create index membership_sold_by on membership (sold_by) where sold_by is not null;
alter table membership drop constraint membership_payment_check;
alter table membership add constraint membership_payment_check check (payment in ('invoice', 'stripe', 'gift', 'complimentary'));

-- Money that moved, one row for each movement, never changed: taken (positive) and given back (negative), in minor units. The
-- provider's own name of the movement makes a message that comes twice harmless.
create table ledger_entry (
  id             bigint generated always as identity primary key,
  at             timestamptz not null,
  kind           text not null check (kind in ('charge', 'refund', 'dispute', 'dispute_won')),
  amount         bigint not null,
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  membership_id  bigint references membership,        -- none: a team's contract, a gift that nobody has taken yet
  invoice_number bigint references invoice,
  provider       text not null check (provider in ('invoice', 'stripe')),
  provider_ref   text not null,                        -- the invoice's number, a Stripe object's id
  cause          text not null,                        -- reader, timetable, desk, stripe
  unique (provider, kind, provider_ref)
);
create index ledger_entry_at on ledger_entry (at);
create index ledger_entry_membership on ledger_entry (membership_id);

-- What was paid before there was a ledger.
insert into ledger_entry (at, kind, amount, currency, membership_id, invoice_number, provider, provider_ref, cause)
  select paid_at, 'charge', amount, currency, membership_id, number, 'invoice', number::text, 'desk' from invoice where paid_at is not null;
