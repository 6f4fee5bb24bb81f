-- A question that is erased with its asker is told of like any other happening, so that it goes from open pages, too.
-- erased_id is the number of a question that is no more.
alter table live_happening add column erased_id bigint;

create function live_question_erased() returns trigger language plpgsql as $$
begin
  perform from live_session where id = old.session_id for no key update;
  if found then
    insert into live_happening (session_id, erased_id, at) values (old.session_id, old.id, now());
    perform pg_notify('live', old.session_id::text);
  end if;
  return null;
end $$;

create trigger live_question_erased after delete on live_question for each row execute function live_question_erased();
