-- For whom a message is, asked again of each letter as it leaves.
alter table mailing_variant add column reserved text[];               -- null: for everyone it is owed to; empty: for members; else for those with one of these plans
alter table mailing_variant add column instead text not null default '';  -- the variant for whoever is none by then; '': no letter
