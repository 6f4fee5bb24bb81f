-- A changed cadence counts from its change on: a new time that has already passed today is neither made up nor missed.
alter table newsletter add column cadence_since timestamptz not null default now();
