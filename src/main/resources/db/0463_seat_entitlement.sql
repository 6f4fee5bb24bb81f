-- Who reads by a seat, from when until when: as long as the seat is theirs and the contract, with its grace, runs.
create view seat_entitlement as
  select s.reader_id, p.slug as plan, greatest(s.taken_at, c.since) as since,
         least(s.ended_at, s.courtesy_until, c.grace_until) as until, 'seat' as via, s.id as via_id
  from seat s
  join contract c on c.team_id = s.team_id
  join plan p on p.id = c.plan_id
  where s.reader_id is not null and s.taken_at is not null;

-- It stands beside whatever else the view "entitlement" is made of by then: what memberships add is theirs to change.
do $$
begin
  execute 'create or replace view entitlement as '
    || rtrim(pg_get_viewdef('entitlement'::regclass), E'; \n')
    || ' union all select reader_id, plan, since, until, via, via_id from seat_entitlement';
end $$;
