-- By which provider a session began, if by one. Older ones don't say, and count as begun in another way.
alter table session add column provider_id bigint;

alter table team_sign_on add column required_at timestamptz;

-- Who must come in by which provider, for their team wants that: everyone with an address at a domain of the team's own, but for
-- those who manage it (a provider that fails must not lock a team out for good) and those who work here.
create view house as
  select r.id as reader_id, o.team_id, o.provider_id
  from reader r
  join team_domain d on d.domain = substring(r.email_key from '[^@]*$') and d.verified_at is not null
  join team_sign_on o on o.team_id = d.team_id and o.required
  join identity_provider p on p.id = o.provider_id and p.open
  where not exists (select from team_manager m where m.team_id = o.team_id and m.reader_id = r.id)
    and not exists (select from staff s where s.reader_id = r.id);
