-- Every page that names a price is made anew, on every node, when a row of the plans changes.
create function price_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('settings', '');
  return null;
end $$;
create trigger plan_changed after insert or update or delete on plan for each statement execute function price_changed();
create trigger price_changed after insert or update or delete on price for each statement execute function price_changed();
