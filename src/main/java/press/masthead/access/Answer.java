package press.masthead.access;

/** The answer to "may this person read that?". */
public sealed interface Answer {
    /** Yes. Only {@link Paywall} can make one, and the hidden part of a text is handed out against nothing else. */
    final class Open implements Answer {
        Open() {}
    }

    /** Not before signing in. */
    record SignIn() implements Answer {}

    /** Not without a membership. */
    record Upgrade() implements Answer {}
}
