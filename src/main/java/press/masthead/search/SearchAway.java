package press.masthead.search;

/** The search cluster can't be asked for the moment. */
public final class SearchAway extends RuntimeException {
    /** @param why for the operator; it names no password and nothing that somebody searched for */
    SearchAway(String why) {
        super(why, null, false, false);
    }
}
