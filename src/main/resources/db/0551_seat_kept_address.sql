-- One more thing that can happen to a seat: whoever sits on it wanted to take their account elsewhere.
alter table seat_event drop constraint seat_event_what_check;
alter table seat_event add constraint seat_event_what_check check (what in ('invited', 'sent_again', 'taken', 'revoked', 'taken_back',
  'handed_on', 'courtesy', 'kept', 'courtesy_over', 'left', 'address_kept')) not valid;
alter table seat_event validate constraint seat_event_what_check;
