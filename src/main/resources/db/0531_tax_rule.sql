-- One rule: a country's rate, whether the price of a reader and the price of a team contain it, and who owes it where the customer
-- has a tax number. plan.tax and tax_rate.eu are no longer read; they stay for nodes of the version before.
alter table tax_rate
  add column readers   text not null default 'included' check (readers in ('included', 'added')),
  add column teams     text not null default 'added' check (teams in ('included', 'added')),
  add column companies text not null default 'pay' check (companies in ('pay', 'owe'));
update tax_rate set companies = 'owe' where eu and not home and exists (select from tax_rate ours where ours.home and ours.eu);
update tax_rate set readers = 'added' where exists (select from plan where tax = 'added');
