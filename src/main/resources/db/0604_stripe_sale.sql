-- A page of Stripe's on which something is paid for once that is no membership and no gift: what it is, by its kind and number.
create table stripe_sale (
  session    text primary key,
  kind       text not null,
  reference  bigint not null,
  what       text not null,
  email      text not null,
  name       text not null default '',
  url        text not null,
  payment    text,
  opened_at  timestamptz not null,
  settled_at timestamptz
);
create index stripe_sale_reference on stripe_sale (kind, reference);
create index stripe_sale_payment on stripe_sale (payment);
create index stripe_sale_open on stripe_sale (opened_at) where settled_at is null;

alter table registration add column receipt_number bigint references receipt;
create index registration_receipt on registration (receipt_number) where receipt_number is not null;
create index registration_refund_owed on registration (refund_owed_at) where refund_owed_at is not null and refunded_at is null;
