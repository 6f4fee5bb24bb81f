-- What an invoice is made of, to whom it is written, and the tax in it. The total stays in invoice.amount.
alter table invoice
  add column quote_id       bigint references change_quote on delete set null,   -- it is for a change of plan
  add column company        text not null default '',
  add column address        text not null default '',
  add column country        text not null default '',
  add column vat_number     text not null default '',
  add column tax_name       text not null default '',
  add column tax_rate       numeric(6, 3) not null default 0,    -- percent
  add column tax            bigint not null default 0,           -- minor units, contained in the amount
  add column reverse_charge boolean not null default false,
  add column reminders      int not null default 0;              -- how many reminders went out

create table invoice_line (
  invoice_number bigint not null references invoice on delete cascade,
  position       int not null,
  what           text not null,
  amount         bigint not null,        -- minor units; negative for what is credited
  primary key (invoice_number, position)
);

-- How a reader wants invoices written.
create table billing_details (
  reader_id  bigint primary key references reader on delete cascade,
  company    text not null default '',
  address    text not null default '',
  country    text not null default '' check (country ~ '^([A-Z]{2})?$'),
  vat_number text not null default ''
);

-- Tax by country, as the newsroom keeps it. An invoice keeps what it was written with.
create table tax_rate (
  country text primary key check (country ~ '^[A-Z]{2}$'),
  name    text not null,
  rate    numeric(6, 3) not null check (rate between 0 and 100),
  eu      boolean not null default false,
  home    boolean not null default false       -- where the newsroom is registered
);
create unique index tax_rate_home on tax_rate (home) where home;

-- What takes an invoice back, in whole or in part. Numbered without gaps, as invoices are, and never changed.
create table credit_note_number (
  one  boolean primary key default true check (one),
  last bigint not null
);
insert into credit_note_number (last) values (0);
create table credit_note (
  number         bigint primary key,
  invoice_number bigint not null references invoice,
  amount         bigint not null check (amount > 0),     -- minor units, of the invoice's currency
  tax            bigint not null default 0,              -- contained in it
  why            text not null,
  issued_at      timestamptz not null,
  by             bigint references reader on delete set null
);
create index credit_note_invoice on credit_note (invoice_number);
