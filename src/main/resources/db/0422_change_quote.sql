-- What a change of plan costs, as it was shown to the reader; carried out with the same figures, or not at all.
create table change_quote (
  id            bigint generated always as identity primary key,
  membership_id bigint not null references membership on delete cascade,
  from_price    bigint not null references price,
  to_price      bigint not null references price,
  running_until timestamptz not null,   -- where the running period ended when this was worked out
  credit        bigint not null,        -- minor units: the unused part of the running period
  charge        bigint not null,        -- minor units: the new period
  next          bigint not null,        -- minor units: the payment after that
  at            timestamptz not null,   -- when it takes effect
  until         timestamptz not null,   -- where the period ends that then runs
  reference     text not null default '',   -- what the payment provider wants to hear again
  quoted_at     timestamptz not null,
  used_at       timestamptz
);
create index change_quote_membership on change_quote (membership_id);
-- Where it stood before, so that a change which is never paid for can be taken back.
alter table change_quote
  add column before_from   timestamptz,
  add column before_value  bigint,
  add column before_anchor timestamptz;
create index change_quote_left on change_quote (quoted_at) where used_at is null;
