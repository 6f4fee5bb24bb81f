-- An address's domain whose owner was shown to be the team: by a text in its DNS, or by a letter to who minds its mail.
create table team_domain (
  id          bigint generated always as identity primary key,
  team_id     bigint not null references team on delete cascade,
  domain      text not null,                       -- in its ASCII form, lower case
  proof       text not null,                       -- what the DNS is to say
  joining     text not null default 'approval' check (joining in ('auto', 'approval')),
  token_hash  bytea unique,                        -- of the letter's link
  sent_to     text not null default '',
  expires_at  timestamptz,
  verified_at timestamptz,
  verified_by text not null default '' check (verified_by in ('', 'dns', 'letter')),
  created_at  timestamptz not null,
  unique (team_id, domain)
);
create unique index team_domain_owner on team_domain (domain) where verified_at is not null;
