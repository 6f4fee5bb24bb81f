-- Where a charge fails, the member reads on for a while and is asked for another card.
alter table membership add column grace_until timestamptz;

-- As 0421 says; what is charged to a card has the same day's grace as what is invoiced, and the longer one while a charge is tried again.
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
      case when m.payment in ('invoice', 'stripe') and m.cancelled_at is null
           then greatest(m.until + interval '24 hours', m.grace_until) else m.until end,
      case when m.cancelled_at is null then open.due + interval '336 hours' else open.due end)) as until) whole
  cross join lateral (values
    (m.started_at, least(whole.until, m.paused_from)),
    (m.paused_until, whole.until)) as span (since, until)
  where m.reader_id is not null and span.since < span.until;

-- Where seats are there already, they stay in it.
do $$
begin
  if to_regclass('seat_entitlement') is not null then
    execute 'create or replace view entitlement as '
      || rtrim(pg_get_viewdef('entitlement'::regclass), E'; \n')
      || ' union all select reader_id, plan, since, until, via, via_id from seat_entitlement';
  end if;
end $$;
