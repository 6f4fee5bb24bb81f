-- Names of the newsroom's list may get another address, too.
alter table former_subject_slug drop constraint former_subject_slug_kind_check;
alter table former_subject_slug add constraint former_subject_slug_kind_check check (kind in ('topic', 'industry', 'author', 'entity')) not valid;
