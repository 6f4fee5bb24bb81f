-- Whoever gives a membership need have no account: what they agreed to then belongs to their gift, and goes with it.
alter table consent alter column reader_id drop not null;
alter table consent add column gift_id bigint references gift_membership on delete cascade;
alter table consent add constraint consent_somebodys check (reader_id is not null or gift_id is not null) not valid;
create index consent_gift on consent (gift_id) where gift_id is not null;
