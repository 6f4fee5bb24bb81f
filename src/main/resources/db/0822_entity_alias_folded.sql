-- Whoever else goes by a name is looked for when the name's form is opened.
create index entity_alias_folded on entity_alias (folded);
