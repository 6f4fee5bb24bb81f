-- Who was asked for their industries after joining, and what they said: nobody is asked twice.
create table industry_asked (
  reader_id bigint primary key references reader on delete cascade,
  at        timestamptz not null,
  answer    text not null check (answer in ('chosen', 'later'))
);
