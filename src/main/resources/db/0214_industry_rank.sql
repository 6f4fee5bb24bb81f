-- Which industries matter to a reader, 1 first; at most one row for each.
create table industry_rank (
  reader_id   bigint not null references reader on delete cascade,
  industry_id bigint not null references industry on delete cascade,
  rank        int not null check (rank between 1 and 99),
  primary key (reader_id, industry_id)
);
