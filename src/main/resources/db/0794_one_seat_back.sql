-- One of two seats that were paid for together is given back: when its half of the money was promised and when it went.
-- A registration has two seats at most, so this happens to it once; the other seat takes what is left with it.
alter table registration add column seat_owed_at timestamptz, add column seat_back_at timestamptz;
create index registration_seat_owed on registration (seat_owed_at) where seat_owed_at is not null and seat_back_at is null;

-- What was left of the payment before a part of it was given back: whoever asks again sees by it what has gone already.
alter table stripe_sale add column before_part bigint;
