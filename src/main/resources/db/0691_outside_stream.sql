-- An HLS address elsewhere that a session plays in the place of our own pictures; told to those alone who may watch.
alter table live_session add column outside text not null default '';
