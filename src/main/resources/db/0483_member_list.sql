-- The list of members, the newest first, for each filter in its own order: see MemberList.
create index membership_newest on membership (started_at desc, id desc) where reader_id is not null;
create index membership_by_price on membership (price_id, started_at desc, id desc) where reader_id is not null;
create index membership_by_source on membership (source, started_at desc, id desc) where reader_id is not null;
create index membership_by_payment on membership (payment, started_at desc, id desc) where reader_id is not null;
create index membership_on_trial on membership (started_at desc, id desc)
  where reader_id is not null and ended_at is null and trial_ends_at >= until;
create index membership_cancelled on membership (started_at desc, id desc)
  where reader_id is not null and ended_at is null and cancelled_at is not null;
create index membership_ended on membership (started_at desc, id desc) where reader_id is not null and ended_at is not null;
create index membership_grace on membership (grace_until) where ended_at is null and grace_until is not null;
