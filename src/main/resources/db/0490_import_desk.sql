-- The head row and the first members of a file that was handed over in the desk, so that its columns can be told apart by looking.
alter table member_import add column beginning text not null default '';
