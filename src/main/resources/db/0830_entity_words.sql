-- The words of a name, each as one may begin to type it: also without the article that Arabic and Hebrew write before it.
create function entity_words(folded text) returns tsvector language sql immutable parallel safe return (
  select coalesce(array_to_tsvector(array_agg(distinct word)), ''::tsvector)
  from regexp_split_to_table(folded || ' ' || regexp_replace(folded, '(^| )(ال|ה)(?=[^ ]{2})', '\1', 'g'), '[ \-‑]+') word
  where word <> '');

-- A name is found by how its words begin.
create index entity_alias_words on entity_alias using gin (entity_words(folded));

-- The list itself, in its order.
create index entity_listed on entity ((retired_at is not null), name, id) where merged_into is null;
