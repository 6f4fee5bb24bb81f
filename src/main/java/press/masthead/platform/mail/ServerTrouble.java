package press.masthead.platform.mail;

/**
 * The mail server as a whole does not do its work: it can't be reached, takes no log-in, rejects the sender, or hung up.
 * Letters without an outcome are owed as before. The message is one sentence for the operator and holds no secret.
 */
public final class ServerTrouble extends Exception {
    public ServerTrouble(String sentence) {
        super(sentence);
    }

    public ServerTrouble(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
