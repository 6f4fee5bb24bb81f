package press.masthead.access;

/** The answer to "may this person read that?". */
public sealed interface Answer {
    /** Why someone may. */
    enum Why {
        PUBLIC,
        SIGNED_IN,
        MEMBER,
        PLAN,
        STAFF,
        FREE_NOW,
        GIFT,
        METERED
    }

    /** Yes. Only {@link Paywall} can make one, and the hidden part of a text is handed out against nothing else. */
    final class Open implements Answer {
        private final Why why;

        Open(Why why) {
            this.why = why;
        }

        public Why why() {
            return why;
        }
    }

    /** Not before signing in. */
    record SignIn() implements Answer {}

    /** Not without a membership, or not without one of the plans that the rule names. */
    record Upgrade() implements Answer {}

    /** Not outside the newsroom: the rule is closed, or damaged. */
    record Closed() implements Answer {}
}
