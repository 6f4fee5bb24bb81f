package press.masthead.access;

/** Whom a text is for. Stored by its lower-case name; anything else in the column is read as {@link #MEMBER}. */
public enum Audience {
    PUBLIC,
    SIGN_IN,
    MEMBER;

    /** Fails closed: an empty, unknown or damaged rule asks for membership. */
    public static Audience of(String stored) {
        return switch (stored) {
            case "public" -> PUBLIC;
            case "sign_in" -> SIGN_IN;
            default -> MEMBER;
        };
    }

    public String stored() {
        return switch (this) {
            case PUBLIC -> "public";
            case SIGN_IN -> "sign_in";
            case MEMBER -> "member";
        };
    }
}
