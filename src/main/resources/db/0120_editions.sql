-- One run of one newsletter. The day is the run's own, on the newsletter's clock: at most one edition for each, whoever
-- asks, however often.
create table edition (
  id            bigint generated always as identity primary key,
  newsletter_id bigint not null references newsletter,
  day           date not null,
  due_at        timestamptz not null,
  state         text not null default 'drafted' check (state in ('drafted', 'approved', 'sending', 'sent', 'skipped', 'missed')),
  subject       text not null default '',
  top           text not null default '',     -- the editor's lines, plain text, a blank line between paragraphs
  drafted_at    timestamptz not null,
  since         timestamptz not null,         -- stories published from here on are new to this edition
  edited_at     timestamptz,                  -- from here on nothing changes it but a person
  edited_by     bigint references reader on delete set null,
  revision      int not null default 1,
  mailing_id    bigint,
  sent_at       timestamptz,
  note          text not null default '',     -- why it was skipped or missed
  unique (newsletter_id, day)
);
create index edition_due on edition (due_at) where state in ('drafted', 'approved');
create index edition_sending on edition (id) where state = 'sending';
create index edition_newest on edition (newsletter_id, due_at desc);

create table edition_item (
  edition_id bigint not null references edition on delete cascade,
  story_id   bigint not null references story on delete cascade,
  position   int not null,
  primary key (edition_id, story_id)
);
create index edition_item_story on edition_item (story_id);
