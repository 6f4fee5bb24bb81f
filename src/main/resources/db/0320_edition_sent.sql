-- Maps of the site name sent editions by their days, of all newsletters together. One row for each newsletter and day keeps
-- the table small: building this takes moments.
create index edition_sent_day on edition (day desc, newsletter_id) where state in ('sending', 'sent');
