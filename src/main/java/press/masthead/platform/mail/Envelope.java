package press.masthead.platform.mail;

/**
 * The two addresses of the SMTP dialogue, and the letter's size in bytes as far as known (0 when not). {@code from} may be
 * empty, for a letter whose return nobody wants.
 */
public record Envelope(String from, String to, int size, boolean eightBit) {
    public Envelope {
        if (!from.isEmpty() && !MailAddress.isAddress(from)) {
            throw new IllegalArgumentException("not a return address: " + MailAddress.printable(from));
        }
        if (!MailAddress.isAddress(to)) {
            throw new IllegalArgumentException("not an e-mail address: " + MailAddress.printable(to));
        }
    }

    public static Envelope of(String from, String to) {
        return new Envelope(from, to, 0, false);
    }

    /** Whether both local parts are ASCII, so that any server can take them. */
    boolean ascii() {
        return MailAddress.isAscii(local(from)) && MailAddress.isAscii(local(to));
    }

    private static String local(String address) {
        int at = address.indexOf('@');
        return at < 0 ? "" : address.substring(0, at);
    }
}
