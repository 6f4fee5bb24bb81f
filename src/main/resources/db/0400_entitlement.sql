-- Who may read what is sold, from when until when, and through which row: the one place that says so. A page, a letter's
-- audience and the nightly check all read it. An invoice left open shortens a membership: to two weeks past its day, or to its
-- day once the membership is cancelled. What runs on has a day's grace, so that nobody is locked out by a server that was down.
create view entitlement as
  select m.reader_id, p.slug as plan, m.started_at as since,
         coalesce(m.ended_at, least(
           case when m.payment = 'invoice' and m.cancelled_at is null then m.until + interval '24 hours' else m.until end,
           case when m.cancelled_at is null then open.due + interval '336 hours' else open.due end)) as until,
         'membership' as via, m.id as via_id
  from membership m
  join price pr on pr.id = m.price_id
  join plan p on p.id = pr.plan_id
  left join lateral (
    select min(i.due_at) as due from invoice i
    where i.membership_id = m.id and i.paid_at is null and i.voided_at is null) open on true
  where m.reader_id is not null;
