-- What phones have told since a moment.
create index door_scan_received on door_scan (event_id, received_at);
