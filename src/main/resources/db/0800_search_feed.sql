-- Which node feeds the search cluster, where there is one. Each turn of a node has a greater term than all before it.
create table search_feed (
  only_one boolean primary key default true check (only_one),
  node     uuid,
  term     bigint not null default 0,
  until    timestamptz not null default '-infinity'
);
insert into search_feed default values;
