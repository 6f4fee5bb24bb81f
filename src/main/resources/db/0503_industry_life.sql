-- An industry that is retired is ranked and filed under no more, and can be brought back. One that was merged leads to the other;
-- its row stays, so that what was sent under its name keeps that name.
alter table industry add column retired_at timestamptz;
alter table industry add column merged_into bigint references industry;
create index industry_merged on industry (merged_into) where merged_into is not null;

-- The weekly newsletter of its own.
alter table industry add column newsletter_id bigint references newsletter on delete set null;
create unique index industry_newsletter on industry (newsletter_id) where newsletter_id is not null;
