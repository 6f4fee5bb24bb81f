-- Live sessions and events stand in the search index beside stories, under numbers below zero: a session's own times minus two, an event's
-- the same less one. The index of each node hears of them as it does of stories.
create function gathering_changed() returns trigger language plpgsql as $$
declare
  told bigint := case when tg_op = 'DELETE' then old.id else new.id end;
begin
  insert into story_change (story_id) values (case tg_table_name when 'live_session' then -2 * told else -2 * told - 1 end);
  perform pg_notify('story_changed', '');
  perform pg_notify('published', '');           -- maps and lists are kept
  return null;
end $$;

create trigger live_session_changed_delete after delete on live_session for each row
  when (old.state <> 'draft') execute function gathering_changed();
create trigger live_session_changed_update after update on live_session for each row
  when ((old.state, old.title, old.announcement, old.starts_at, old.access, old.plans)
    is distinct from (new.state, new.title, new.announcement, new.starts_at, new.access, new.plans))
  execute function gathering_changed();
create trigger event_changed_delete after delete on event for each row when (old.state <> 'draft') execute function gathering_changed();
create trigger event_changed_update after update on event for each row
  when ((old.state, old.title, old.announcement, old.city, old.starts_at)
    is distinct from (new.state, new.title, new.announcement, new.city, new.starts_at))
  execute function gathering_changed();

-- What was asked and answered in a session, as whoever may watch reads it.
create function live_said(session bigint) returns text language sql stable as $$
  select coalesce(string_agg(concat_ws(E'\n', body, nullif(answer, '')), E'\n' order by id), '') from live_question
  where session_id = session and state in ('open', 'queued', 'answering', 'answered')
$$;

-- While a session runs its questions change each moment; they are found once it is over.
create function live_said_changed() returns trigger language plpgsql as $$
declare
  told bigint := case when tg_op = 'DELETE' then old.session_id else new.session_id end;
begin
  if exists (select from live_session where id = told and state = 'ended') then
    insert into story_change (story_id) values (-2 * told);
    perform pg_notify('story_changed', '');
  end if;
  return null;
end $$;

create trigger live_question_changed after update on live_question for each row
  when ((old.state, old.body, old.answer) is distinct from (new.state, new.body, new.answer)) execute function live_said_changed();
create trigger live_question_gone after delete on live_question for each row execute function live_said_changed();
