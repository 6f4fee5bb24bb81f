-- A membership bought for someone else. Its letter leaves on its day, once it is paid for; its link is a secret of which only the
-- hash is kept, made when the letter is written.
create table gift_membership (
  id             bigint generated always as identity primary key,
  giver_id       bigint references reader on delete set null,   -- when they were signed in
  giver_email    text not null,
  giver_name     text not null default '',
  to_email       text not null,
  to_name        text not null default '',
  words          text not null default '',
  price_id       bigint not null references price,    -- whose plan it gives
  months         int not null check (months between 1 and 36),
  amount         bigint not null,                     -- minor units of the price's currency
  deliver_on     date not null,
  bought_at      timestamptz not null,
  invoice_number bigint references invoice,
  paid_at        timestamptz,
  token_hash     bytea unique,
  delivered_at   timestamptz,
  redeemed_at    timestamptz,
  redeemed_by    bigint references reader on delete set null,
  membership_id  bigint references membership on delete set null,
  refunded_at    timestamptz,
  told_at        timestamptz                          -- its giver, that a year passed and nobody took it
);
create index gift_membership_due on gift_membership (deliver_on) where paid_at is not null and delivered_at is null and refunded_at is null;
create index gift_membership_waiting on gift_membership (delivered_at) where redeemed_at is null and told_at is null and delivered_at is not null;
create index gift_membership_giver on gift_membership (lower(giver_email));
create index gift_membership_to on gift_membership (lower(to_email));
create index gift_membership_giver_id on gift_membership (giver_id);
create index gift_membership_invoice on gift_membership (invoice_number);
create index gift_membership_redeemed_by on gift_membership (redeemed_by);
