-- An entry for the reader's calendar that travels with a letter; emptied with its words once it has left.
alter table outbox add column calendar_method text not null default '', add column calendar text not null default '';
