-- Until when nobody may publish, and whose clock a time was said by.
alter table story add column embargo_until timestamptz;
alter table story add column embargo_zone text;
alter table story add column published_zone text;          -- of a scheduled story: the zone that its time was meant in

alter table story_event drop constraint story_event_what_check;
alter table story_event add constraint story_event_what_check
  check (what in ('created', 'updated', 'review', 'draft', 'scheduled', 'embargoed', 'published', 'withdrawn', 'restored', 'corrected')) not valid;
