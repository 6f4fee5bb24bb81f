-- The newest stories that are not for everyone, for whoever of the staff tries a rule out.
create index story_restricted on story (published_at desc, id desc) where state = 'published' and access <> 'public';
