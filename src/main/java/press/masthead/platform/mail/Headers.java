package press.masthead.platform.mail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Header values as RFC 5322 and RFC 2047 want them; a line break in a value is never carried over. */
final class Headers {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);
    private static final int FOLD_AT = 76;
    private static final int LONGEST_NAME = 120;

    private Headers() {}

    static String date(Instant when, ZoneId zone) {
        return DATE.format(when.atZone(zone));
    }

    /** Free text, such as a subject; {@code column} is where it starts. */
    static String text(String value, int column) {
        String line = oneLine(value);
        if (isPlain(line)) {
            String folded = fold(line, column);
            if (longestLine(folded) <= 900) {
                return folded;
            }
        }
        return encodedWords(line, column);
    }

    /** A mailbox: {@code Ada Vell <ada@parallel.example>}. */
    static String mailbox(String name, String address, int column) {
        if (!MailAddress.isAddress(address)) {
            throw new IllegalArgumentException("not an e-mail address: " + MailAddress.printable(address));
        }
        String wire = MailAddress.forWire(address);
        String shown = oneLine(name);
        if (shown.codePointCount(0, shown.length()) > LONGEST_NAME) {
            shown = shown.substring(0, shown.offsetByCodePoints(0, LONGEST_NAME));
        }
        if (shown.isEmpty()) {
            return wire;
        }
        String phrase = isPlain(shown)
                ? '"' + shown.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : encodedWords(shown, column);
        int last = phrase.length() - phrase.lastIndexOf('\n') - 1 + (phrase.indexOf('\n') < 0 ? column : 0);
        return phrase + (last + wire.length() + 3 > FOLD_AT ? "\r\n <" : " <") + wire + ">";
    }

    /** Everything that could end a line or confuse a reader's eye is a blank, and blanks stand alone. */
    static String oneLine(String value) {
        StringBuilder line = new StringBuilder(value.length());
        boolean blank = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) || c == ' ' || c == '\u2028' || c == '\u2029') {
                if (!blank) {
                    line.append(' ');
                }
                blank = true;
            } else {
                line.append(c);
                blank = false;
            }
        }
        if (blank && !line.isEmpty()) {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    /** A value inside a structured header: printable ASCII without blanks and brackets, the rest is left out. */
    static String token(String value) {
        StringBuilder token = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"' && c != ',') {
                token.append(c);
            }
        }
        return token.toString();
    }

    private static boolean isPlain(String line) {
        return MailAddress.isAscii(line) && !line.contains("=?");
    }

    private static String fold(String line, int column) {
        StringBuilder folded = new StringBuilder();
        int at = column;
        int from = 0;
        while (from < line.length()) {
            int next = line.indexOf(' ', from + 1);
            if (next < 0) {
                next = line.length();
            }
            if (at + next - from > FOLD_AT && from > 0) {
                folded.append("\r\n");
                at = 0;
            }
            folded.append(line, from, next);
            at += next - from;
            from = next;
        }
        return folded.toString();
    }

    private static int longestLine(String folded) {
        return folded.lines().mapToInt(String::length).max().orElse(0);
    }

    /** RFC 2047 in base64: words of whole characters, each of at most 75 characters. */
    private static String encodedWords(String line, int column) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int bytes = 0;
        int room = Math.max(12, (FOLD_AT - column - 12) / 4 * 3);
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes + size > room) {
                words.add(word(word));
                word.setLength(0);
                bytes = 0;
                room = 45;
            }
            word.appendCodePoint(c);
            bytes += size;
            i += Character.charCount(c);
        }
        words.add(word(word));
        return String.join("\r\n ", words);
    }

    private static String word(CharSequence text) {
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(utf8) + "?=";
    }
}
