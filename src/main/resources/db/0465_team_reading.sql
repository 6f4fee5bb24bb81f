-- Which seats read in a month, and how many pieces of each kind the team read together. Never who read what.
create table seat_month (
  team_id bigint not null references team on delete cascade,
  month   date not null,
  seat_id bigint not null references seat on delete cascade,
  primary key (team_id, month, seat_id)
);
create index seat_month_seat on seat_month (seat_id);

create table team_month (
  team_id bigint not null references team on delete cascade,
  month   date not null,
  kind    text not null,
  pieces  bigint not null,
  primary key (team_id, month, kind)
);
