package press.masthead.mailbox;

import java.time.Instant;

/** A letter in the built-in mailbox, as its list shows it. */
record CaughtLetter(long id, Instant receivedAt, String sender, String recipient, String subject) {}
