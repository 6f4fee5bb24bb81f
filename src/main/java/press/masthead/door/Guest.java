package press.masthead.door;

import java.util.Optional;

/**
 * One ticket as a phone at the door needs it. Names are on it because guests forget their phones; addresses and answers are not.
 *
 * @param why why it is no longer good; empty while it is
 * @param host who brings them; empty for who registered
 */
record Guest(long id, int number, String name, String host, String why, Optional<java.time.Instant> endedAt) {}
