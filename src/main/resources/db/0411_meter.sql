-- Which stories someone has opened of a month's free ones: a reader where one is signed in, else a device, of whose random cookie
-- only the hash is kept. One row for each and month, so that two tabs at once stand in line at it. Gone when the month is over.
create table meter (
  reader_id bigint references reader on delete cascade,
  device    bytea,
  month     date not null,                     -- its first day, in the publication's zone
  stories   bigint[] not null,                 -- in the order in which they were opened
  check (num_nonnulls(reader_id, device) = 1),
  unique (reader_id, month),
  unique (device, month)
);
create index meter_month on meter (month);
