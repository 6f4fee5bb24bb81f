-- Whom an answer to a letter goes to, where that is not its sender: a colleague who had it sent.
alter table outbox add column reply_to text not null default '';
