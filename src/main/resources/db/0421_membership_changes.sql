-- Periods end on the day of the month on which they were anchored: from the 31st of January to the last of February, and then to the
-- 31st of March again. What the running period was worth, in money or in credit, is what is credited when it is given up.
alter table membership
  add column anchored_at   timestamptz,              -- none: where the running period ends
  add column period_from   timestamptz,              -- none: unknown, and nothing is credited
  add column period_value  bigint,                   -- minor units of its price's currency
  add column next_price_id bigint references price,  -- takes over at the end of the running period
  add column paused_from   timestamptz,              -- the last pause; nothing is read and nothing runs out in it
  add column paused_until  timestamptz;
alter table membership add constraint membership_pause check ((paused_from is null) = (paused_until is null) and paused_until >= paused_from) not valid;
create index membership_pause_over on membership (paused_until) where ended_at is null and paused_until is not null;

alter table membership_event drop constraint membership_event_what_check;
alter table membership_event add constraint membership_event_what_check check (what in
  ('trial_started', 'trial_ended', 'reminded', 'started', 'renewed', 'cancelled', 'resumed', 'paid', 'given', 'ended', 'reopened',
   'changed', 'change_planned', 'change_dropped', 'paused', 'went_on', 'refunded', 'redeemed', 'extended', 'price_told',
   'payment_failed', 'recovered', 'disputed', 'dispute_won', 'dispute_lost')) not valid;

-- As 0400 says, and in two pieces where there was a pause: up to it, and again after it.
create or replace view entitlement as
  select m.reader_id, p.slug as plan, span.since, span.until, 'membership' as via, m.id as via_id
  from membership m
  join price pr on pr.id = m.price_id
  join plan p on p.id = pr.plan_id
  left join lateral (
    select min(i.due_at) as due from invoice i
    where i.membership_id = m.id and i.paid_at is null and i.voided_at is null) open on true
  cross join lateral (
    select coalesce(m.ended_at, least(
      case when m.payment = 'invoice' and m.cancelled_at is null then m.until + interval '24 hours' else m.until end,
      case when m.cancelled_at is null then open.due + interval '336 hours' else open.due end)) as until) whole
  cross join lateral (values
    (m.started_at, least(whole.until, m.paused_from)),
    (m.paused_until, whole.until)) as span (since, until)
  where m.reader_id is not null and span.since < span.until;
