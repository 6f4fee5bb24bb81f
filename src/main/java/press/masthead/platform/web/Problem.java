package press.masthead.platform.web;

import io.javalin.http.Context;
import java.time.Duration;

/**
 * Something the person at the other end can act on: a status and one clear sentence. Thrown anywhere below a handler,
 * answered in one place ({@link Problems}).
 */
public final class Problem extends RuntimeException {
    private final int status;
    private final Duration wait;

    private Problem(int status, String sentence) {
        this(status, sentence, Duration.ZERO);
    }

    private Problem(int status, String sentence, Duration wait) {
        super(sentence, null, false, false);
        this.status = status;
        this.wait = wait;
    }

    /** The HTTP status to answer with, 400 to 599. */
    public int status() {
        return status;
    }

    /** Says in the answer's head when to come back, where that is known: Retry-After (RFC 9110, 10.2.3), in seconds. */
    public void tellWhen(Context ctx) {
        if (wait.isPositive())
            ctx.header("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
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

    /** @param wait after which it may be tried again */
    public static Problem tooMany(String sentence, Duration wait) {
        return new Problem(429, sentence, wait);
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
