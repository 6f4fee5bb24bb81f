-- A question's votes are those of people who are still there: who leaves takes theirs along.
create function live_vote_gone() returns trigger language plpgsql as $$
begin
  update live_question q set votes = (select count(*) from live_vote v where v.question_id = q.id)
  where q.id in (select question_id from gone);
  return null;
end $$;

create trigger live_vote_gone after delete on live_vote referencing old table as gone for each statement execute function live_vote_gone();
