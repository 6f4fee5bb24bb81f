-- Each run of the check that ledger, invoices, memberships, access and the payment provider agree, and what it found.
create table business_check (
  id         bigint generated always as identity primary key,
  started_at timestamptz not null,
  done_at    timestamptz,
  looked_at  bigint not null default 0,        -- memberships and invoices
  asked_by   bigint references reader on delete set null
);
create table business_difference (
  check_id      bigint not null references business_check on delete cascade,
  position      int not null,
  kind          text not null,
  membership_id bigint,
  reader_id     bigint,
  about         text not null,
  primary key (check_id, position)
);
