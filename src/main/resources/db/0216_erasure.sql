-- A deleted account whose number may still stand in the ledgers of editions. They are large, so they are gone through afterwards.
create table erasure (
  reader_id bigint primary key,
  asked_at  timestamptz not null,
  done_at   timestamptz
);
create index erasure_open on erasure (asked_at) where done_at is null;
