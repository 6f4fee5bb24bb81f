-- The draft that was made of a session's questions, so that there is one.
alter table live_session add column memo_id bigint references story on delete set null;
create index live_session_memo on live_session (memo_id) where memo_id is not null;
