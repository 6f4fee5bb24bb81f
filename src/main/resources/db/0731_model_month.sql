-- What a large model was asked and what that cost, by month of UTC; costs are billionths of a US dollar.
create table model_month (
  month      date primary key,
  asked      bigint not null default 0,
  failed     bigint not null default 0,
  tokens_in  bigint not null default 0,
  tokens_out bigint not null default 0,
  cost       bigint not null default 0
);

create table model_limit (
  only_one  boolean primary key default true check (only_one),
  limit_usd int not null default 20 check (limit_usd between 0 and 1000000)
);
insert into model_limit default values;

-- When nothing usable came, and why, in a few words; nothing of what was asked.
create table model_failure (
  id  bigint generated always as identity primary key,
  at  timestamptz not null,
  why text not null
);
