-- The newsletter that a story under this topic offers; none: the one that covers it most closely.
alter table topic add column briefing_id bigint references newsletter on delete set null;

-- An address that a topic, an industry or an author once had keeps leading there.
create table former_subject_slug (
  kind       text not null check (kind in ('topic', 'industry', 'author')),
  slug       text not null,
  subject_id bigint not null,
  primary key (kind, slug)
);

-- Who changed what about the newsroom itself; only added to.
create table audit_event (
  id   bigint generated always as identity primary key,
  at   timestamptz not null,
  by   bigint references reader on delete set null,
  what text not null
);
