-- What was said in a session: typed by an editor while it was live (at), or uploaded afterwards (starts_ms, ends_ms, in the recording with
-- nothing cut away). As long as there is an uploaded transcript it stands; the typed lines stay behind it.
create table live_caption (
  id         bigint generated always as identity primary key,
  session_id bigint not null references live_session on delete cascade,
  at         timestamptz,
  starts_ms  int check (starts_ms >= 0),
  ends_ms    int check (ends_ms > starts_ms),
  voice      text not null default '',
  words      text not null,
  check ((at is null) = (starts_ms is not null) and (starts_ms is null) = (ends_ms is null))
);
create index live_caption_by_session on live_caption (session_id, starts_ms, id);

alter table live_happening add column caption_id bigint references live_caption on delete cascade;
create index live_happening_by_caption on live_happening (caption_id) where caption_id is not null;

create or replace function live_said(session bigint) returns text language sql stable as $$
  select concat_ws(E'\n',
    (select string_agg(concat_ws(E'\n', body, nullif(answer, '')), E'\n' order by id) from live_question
     where session_id = session and state in ('open', 'queued', 'answering', 'answered')),
    (select string_agg(c.words, E'\n' order by c.starts_ms, c.id) from live_caption c where c.session_id = session
     and (c.at is null or not exists (select from live_caption u where u.session_id = session and u.starts_ms is not null))))
$$;

create function live_captions_changed() returns trigger language plpgsql as $$
begin
  insert into story_change (story_id) select distinct -2 * s.id from touched t join live_session s on s.id = t.session_id where s.state = 'ended';
  perform pg_notify('story_changed', '');
  return null;
end $$;

create trigger live_caption_added after insert on live_caption referencing new table as touched for each statement
  execute function live_captions_changed();
create trigger live_caption_gone after delete on live_caption referencing old table as touched for each statement
  execute function live_captions_changed();
