package press.masthead.access;

/** Whether a member has given this story away to whoever asks. */
public sealed interface Gift {
    record None() implements Gift {}

    /** The link is good for this very story, and this device has opened it. */
    record Opened() implements Gift {}

    Gift NONE = new None();
}
