package press.masthead.readers;

import java.time.Instant;
import java.util.Optional;

/**
 * A person with an address: a reader of newsletters, a member, or one of the staff.
 *
 * @param email as typed
 * @param name may be empty
 * @param language an IETF tag such as {@code en}
 * @param confirmedAt when the address was shown to be theirs
 * @param role empty for everyone who does not work here
 */
public record Reader(
        long id, String email, String name, String language, Optional<Instant> confirmedAt, Optional<Role> role) {

    /** What someone of the staff does. */
    public enum Role {
        /** Everything. */
        OWNER,
        /** Publishes and sends. */
        EDITOR,
        /** Writes. */
        REPORTER,
        /** Minds memberships and money. */
        BUSINESS
    }

    public boolean isStaff() {
        return role.isPresent();
    }

    /** Whether this person may give memberships and say that invoices are paid. */
    public boolean mayMindMembers() {
        return role.filter(r -> r == Role.OWNER || r == Role.BUSINESS).isPresent();
    }

    /** Whether this person may publish, send and correct. */
    public boolean mayPublish() {
        return role.filter(r -> r == Role.OWNER || r == Role.EDITOR).isPresent();
    }
}
