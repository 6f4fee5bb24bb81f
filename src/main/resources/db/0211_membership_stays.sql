-- A membership is one stay, from joining to its end: who comes back gets a new row, and the old one stays as it ended. A row whose
-- reader is gone is the book-keeping of an account that was deleted.
alter table membership drop constraint membership_reader_id_key;
alter table membership drop constraint membership_reader_id_fkey;
alter table membership alter column reader_id drop not null;
alter table membership add constraint membership_reader_id_fkey foreign key (reader_id) references reader on delete set null;
alter table membership drop constraint membership_payment_check;
alter table membership add constraint membership_payment_check check (payment in ('invoice', 'complimentary'));
alter table membership add column ended_at timestamptz;
create index membership_reader on membership (reader_id, id desc);
create unique index membership_running on membership (reader_id) where ended_at is null;
drop index membership_due;
create index membership_due on membership (until) where ended_at is null;

-- The cause is who or what did it: reader, timetable, desk, sample. The note says why, in a few words.
alter table membership_event drop constraint membership_event_what_check;
alter table membership_event add constraint membership_event_what_check check (what in
  ('trial_started', 'trial_ended', 'reminded', 'started', 'renewed', 'cancelled', 'resumed', 'paid', 'given', 'ended', 'reopened'));
alter table membership_event add column by bigint references reader on delete set null;   -- who of the staff
alter table membership_event add column note text not null default '';

-- Nothing is owed any more: the membership ended before the invoice was paid.
alter table invoice add column voided_at timestamptz;
create index invoice_open on invoice (membership_id) where paid_at is null and voided_at is null;
create index invoice_open_due on invoice (due_at) where paid_at is null and voided_at is null;
