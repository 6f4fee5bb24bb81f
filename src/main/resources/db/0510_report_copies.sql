-- The typeset copy of each report as it stands, and who took one.
create table report_copy (
  story_id bigint primary key references story on delete cascade,
  version  text not null,                    -- of everything that stands on its pages
  file     text not null,
  pages    int not null check (pages > 0),
  made_at  timestamptz not null
);

create table report_download (
  id        bigint generated always as identity primary key,
  story_id  bigint not null references story on delete cascade,
  reader_id bigint not null references reader on delete cascade,
  version   text not null,
  at        timestamptz not null
);
create index on report_download (story_id);
create index on report_download (reader_id, at);
