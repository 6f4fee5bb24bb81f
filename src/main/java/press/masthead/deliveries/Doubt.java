package press.masthead.deliveries;

/** What is done about a letter of which nobody knows whether it left; CONTEXT.md says why waiting is the default. */
public enum Doubt {
    WAIT_FOR_A_PERSON,
    SEND_AGAIN,
    COUNT_AS_ACCEPTED
}
