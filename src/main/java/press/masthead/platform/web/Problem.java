package press.masthead.platform.web;

/**
 * Something the person at the other end can act on: a status and one clear sentence. Thrown anywhere below a handler,
 * answered in one place ({@link Problems}).
 */
public final class Problem extends RuntimeException {
    private final int status;

    private Problem(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /** The HTTP status to answer with, 400 to 599. */
    public int status() {
        return status;
    }

    /** One sentence for the person, without jargon. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    public static Problem notFound(String sentence) {
        return new Problem(404, sentence);
    }

    /** The form was understood and can't be accepted as it is. */
    public static Problem invalid(String sentence) {
        return new Problem(422, sentence);
    }

    public static Problem forbidden(String sentence) {
        return new Problem(403, sentence);
    }

    /** What was sent rests on something that has changed meanwhile. */
    public static Problem stale(String sentence) {
        return new Problem(409, sentence);
    }

    /** The link was good once. */
    public static Problem gone(String sentence) {
        return new Problem(410, sentence);
    }

    public static Problem tooLarge(String sentence) {
        return new Problem(413, sentence);
    }

    public static Problem tooMany(String sentence) {
        return new Problem(429, sentence);
    }

    /** Ours to mend, and worth trying again. */
    public static Problem unavailable(String sentence) {
        return new Problem(503, sentence);
    }

    /** No room is left to keep what was sent. */
    public static Problem full(String sentence) {
        return new Problem(507, sentence);
    }
}
