-- What an editor puts between the stories of an edition: words or a picture of its own. Positions are shared with edition_item.
create table edition_block (
  id         bigint generated always as identity primary key,
  edition_id bigint not null references edition on delete cascade,
  position   int not null,
  kind       text not null check (kind in ('text', 'picture')),
  title      text not null default '',
  body       text not null default '',     -- plain text, a blank line between paragraphs; a picture's caption
  picture_id bigint references picture on delete cascade,
  link       text not null default '',
  audience   text not null default 'everyone' check (audience in ('everyone', 'members'))
);
create index edition_block_edition on edition_block (edition_id);

-- A subject that nobody has written follows the first story.
alter table edition add column subject_by_hand boolean not null default false;
update edition set subject_by_hand = true where edited_at is not null;
