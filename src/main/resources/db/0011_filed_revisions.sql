-- A saving keeps everything that was chosen, not the text alone; null for savings from before this was kept.
alter table story_revision add column filed jsonb;
