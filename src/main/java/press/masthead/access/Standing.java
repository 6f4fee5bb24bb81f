package press.masthead.access;

import java.time.Instant;

/** Where someone stands towards what is sold, worked out from rows before anything is asked. */
public sealed interface Standing {
    /** Nobody is signed in. */
    record Visitor() implements Standing {}

    /** Signed in, and no member. */
    record SignedIn() implements Standing {}

    /** A member, on trial or paid, until the instant given. */
    record Member(Instant until) implements Standing {}

    /** Someone who works here reads everything. */
    record Staff() implements Standing {}
}
