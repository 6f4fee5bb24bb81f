package press.masthead.books;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import press.masthead.plans.Money;
import press.masthead.platform.web.Problem;

/** Reads a bank's statement as banks write them: comma, semicolon or tab, decimal comma or point, UTF-8 or Latin-1. */
final class BankCsv {
    static final int MOST_LINES = 20_000;

    private static final Pattern DATE = Pattern.compile("(\\d{1,4})[./-](\\d{1,2})[./-](\\d{2,4})");
    private static final Pattern AMOUNT =
            Pattern.compile("([+-]?)([\\d.,'’ \\u00a0\\u202f]*\\d)\\s*([A-Z]{3})?\\s*(-?)");

    private BankCsv() {}

    /**
     * Money that came in.
     *
     * @param words everything else that the line says
     */
    record Line(LocalDate on, long amount, String currency, String words) {}

    /**
     * What a file holds.
     *
     * @param passedOver lines that are not money coming in: what was paid out, balances, headings
     */
    record Statement(List<Line> lines, int passedOver) {}

    /**
     * @param usual the currency of lines that name none
     * @throws Problem with one sentence when it is no such file
     */
    static Statement read(byte[] file, String usual) {
        List<List<String>> rows = rows(text(file));
        if (rows.size() > MOST_LINES)
            throw Problem.tooLarge("This file has more than 20,000 lines. Please take a shorter time.");
        Columns columns = Columns.NONE;
        var lines = new ArrayList<Line>();
        int passed = 0;
        for (List<String> row : rows) {
            Optional<Columns> head = Columns.of(row);
            if (head.isPresent()) {
                columns = head.get();
                continue;
            }
            Optional<Line> line = line(row, columns, usual);
            if (line.isPresent()) lines.add(line.get());
            else passed++;
        }
        if (lines.isEmpty())
            throw Problem.invalid(
                    "There is no line in this file with a date and an amount that came in. Please check it.");
        return new Statement(lines, passed);
    }

    private static String text(byte[] file) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(file, StandardCharsets.ISO_8859_1);
        }
        if (text.indexOf('\0') >= 0)
            throw Problem.invalid("This is not a CSV file. Please export the statement as CSV.");
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** As RFC 4180 quotes, with whichever separator the file has most of. */
    private static List<List<String>> rows(String text) {
        char separator = separator(text);
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') cell.append(c);
                else if (i + 1 < text.length() && text.charAt(i + 1) == '"') cell.append(text.charAt(i++));
                else quoted = false;
            } else if (c == '"' && cell.toString().isBlank()) {
                cell.setLength(0);
                quoted = true;
            } else if (c == separator || c == '\n') {
                row.add(cell.toString().strip());
                cell.setLength(0);
                if (c == '\n') {
                    if (row.size() > 1 || !row.getFirst().isEmpty()) rows.add(List.copyOf(row));
                    row.clear();
                    if (rows.size() > MOST_LINES) return rows;
                }
            } else if (c != '\r') cell.append(c);
        }
        row.add(cell.toString().strip());
        if (row.size() > 1 || !row.getFirst().isEmpty()) rows.add(List.copyOf(row));
        return rows;
    }

    private static char separator(String text) {
        String start = text.substring(0, Math.min(text.length(), 8_000));
        long semicolons = start.chars().filter(c -> c == ';').count();
        long tabs = start.chars().filter(c -> c == '\t').count();
        // One for each line at least: text may hold a few of its own, and decimal commas are no separators.
        long lines = Math.max(1, start.lines().count());
        return semicolons >= lines ? ';' : tabs >= lines ? '\t' : ',';
    }

    /** Where a statement says what; -1 where its head does not tell. */
    private record Columns(int date, int amount, int currency) {
        static final Columns NONE = new Columns(-1, -1, -1);

        static Optional<Columns> of(List<String> row) {
            int date = find(
                    row, "booking date|date|buchungstag|buchungsdatum|datum|date comptable|boekingsdatum|booked on");
            int amount = find(row, "amount|betrag|montant|bedrag|credit|gutschrift|credit amount|importe|importo");
            return date < 0 || amount < 0
                    ? Optional.empty()
                    : Optional.of(
                            new Columns(date, amount, find(row, "currency|ccy|währung|waehrung|devise|munt|valuta")));
        }

        private static int find(List<String> row, String names) {
            Pattern any = Pattern.compile("(" + names + ")( \\([a-zA-Z]+\\))?");
            for (int i = 0; i < row.size(); i++)
                if (any.matcher(row.get(i).toLowerCase(Locale.ROOT)).matches()) return i;
            return -1;
        }
    }

    private static Optional<Line> line(List<String> row, Columns columns, String usual) {
        int on = columns.date() >= 0
                ? columns.date()
                : first(row, 0, cell -> date(cell).isPresent());
        if (on < 0 || on >= row.size()) return Optional.empty();
        String currency = usual;
        int named = columns.currency() >= 0 ? columns.currency() : first(row, 0, cell -> cell.matches("[A-Z]{3}"));
        if (named >= 0 && named < row.size() && row.get(named).matches("[A-Z]{3}")) currency = row.get(named);
        String inWhich = currency;
        int sum = columns.amount() >= 0
                ? columns.amount()
                : first(
                        row,
                        on + 1,
                        cell -> cell.matches(".*\\d[.,]\\d{1,3}\\D*")
                                && amount(cell, inWhich).isPresent());
        if (sum < 0 || sum >= row.size()) return Optional.empty();
        Matcher amountCell = AMOUNT.matcher(row.get(sum));
        if (amountCell.matches() && amountCell.group(3) != null) currency = amountCell.group(3);
        Optional<LocalDate> day = date(row.get(on));
        Optional<Long> amount = amount(row.get(sum), currency);
        if (day.isEmpty() || amount.isEmpty() || amount.get() <= 0) return Optional.empty();
        var words = new StringBuilder();
        for (int i = 0; i < row.size(); i++)
            if (i != on && i != sum && i != named && !row.get(i).isEmpty())
                words.append(words.isEmpty() ? "" : " · ").append(row.get(i));
        String said = words.length() > 500 ? words.substring(0, 500) : words.toString();
        return Optional.of(new Line(day.get(), amount.get(), currency, said));
    }

    private static int first(List<String> row, int from, java.util.function.Predicate<String> like) {
        for (int i = from; i < row.size(); i++) if (like.test(row.get(i))) return i;
        return -1;
    }

    /** Year first, or day first; month first only where the other way round there is no such day. */
    static Optional<LocalDate> date(String cell) {
        try {
            if (cell.matches("20\\d{6}"))
                return Optional.of(LocalDate.of(number(cell, 0, 4), number(cell, 4, 6), number(cell, 6, 8)));
            Matcher parts = DATE.matcher(cell.length() > 10 ? cell.substring(0, 10) : cell);
            if (!parts.matches()) return Optional.empty();
            int a = Integer.parseInt(parts.group(1));
            int b = Integer.parseInt(parts.group(2));
            int c = Integer.parseInt(parts.group(3));
            if (parts.group(1).length() == 4) return Optional.of(LocalDate.of(a, b, c));
            int year = c < 100 ? 2000 + c : c;
            return Optional.of(b > 12 ? LocalDate.of(year, a, b) : LocalDate.of(year, b, a));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String text, int from, int until) {
        return Integer.parseInt(text.substring(from, until));
    }

    /** Minor units. The last point or comma is the decimal one, unless three digits follow it and the currency has fewer. */
    static Optional<Long> amount(String cell, String currency) {
        Matcher parts = AMOUNT.matcher(cell.strip());
        if (!parts.matches()) return Optional.empty();
        int digits;
        try {
            digits = Money.digits(parts.group(3) == null ? currency : parts.group(3));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String figure = parts.group(2).replaceAll("['’ \\u00a0\\u202f]", "");
        int point = Math.max(figure.lastIndexOf('.'), figure.lastIndexOf(','));
        int behind = point < 0 ? 0 : figure.length() - point - 1;
        boolean decimal = point >= 0 && (behind != 3 || digits == 3);
        String whole = (decimal ? figure.substring(0, point) : figure).replaceAll("[.,]", "");
        String part = decimal ? figure.substring(point + 1) : "";
        while (part.length() > digits && part.endsWith("0")) part = part.substring(0, part.length() - 1);
        if (part.length() > digits || whole.length() > 15 || whole.isEmpty()) return Optional.empty();
        long minor = Long.parseLong(whole + part + "0".repeat(digits - part.length()));
        boolean out = parts.group(1).equals("-") || parts.group(4).equals("-");
        return Optional.of(out ? -minor : minor);
    }
}
