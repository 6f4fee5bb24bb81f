-- The list of payments, page after page; 0401 has its index by time alone.
create index ledger_entry_back on ledger_entry (at desc, id desc) where kind <> 'charge';
