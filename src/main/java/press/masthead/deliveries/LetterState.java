package press.masthead.deliveries;

/** Where a letter stands; CONTEXT.md says what each word means. */
public enum LetterState {
    OWED,
    SENDING,
    ACCEPTED,
    DEFERRED,
    REFUSED,
    DOUBTFUL,
    CANCELLED
}
