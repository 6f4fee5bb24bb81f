-- Free days are given once for each mailbox. What stands behind a plus sign before the @ is a note of its owner's to themselves (RFC 5233),
-- and one large provider takes no notice of dots and has two names.
create function trial_mailbox(email_key text) returns text language sql immutable as $$
  select case
    when domain in ('gmail.com', 'googlemail.com') then replace(coalesce(nullif(split_part(local, '+', 1), ''), local), '.', '') || '@gmail.com'
    else coalesce(nullif(split_part(local, '+', 1), ''), local) || '@' || domain end
  from (select substring(email_key from '^(.*)@') as local, substring(email_key from '[^@]*$') as domain) parts
$$;

-- The seals of those who had their free days under such a spelling, as they are sealed from now on.
with moved as (
  delete from trial_given g
  using (select trial_seal(email_key) as old, trial_seal(trial_mailbox(email_key)) as new from reader
         where trial_mailbox(email_key) <> email_key) r
  where g.seal = r.old
  returning r.new, g.at, g.forget_at)
insert into trial_given (seal, at, forget_at) select new, at, forget_at from moved on conflict do nothing;

create or replace function trial_seal(email_key text) returns bytea language sql stable as $$
  select sha256(key || convert_to(trial_mailbox(email_key), 'UTF8')) from trial_key
$$;
