package press.masthead.platform.mail;

/**
 * A place in a frozen message that differs from reader to reader. A template prints the mark where the value will stand;
 * the mark is two private-use characters around a name, which no escaping changes.
 *
 * <p>What the value may do there is decided by the place, not by the caller: markup is escaped in HTML, line breaks vanish
 * in text and headers.
 */
public final class Slot {
    static final char OPEN = '\uE000';
    static final char CLOSE = '\uE001';
    static final char IN_LINK = '%';
    static final char LEAVES = '#';

    private Slot() {}

    /** The mark for a value that is read: a name, a greeting. */
    public static String mark(String name) {
        return OPEN + checked(name) + CLOSE;
    }

    /** The mark for a value inside a link: it is percent-encoded first. */
    public static String inLink(String name) {
        return "" + OPEN + IN_LINK + checked(name) + CLOSE;
    }

    /**
     * The mark for leaves: parts frozen with the message ({@link MessageDraft#leaf}), of which each reader's value names some,
     * parted by blanks. So a letter is composed for one person and yet put together from bytes that are ready.
     */
    public static String leaves(String name) {
        return "" + OPEN + LEAVES + checked(name) + CLOSE;
    }

    private static String checked(String name) {
        if (!name.matches("[a-z][a-z0-9._-]{0,39}")) {
            throw new IllegalArgumentException("not a slot name: " + MailAddress.printable(name));
        }
        return name;
    }

    /** The values for one reader. */
    @FunctionalInterface
    public interface Values {
        /** For a message without personal parts. */
        Values NONE = name -> "";

        /** The value, or an empty text where the reader has none. */
        String value(String slot);
    }
}
