-- The exact words that people agree to, each version kept once.
create table consent_text (
  hash     bytea primary key,                 -- SHA-256 of kind, version and words
  kind     text not null check (kind in ('newsletters', 'membership', 'privacy')),
  version  text not null,
  wording  text not null,
  since    timestamptz not null
);

-- Who agreed to which of them, when and from where. Added to and nothing else: a deletion of the whole person says so first.
create table consent (
  id        bigint generated always as identity primary key,
  reader_id bigint not null references reader on delete cascade,
  text_hash bytea not null references consent_text,
  at        timestamptz not null,
  place     text not null,                    -- the page or letter that it happened on
  network   text not null
);
create index consent_reader on consent (reader_id, id);

create function consent_stands() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('masthead.erasure', true) = 'yes' then return old; end if;
  raise exception 'what someone agreed to is not changed afterwards';
end $$;
create trigger consent_stands before update or delete on consent for each row execute function consent_stands();
create trigger consent_text_stands before update or delete on consent_text for each row execute function consent_stands();
