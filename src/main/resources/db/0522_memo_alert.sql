-- A memo came out and its followers are to hear of it, once, whatever happens to it later: written in the transaction that
-- publishes it. What was decided stays: a memo that is withdrawn and published anew is not told of again.
create table memo_alert (
  story_id   bigint primary key references story on delete cascade,
  noted_at   timestamptz not null,
  decided_at timestamptz,                      -- none: the letters are not owed yet
  mailing_id bigint                            -- none: nobody followed it
);
create index memo_alert_open on memo_alert (noted_at) where decided_at is null;
create index memo_alert_decided on memo_alert (decided_at);

-- One daily letter's run: everyone whose hour had come. Its mailing carries the number.
create table memo_digest (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  mailing_id bigint not null
);
