-- The letter that says goodbye to someone who deleted their account: once it is settled, its row no longer says to whom it went.
alter table outbox add column forget boolean not null default false;
create index outbox_to on outbox (lower(to_address), id desc);
