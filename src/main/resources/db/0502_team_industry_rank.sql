-- The order of industries that a team's members have until they choose their own, 1 first; at most one row for each.
create table team_industry_rank (
  team_id     bigint not null references team on delete cascade,
  industry_id bigint not null references industry on delete cascade,
  rank        int not null check (rank between 1 and 99),
  primary key (team_id, industry_id)
);
create index team_industry_rank_industry on team_industry_rank (industry_id);
create index industry_rank_industry on industry_rank (industry_id);
