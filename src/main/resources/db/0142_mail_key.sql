-- The key that letters of a domain are signed with, made once and shared by all nodes.
create table mail_key (
  domain   text primary key,
  selector text not null,
  key      text not null,                     -- PKCS #8, PEM
  made_at  timestamptz not null
);
