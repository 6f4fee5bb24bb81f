-- A plan is what someone gets; a price is what it costs in one currency for one interval. A price is never edited: who joined at it
-- keeps it, and a new one is a new row.
alter table plan
  add column description text not null default '',
  add column grants      text not null default '',     -- what it gives, one line for each
  add column position    int not null default 0,       -- the cheapest first; a step up is to a higher one
  add column tax         text not null default 'included' check (tax in ('included', 'added'));
alter table price
  add column created_at timestamptz not null default now(),
  add column retired_at timestamptz;
create index price_plan on price (plan_id);

-- A price together with its plan, as the records read them.
create view priced as
  select pr.id as price_id, pr.amount, pr.currency, pr."interval", pr.trial_days, pr.active and p.active as on_offer,
         p.id as plan_id, p.slug, p.name as plan_name, p.description, p.grants, p.position, p.tax
  from price pr join plan p on p.id = pr.plan_id;
