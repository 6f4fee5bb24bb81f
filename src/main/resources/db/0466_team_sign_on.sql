-- How a team's own identity provider was tried, and whether its people must come in by it. The provider itself is in identity_provider.
create table team_sign_on (
  team_id        bigint primary key references team on delete cascade,
  provider_id    bigint not null references identity_provider on delete cascade,
  required       boolean not null default false,
  tested_at      timestamptz,
  tested_subject text not null default '',
  tested_email   text not null default '',
  tested_name    text not null default ''
);
create index team_sign_on_provider on team_sign_on (provider_id);
