-- What an editor decides about a newsletter besides its days and its time.
alter table newsletter
  add column reply_to    text not null default '',     -- empty: the publication's own address
  add column accent      text not null default '',     -- #rrggbb; empty: the publication's own colour
  add column on_holidays text not null default 'skip' check (on_holidays in ('skip', 'next_working_day'));

alter table newsletter drop constraint newsletter_slot_check;
alter table newsletter add constraint newsletter_slot_check
  check (slot in ('am', 'pm', 'daily', 'weekdays', 'weekly', 'review'));

create table newsletter_industry (
  newsletter_id bigint not null references newsletter on delete cascade,
  industry_id   bigint not null references industry,
  primary key (newsletter_id, industry_id)
);

-- A holiday lasts to its last day, and may come each year.
alter table holiday
  add column until  date,                               -- null: one day
  add column yearly boolean not null default false;

-- An address that a newsletter once had keeps leading to it.
create table former_newsletter_slug (
  slug          text primary key,
  newsletter_id bigint not null references newsletter on delete cascade
);
