-- The newsroom finds readers by the beginning of any word of a name or of a part of an address.
create function reader_words(name text, email_key text) returns tsvector language sql immutable parallel safe as $$
  select to_tsvector('simple'::regconfig, name || ' ' || translate(email_key, '@.+-_', '     '))
$$;
create index reader_words on reader using gin (reader_words(name, email_key));
