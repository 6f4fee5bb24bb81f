package press.masthead.platform.mail;

/**
 * Quoted-printable (RFC 2045, 6.7), written so that a letter needs no second look on its way: no line starts with a dot
 * (no dot stuffing) or with "From " (no mbox quoting), and blanks never stand twice or at a line's end, so that DKIM's relaxed
 * form of the body is the body itself.
 */
final class QuotedPrintable {
    private static final int WIDEST = 75;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private QuotedPrintable() {}

    /** Appends text, lines ended by LF or CRLF; begins at the start of a line and says in which column it stopped. */
    static int encode(byte[] text, Bytes into) {
        int column = 0;
        boolean afterBlank = false;
        for (int i = 0; i < text.length; i++) {
            int b = text[i] & 0xff;
            if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                continue;
            }
            if (b == '\n') {
                into.append('\r').append('\n');
                column = 0;
                afterBlank = false;
                continue;
            }
            boolean plain = isPlain(text, i, b, column, afterBlank);
            if (column + (plain ? 1 : 3) > WIDEST) {
                into.append('=').append('\r').append('\n');
                column = 0;
                plain = isPlain(text, i, b, column, afterBlank);
            }
            if (plain) {
                into.append(b);
                column++;
            } else {
                into.append('=').append(HEX[b >> 4]).append(HEX[b & 15]);
                column += 3;
            }
            afterBlank = plain && b == ' ';
        }
        return column;
    }

    /** Ends a line that goes on: what follows starts in column 0. */
    static void softBreak(int column, Bytes into) {
        if (column > 0) {
            into.append('=').append('\r').append('\n');
        }
    }

    private static boolean isPlain(byte[] text, int i, int b, int column, boolean afterBlank) {
        if (b == ' ') {
            boolean last = i + 1 == text.length || text[i + 1] == '\n' || text[i + 1] == '\r';
            return !last && !afterBlank && column > 0;
        }
        if (b < 33 || b > 126 || b == '=') {
            return false;
        }
        return column > 0 || (b != '.' && b != 'F' && b != '-');
    }
}
