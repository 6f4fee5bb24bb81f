package press.masthead.access;

/** Whom a text is for. Stored by its lower-case name; anything else in the column is read as {@link #CLOSED}. */
public enum Audience {
    PUBLIC,
    SIGN_IN,
    MEMBER,
    /** Members of the plans that the rule names. */
    PLAN,
    /** The newsroom alone. */
    CLOSED;

    /**
     * Fails closed: an empty, unknown or damaged word opens a text to the newsroom alone. Members are kept out, too: what the word
     * was before it was damaged may have been a plan that they don't have.
     */
    public static Audience of(String stored) {
        return switch (stored) {
            case "public" -> PUBLIC;
            case "sign_in" -> SIGN_IN;
            case "member" -> MEMBER;
            case "plan" -> PLAN;
            default -> CLOSED;
        };
    }

    public String stored() {
        return switch (this) {
            case PUBLIC -> "public";
            case SIGN_IN -> "sign_in";
            case MEMBER -> "member";
            case PLAN -> "plan";
            case CLOSED -> "closed";
        };
    }
}
