-- The daily runs that may have told of a memo.
create index memo_digest_at on memo_digest (at);
