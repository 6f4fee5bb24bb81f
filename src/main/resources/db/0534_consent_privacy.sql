-- The privacy page as it stood when someone agreed to something: its words, each version kept once.
alter table consent add column privacy_hash bytea references consent_text;
create index consent_privacy on consent (privacy_hash) where privacy_hash is not null;
