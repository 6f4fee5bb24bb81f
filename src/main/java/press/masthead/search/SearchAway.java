package press.masthead.search;

/** The search cluster can't be asked for the moment. */
public final class SearchAway extends RuntimeException {
    private final String kind;

    /** @param why for the operator; it names no password and nothing that somebody searched for */
    SearchAway(String why) {
        this(why, "");
    }

    /** @param kind of error, as the cluster names it */
    SearchAway(String why, String kind) {
        super(why, null, false, false);
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
