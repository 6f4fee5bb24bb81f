package press.masthead.platform.mail;

/**
 * What became of a letter as far as this side of the wire can know. None of them says that a person has it: accepted means
 * that a server has taken it over.
 */
public sealed interface Outcome {
    /** The server took it over. */
    record Accepted(Reply reply) implements Outcome {}

    /** Not now (4xx), or the connection broke before the letter was complete: it may be tried again. */
    record Deferred(Reply reply) implements Outcome {}

    /** Never (5xx): trying again would be answered the same. */
    record Refused(Reply reply) implements Outcome {}

    /** Sent to its last byte, and no answer came back: the server may have it or not. */
    record Doubtful(String why) implements Outcome {}

    /** The one place where a server's answer to a letter is read. */
    static Outcome of(Reply reply) {
        return switch (reply.code() / 100) {
            case 2 -> new Accepted(reply);
            case 5 -> new Refused(reply);
            // 4xx, and a 1xx or 3xx that no server should give here: it has not taken the letter over, and may later
            default -> new Deferred(reply);
        };
    }
}
