package press.masthead.charts;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads numbers as people write them; whether a comma divides thousands or decimals is decided once, for the whole table. */
final class Figures {
    private static final Set<String> NONE =
            Set.of("", "-", "\u2013", "\u2014", ".", "..", "\u2026", "n/a", "na", "#n/a", "null", "none", "nan");

    private static final Pattern POINT =
            Pattern.compile("[+-]?([1-9]\\d{0,2}(,\\d{3})+|\\d+)?(\\.\\d*)?([eE][+-]?\\d{1,3})?");
    private static final Pattern COMMA =
            Pattern.compile("[+-]?([1-9]\\d{0,2}(\\.\\d{3})+|\\d+)?(,\\d*)?([eE][+-]?\\d{1,3})?");

    /** Either sign alone, before three digits: a thousand to one reader and a decimal to another. */
    private static final Pattern EITHER = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");

    private Figures() {}

    /**
     * The figures of a table.
     *
     * @param likelyComma whether a comma is a decimal one where nothing in the table tells
     */
    static List<List<Double>> of(List<String> head, List<List<String>> rows, boolean likelyComma) {
        Decimal decimal = decimal(head, rows, likelyComma);
        var values = new ArrayList<List<Double>>();
        for (int r = 0; r < rows.size(); r++) {
            var row = new ArrayList<Double>();
            for (int c = 0; c < rows.get(r).size(); c++) {
                String written = rows.get(r).get(c);
                String bare = bare(written);
                if (NONE.contains(bare.toLowerCase(Locale.ROOT))) row.add(Double.NaN);
                else if (fits(bare, decimal.comma)) row.add(number(head, r, c, written, bare, decimal.comma));
                else if (fits(bare, !decimal.comma)) throw mixed(head, r, c, written, decimal);
                else
                    throw new Sheet.Unreadable(
                            "%s: “%s” is not a number.".formatted(place(head, r, c), shortened(written)));
            }
            values.add(List.copyOf(row));
        }
        return List.copyOf(values);
    }

    /** @param row where in the table that is to be seen; -1 where it is only likely */
    private record Decimal(boolean comma, int row) {}

    private static Decimal decimal(List<String> head, List<List<String>> rows, boolean likelyComma) {
        for (int r = 0; r < rows.size(); r++)
            for (String written : rows.get(r)) {
                String bare = bare(written);
                if (EITHER.matcher(bare).matches()) continue;
                boolean point = fits(bare, false);
                boolean comma = fits(bare, true);
                if (point != comma) return new Decimal(comma, r);
            }
        return new Decimal(likelyComma, -1);
    }

    private static boolean fits(String bare, boolean comma) {
        return (comma ? COMMA : POINT).matcher(bare).matches() && bare.chars().anyMatch(Character::isDigit);
    }

    private static double number(List<String> head, int r, int c, String written, String bare, boolean comma) {
        String plain = comma ? bare.replace(".", "").replace(',', '.') : bare.replace(",", "");
        double value = Double.parseDouble(plain);
        if (Double.isFinite(value)) return value;
        throw new Sheet.Unreadable("%s: “%s” is too large.".formatted(place(head, r, c), shortened(written)));
    }

    private static Sheet.Unreadable mixed(List<String> head, int r, int c, String written, Decimal decimal) {
        String mine = decimal.comma ? "a decimal point" : "a decimal comma";
        String other = decimal.comma ? "a decimal comma" : "a decimal point";
        return new Sheet.Unreadable("%s: “%s” has %s, where %s has %s. Use one of the two in the whole table."
                .formatted(
                        place(head, r, c),
                        shortened(written),
                        mine,
                        decimal.row < 0 ? "a file like this" : "row " + (decimal.row + 2),
                        other));
    }

    private static String place(List<String> head, int r, int c) {
        return "Row %d, column “%s”".formatted(r + 2, shortened(head.get(c + 1)));
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 39) + "…" : text;
    }

    /** Without spaces, signs of currency and percent, marks of direction; digits of other scripts as 0 to 9. */
    private static String bare(String written) {
        var bare = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            int type = Character.getType(c);
            if (Character.isSpaceChar(c) || type == Character.FORMAT || type == Character.CURRENCY_SYMBOL) continue;
            if (c == '\'' || c == '\u2019' || c == '%' || c == '\u066A') continue;
            if (Character.isDigit(c)) bare.append((char) ('0' + Character.digit(c, 10)));
            else bare.append(c == '\u2212' ? '-' : c == '\u066B' ? '.' : c == '\u066C' ? ',' : c);
        }
        String text = bare.toString();
        // A dash that stands before digits is a minus, however it was typed.
        return text.matches("[\u2013\u2014]\\d.*") ? "-" + text.substring(1) : text;
    }

    /** As a program reads it; empty where there is none. */
    static String plain(double value) {
        return Double.isNaN(value)
                ? ""
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
