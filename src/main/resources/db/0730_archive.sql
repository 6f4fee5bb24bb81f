-- What members ask the archive. A question is its asker's alone; whoever it is shared with sees of its answer what they may read themselves.
create table archive_question (
  id          bigint generated always as identity primary key,
  reader_id   bigint not null references reader on delete cascade,
  thread_id   bigint not null,                      -- the first question of the conversation
  asked       text not null,
  meant       text not null,                        -- of a follow-up question, with what it takes from the one before
  language    text not null,
  at          timestamptz not null,
  answered    boolean not null,
  near        bigint[] not null default '{}',       -- where nothing was found: stories that come nearest
  by_model    boolean not null default false,       -- worded by a large model, from what is quoted
  helpful     boolean,
  note        text not null default '',             -- what the asker said of the answer
  saved_at    timestamptz,
  shared_team bigint references team on delete set null,
  shared_at   timestamptz
);
create index archive_question_reader on archive_question (reader_id, id desc);
create index archive_question_thread on archive_question (thread_id, id);
create index archive_question_shared on archive_question (shared_team, shared_at desc) where shared_team is not null;
create index archive_question_absent on archive_question (at desc) where not answered;
create index archive_question_said on archive_question (at desc) where helpful is not null;

-- What an answer is made of: sentences, each with the words of stories that say it. Shown to whom can read those words there now.
create table archive_quote (
  question_id bigint not null references archive_question on delete cascade,
  sentence    int not null,
  place       int not null,
  said        text not null,                        -- the sentence
  story_id    bigint not null references story on delete cascade,
  quote       text not null,                        -- as it stands in the story
  primary key (question_id, sentence, place)
);
create index archive_quote_story on archive_quote (story_id);

-- What each member asked in a month, counted also where the question itself was deleted.
create table archive_use (
  reader_id bigint not null references reader on delete cascade,
  month     date not null,
  asked     int not null default 0,
  tokens    bigint not null default 0,              -- of a large model
  primary key (reader_id, month)
);

create table archive_setting (
  only_one     boolean primary key default true check (only_one),
  plans        text[] not null default '{pro}',     -- who may ask; none: every member
  a_month      int not null default 100 check (a_month between 1 and 100000),
  tokens_month bigint not null default 300000 check (tokens_month >= 0)   -- of a large model, for each member
);
insert into archive_setting default values;

-- Questions without an answer that an editor has looked at, by their words.
create table archive_settled (
  words text primary key,
  at    timestamptz not null
);
