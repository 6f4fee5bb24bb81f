-- Lines of bank statements. A line is known by what it says and which of its like it is, so that a statement that comes twice, or
-- overlaps another, changes nothing.
create table bank_line (
  id             bigint generated always as identity primary key,
  fingerprint    bytea not null unique,
  booked_on      date not null,
  amount         bigint not null,                 -- minor units, positive
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  words          text not null,
  added_at       timestamptz not null,
  added_by       bigint references reader on delete set null,
  invoice_number bigint references invoice,       -- which it paid
  settled_at     timestamptz                      -- paid an invoice, or was put aside
);
create index bank_line_open on bank_line (booked_on desc, id desc) where settled_at is null;

-- The newsroom looks invoices up by name, company or a part of the address.
create index invoice_words on invoice using gin (reader_words(name || ' ' || company, email));
create index membership_price on membership (price_id) where ended_at is null;
create index offer_use_offer on offer_use (offer_id);
