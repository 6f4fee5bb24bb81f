-- Whoever has chosen no language reads the newsroom's.
alter table reader alter column language set default '';

create function reader_reads() returns trigger language plpgsql as $$
begin
  new.language := coalesce((select nullif(value, '') from setting where name = 'language'), 'en');
  return new;
end $$;

create trigger reader_reads before insert on reader for each row when (new.language = '') execute function reader_reads();

-- Until now everybody was taken for a reader of English.
update reader set language = (select nullif(value, '') from setting where name = 'language')
where language = 'en' and (select nullif(value, '') from setting where name = 'language') not like 'en%';
