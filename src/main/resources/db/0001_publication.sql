-- What the publication is: its settings, its people, its subjects.
create table setting (
  name  text primary key,
  value text not null
);

create table author (
  id       bigint generated always as identity primary key,
  slug     text not null unique,
  name     text not null,
  role     text not null default '',
  bio      text not null default '',
  location text not null default '',
  portrait text            -- a picture's name
);

create table topic (
  id          bigint generated always as identity primary key,
  slug        text not null unique,
  name        text not null,
  description text not null default '',
  position    int not null default 0
);

create table industry (
  id          bigint generated always as identity primary key,
  slug        text not null unique,
  name        text not null,
  description text not null default '',
  editor_id   bigint references author,
  position    int not null default 0
);
