package press.masthead.access;

/** What the count of free stories says about one story and one person, this month. */
public sealed interface Meter {
    /** Nothing is counted here. */
    record Off() implements Meter {}

    /** Not read yet, and there is room. */
    record Left(int used, int of) implements Meter {}

    /** One of those that were opened this month: the {@code which}th of {@code of}. */
    record Counted(int which, int of) implements Meter {}

    /** The month's are used up, and this is none of them. */
    record Spent(int of) implements Meter {}

    Meter OFF = new Off();
}
