package press.masthead.teams;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import press.masthead.readers.EmailAddress;

/**
 * Addresses out of whatever a manager has: pasted from a letter's head, or a table with any of the usual separators, quotes
 * (RFC 4180), a byte-order mark, a head row. Wherever an address stands in its line, it is found.
 */
public final class InviteList {
    private static final Pattern BRACKETED = Pattern.compile("<([^<>\\s]+@[^<>\\s]+)>");

    private InviteList() {}

    /**
     * One address, or a line without any.
     *
     * @param line from 1
     * @param place its place among the addresses of the line, from 1
     */
    public record Entry(int line, int place, String text, Optional<EmailAddress> email) {}

    /** UTF-8 or UTF-16 with its mark, UTF-8 without, else the Latin of older spreadsheets. */
    public static String decode(byte[] file) {
        if (startsWith(file, 0xFF, 0xFE)) return new String(file, StandardCharsets.UTF_16);
        if (startsWith(file, 0xFE, 0xFF)) return new String(file, StandardCharsets.UTF_16);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(file, Charset.forName("windows-1252"));
        }
    }

    private static boolean startsWith(byte[] file, int... mark) {
        if (file.length < mark.length) return false;
        for (int i = 0; i < mark.length; i++) if ((file[i] & 0xFF) != mark[i]) return false;
        return true;
    }

    /** Empty lines, and a head row that has no address, are left out. */
    public static List<Entry> read(String text) {
        String[] lines = text.replaceFirst("^\uFEFF", "").split("\\R", -1);
        var entries = new ArrayList<Entry>();
        boolean head = true;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.matches("(?i)sep=.")) continue;
            List<String> found = addresses(line);
            if (found.isEmpty() && !(head && isHead(line)))
                entries.add(new Entry(i + 1, 1, cut(line), Optional.empty()));
            for (int n = 0; n < found.size(); n++)
                entries.add(new Entry(i + 1, n + 1, cut(found.get(n)), EmailAddress.parse(found.get(n))));
            head = false;
        }
        return entries;
    }

    /** A first row that names columns: several of them, or one of the usual words. */
    private static boolean isHead(String line) {
        return cells(line).size() > 1
                || line.matches("(?i)\"?(e-?mail|mail|address|addresses|e-?mail address|adresse|correo|courriel)\"?");
    }

    private static List<String> addresses(String line) {
        var found = new ArrayList<String>();
        for (String cell : cells(line)) {
            Matcher bracketed = BRACKETED.matcher(cell);
            if (bracketed.find()) {
                do found.add(bracketed.group(1));
                while (bracketed.find());
            } else
                for (String word : cell.split("\\s+"))
                    if (word.contains("@")) found.add(word.replaceFirst("(?i)^mailto:", ""));
        }
        return found;
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') quoted = !quoted;
            else if (!quoted && (c == ',' || c == ';' || c == '\t' || c == '|')) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else cell.append(c);
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    private static String cut(String text) {
        return text.length() > 254 ? text.substring(0, 253) + "…" : text;
    }
}
