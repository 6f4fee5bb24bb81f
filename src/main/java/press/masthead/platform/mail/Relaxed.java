package press.masthead.platform.mail;

/** The relaxed canonical forms of RFC 6376, 3.4.2 and 3.4.4. */
final class Relaxed {
    private Relaxed() {}

    /** One header from its name to before its CRLF: name in small letters, folds undone, blanks single. */
    static void header(Bytes from, int start, int end, Bytes into) {
        int i = start;
        while (i < end && from.at(i) != ':') {
            byte b = from.at(i++);
            if (!isBlank(b)) {
                into.append(lower(b));
            }
        }
        into.append(':');
        i++;
        boolean blank = false;
        boolean begun = false;
        for (; i < end; i++) {
            byte b = from.at(i);
            if (isBlank(b) || b == '\r' || b == '\n') {
                blank = true;
                continue;
            }
            if (blank && begun) {
                into.append(' ');
            }
            blank = false;
            begun = true;
            into.append(b);
        }
    }

    /** The body: blanks single and none at a line's end, no empty lines at the end. */
    static void body(Bytes from, int start, Bytes into) {
        int emptyLines = 0;
        int lineStart = start;
        int length = from.length();
        while (lineStart < length) {
            int lineEnd = lineStart;
            while (lineEnd < length && from.at(lineEnd) != '\n') {
                lineEnd++;
            }
            int end = lineEnd > lineStart && from.at(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
            while (end > lineStart && isBlank(from.at(end - 1))) {
                end--;
            }
            if (end == lineStart) {
                emptyLines++;
            } else {
                for (; emptyLines > 0; emptyLines--) {
                    into.append('\r').append('\n');
                }
                boolean blank = false;
                for (int i = lineStart; i < end; i++) {
                    byte b = from.at(i);
                    if (!isBlank(b)) {
                        into.append(b);
                    } else if (!blank) {
                        into.append(' ');
                    }
                    blank = isBlank(b);
                }
                into.append('\r').append('\n');
            }
            lineStart = lineEnd + 1;
        }
    }

    static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
