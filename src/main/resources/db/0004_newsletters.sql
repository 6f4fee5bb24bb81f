create table newsletter (
  id           bigint generated always as identity primary key,
  slug         text not null unique,
  name         text not null,
  description  text not null default '',
  sender_name  text not null,
  audience     text not null default 'everyone' check (audience in ('everyone', 'members')),
  days         text[] not null,               -- of mon tue wed thu fri sat sun
  at           time not null,                 -- on the clock of its zone
  zone         text not null,                 -- an IANA zone
  slot         text not null default 'daily' check (slot in ('am', 'pm', 'daily', 'weekly', 'review')),
  release      text not null default 'by_itself' check (release in ('by_itself', 'waits')),
  lateness_minutes int not null default 240,  -- a run missed by more than this is not made up
  active       boolean not null default true,
  position     int not null default 0,
  reader_count bigint not null default 0      -- kept with each change, so that no page counts
);

create table newsletter_topic (
  newsletter_id bigint not null references newsletter on delete cascade,
  topic_id      bigint not null references topic,
  primary key (newsletter_id, topic_id)
);

-- No newsletter: a holiday for all of them.
create table holiday (
  id            bigint generated always as identity primary key,
  newsletter_id bigint references newsletter on delete cascade,
  day           date not null,
  name          text not null,
  unique nulls not distinct (newsletter_id, day)
);

create table subscription (
  newsletter_id bigint not null references newsletter on delete cascade,
  reader_id     bigint not null references reader on delete cascade,
  since         timestamptz not null,
  source        text not null default '',     -- where they signed up: a story's slug, the hub, the desk
  primary key (newsletter_id, reader_id)
);
create index subscription_reader on subscription (reader_id);

-- Who agreed to what and who left, when and from where; never changed, only added to.
create table subscription_event (
  id            bigint generated always as identity primary key,
  newsletter_id bigint not null,
  reader_id     bigint not null,
  what          text not null check (what in ('asked', 'confirmed', 'joined', 'left')),
  cause         text not null,                -- one_click, account, hub, desk, complaint ...
  at            timestamptz not null,
  network       text not null default ''
);
create index subscription_event_reader on subscription_event (reader_id);

create function newsletter_joined() returns trigger language plpgsql as $$
begin
  update newsletter n set reader_count = n.reader_count + j.many
    from (select newsletter_id, count(*) as many from joined group by newsletter_id) j where j.newsletter_id = n.id;
  return null;
end $$;
create function newsletter_left() returns trigger language plpgsql as $$
begin
  update newsletter n set reader_count = n.reader_count - l.many
    from (select newsletter_id, count(*) as many from gone group by newsletter_id) l where l.newsletter_id = n.id;
  return null;
end $$;
create trigger subscription_joined after insert on subscription
  referencing new table as joined for each statement execute function newsletter_joined();
create trigger subscription_left after delete on subscription
  referencing old table as gone for each statement execute function newsletter_left();
