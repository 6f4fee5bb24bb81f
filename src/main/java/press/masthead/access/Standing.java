package press.masthead.access;

import java.time.Instant;
import java.util.Set;

/** Where someone stands towards what is sold, worked out from rows before anything is asked. */
public sealed interface Standing {
    /** Nobody is signed in. */
    record Visitor() implements Standing {}

    /** Signed in, and no member. */
    record SignedIn() implements Standing {}

    /**
     * A member, on trial, paid for or given a seat.
     *
     * @param plans the slugs of the plans that they have at this moment; never empty
     * @param until when the last of them ends, as things stand
     */
    record Member(Set<String> plans, Instant until) implements Standing {
        public Member {
            plans = Set.copyOf(plans);
            if (plans.isEmpty()) throw new IllegalArgumentException("a member has a plan");
        }
    }

    /** Someone who works here reads everything. */
    record Staff() implements Standing {}
}
