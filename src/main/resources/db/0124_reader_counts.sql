-- Two numbers that pages show and nobody counts for: how many confirmed readers a newsletter has, and how many people get at least
-- one letter. Every change locks in one order: readers, newsletters, the total. So none of them waits in a ring, and of two
-- changes about one reader the second sees the first.
create table subscriber_total (
  one     boolean primary key default true check (one),
  readers bigint not null
);

create view getting as
  select s.newsletter_id, s.reader_id from subscription s
  join newsletter n on n.id = s.newsletter_id and n.active
  join reader r on r.id = s.reader_id and r.confirmed_at is not null;

create or replace function newsletter_joined() returns trigger language plpgsql as $$
begin
  perform from reader where id in (select reader_id from joined) order by id for no key update;
  perform from newsletter where id in (select newsletter_id from joined) order by id for no key update;
  update newsletter n set reader_count = n.reader_count + j.many
    from (select joined.newsletter_id, count(*) as many from joined
          join reader r on r.id = joined.reader_id and r.confirmed_at is not null group by joined.newsletter_id) j
    where j.newsletter_id = n.id;
  update subscriber_total set readers = readers + more.many
    from (select count(distinct g.reader_id) as many from joined j join getting g using (newsletter_id, reader_id)
          where not exists (select from getting other where other.reader_id = g.reader_id and not exists (
            select from joined k where k.reader_id = other.reader_id and k.newsletter_id = other.newsletter_id))) more
    where more.many > 0;
  return null;
end $$;

create or replace function newsletter_left() returns trigger language plpgsql as $$
begin
  perform from reader where id in (select reader_id from gone) order by id for no key update;
  perform from newsletter where id in (select newsletter_id from gone) order by id for no key update;
  update newsletter n set reader_count = n.reader_count - l.many
    from (select gone.newsletter_id, count(*) as many from gone
          join reader r on r.id = gone.reader_id and r.confirmed_at is not null group by gone.newsletter_id) l
    where l.newsletter_id = n.id;
  update subscriber_total set readers = readers - fewer.many
    from (select count(distinct l.reader_id) as many from gone l
          join reader r on r.id = l.reader_id and r.confirmed_at is not null
          join newsletter n on n.id = l.newsletter_id and n.active
          where not exists (select from getting g where g.reader_id = l.reader_id)) fewer
    where fewer.many > 0;
  return null;
end $$;

-- Someone confirms an address after joining.
create function reader_confirmed() returns trigger language plpgsql as $$
declare
  change int := case when new.confirmed_at is null then -1 else 1 end;
begin
  perform from newsletter where id in (select newsletter_id from subscription where reader_id = new.id) order by id for no key update;
  update newsletter set reader_count = reader_count + change
    where id in (select newsletter_id from subscription where reader_id = new.id);
  update subscriber_total set readers = readers + change
    where exists (select from subscription s join newsletter n on n.id = s.newsletter_id and n.active where s.reader_id = new.id);
  return null;
end $$;
create trigger reader_confirmed after update of confirmed_at on reader for each row
  when ((old.confirmed_at is null) <> (new.confirmed_at is null)) execute function reader_confirmed();

-- Before the reader is gone, as one must still see whether the address was confirmed.
create function reader_leaves_all() returns trigger language plpgsql as $$
begin
  delete from subscription where reader_id = old.id;
  return old;
end $$;
create trigger reader_leaves_all before delete on reader for each row execute function reader_leaves_all();

-- A newsletter that rests or comes back is rare, so here it is counted.
create function newsletter_rests() returns trigger language plpgsql as $$
begin
  update subscriber_total set readers = (select count(distinct reader_id) from getting);
  return null;
end $$;
create trigger newsletter_rests after update of active on newsletter for each row
  when (old.active <> new.active) execute function newsletter_rests();

update newsletter n set reader_count = (
  select count(*) from subscription s join reader r on r.id = s.reader_id and r.confirmed_at is not null where s.newsletter_id = n.id);
insert into subscriber_total (readers) select count(distinct reader_id) from getting;
