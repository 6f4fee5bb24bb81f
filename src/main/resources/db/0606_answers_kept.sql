-- Answers that are still kept: few, so that looking for old ones reads little.
create index registration_answers on registration (event_id) where answers <> '{}';
