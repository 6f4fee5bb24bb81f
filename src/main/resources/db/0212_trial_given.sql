-- To whom free days were given: once for each person. The seal is a hash of the address under a key that only this database has, so
-- that the row says "had it" to someone who comes with the address again and names nobody. A deleted account's is forgotten a year later.
create table trial_key (
  one boolean primary key default true check (one),
  key bytea not null
);
insert into trial_key (key) values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

create table trial_given (
  seal      bytea primary key,
  at        timestamptz not null,
  forget_at timestamptz
);
create index trial_given_forget on trial_given (forget_at) where forget_at is not null;

create function trial_seal(email_key text) returns bytea language sql stable as $$
  select sha256(key || convert_to(email_key, 'UTF8')) from trial_key
$$;

insert into trial_given (seal, at)
  select trial_seal(r.email_key), min(m.started_at) from membership m join reader r on r.id = m.reader_id
  where m.trial_ends_at is not null group by 1;
