-- What sold a membership, as it stands in the figures: kept, so that it is taken out of them as it went in.
create table business_origin (
  membership_id bigint primary key references membership on delete cascade,
  plan_id       bigint not null,
  "interval"    text not null,
  payment       text not null,
  source        text not null,
  story_id      bigint not null,       -- 0: no story
  offer_id      bigint not null        -- 0: no offer
);

-- By day, what each source, story, plan and offer brought: trials, who stayed, who still pays and how much.
create table business_brought (
  day        date not null,
  currency   text not null,
  plan_id    bigint not null,
  "interval" text not null,
  payment    text not null,
  source     text not null,
  story_id   bigint not null,
  offer_id   bigint not null,
  trials     bigint not null,
  converted  bigint not null,
  ended      bigint not null,
  joined     bigint not null,
  paying     bigint not null,
  yearly     bigint not null,          -- minor units a year
  primary key (day, currency, plan_id, "interval", payment, source, story_id, offer_id)
);

-- The next run works everything out anew, these too.
update business_mark set anew = true;
