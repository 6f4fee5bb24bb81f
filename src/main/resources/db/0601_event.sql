-- Where people meet. What everyone is told stands apart from what only those who may come are told: place, address, way in on line,
-- details, programme and speakers.
create table event (
  id            bigint generated always as identity primary key,
  slug          text not null unique,
  title         text not null,
  announcement  text not null default '',
  city          text not null default '',
  starts_at     timestamptz not null,
  ends_at       timestamptz not null check (ends_at > starts_at),
  zone          text not null,
  place         text not null default '',
  address       text not null default '',
  map_url       text not null default '',
  online_url    text not null default '',
  details       text not null default '',
  programme     text not null default '',
  speakers      text not null default '',
  access        text not null default 'member',
  plans         text[] not null default '{}',
  by_invitation boolean not null default false,
  capacity      int not null check (capacity between 1 and 100000),
  plus_one      boolean not null default false,
  questions     text[] not null default '{}',
  price         bigint not null default 0 check (price >= 0),
  currency      text not null default 'EUR',
  offer_hours   int not null default 24 check (offer_hours between 1 and 336),
  uid           text not null unique,
  sequence      int not null default 0,
  state         text not null default 'draft' check (state in ('draft', 'published', 'cancelled')),
  note          text not null default '',
  recording_url text not null default '',
  papers        text not null default '',
  follow_up_at  timestamptz,
  created_at    timestamptz not null,
  published_at  timestamptz,
  cancelled_at  timestamptz
);
create index event_by_start on event (starts_at) where state <> 'draft';

-- At most so many seats for whoever comes by this plan, or from this team.
create table event_quota (
  event_id bigint not null references event on delete cascade,
  kind     text not null check (kind in ('plan', 'team')),
  key      text not null,
  most     int not null check (most >= 0),
  primary key (event_id, kind, key)
);

-- Who may come whatever they are otherwise; and, where an event is by invitation, who may come at all.
create table event_invitation (
  event_id   bigint not null references event on delete cascade,
  email_key  text not null,
  email      text not null,
  invited_at timestamptz not null,
  primary key (event_id, email_key)
);
create index event_invitation_by_address on event_invitation (email_key);
