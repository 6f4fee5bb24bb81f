package press.masthead.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of figures as someone pastes it from a spreadsheet (tabs) or uploads it as CSV (RFC 4180, with commas or semicolons). Its
 * first row names the columns, its first column the rows.
 *
 * @param values of each row, in the order of the head from the second on; {@link Double#NaN} where there is none
 * @param groups the last column of each row where that is in words; else empty
 */
public record Sheet(List<String> head, List<String> labels, List<List<Double>> values, List<String> groups) {
    /** The most characters, rows below the head, and columns of figures. */
    public static final int MOST_CHARACTERS = 1 << 20;

    public static final int MOST_ROWS = 10_000;
    public static final int MOST_COLUMNS = 12;

    public Sheet {
        head = List.copyOf(head);
        labels = List.copyOf(labels);
        values = List.copyOf(values);
        groups = List.copyOf(groups);
    }

    /** What is wrong with a table, in one sentence that names the row and the column. Rows are counted from the head, which is row 1. */
    public static final class Unreadable extends RuntimeException {
        Unreadable(String sentence) {
            super(sentence, null, false, false);
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads a table.
     *
     * @param grouped whether a fourth column is in words and tells to which group a row belongs
     * @throws Unreadable where it can't be understood
     */
    public static Sheet read(String text, boolean grouped) {
        if (text.length() > MOST_CHARACTERS) throw new Unreadable("This table is larger than 1 MB.");
        String plain = text.replace("\uFEFF", "").replace("\r\n", "\n").replace('\r', '\n');
        if (plain.isBlank()) throw new Unreadable("There is no table yet: paste one, or choose a CSV file.");
        char between = between(plain);
        List<List<String>> rows = cells(plain, between);
        List<String> head = withoutEmptyEnd(rows.getFirst());
        checkHead(head, grouped);
        if (rows.size() == 1)
            throw new Unreadable("There are no figures below the first row, which names the columns.");
        if (rows.size() - 1 > MOST_ROWS)
            throw new Unreadable("This table has more than %,d rows.".formatted(MOST_ROWS));
        int figures = grouped && head.size() == 4 ? 3 : head.size();
        var labels = new ArrayList<String>();
        var groups = new ArrayList<String>();
        var written = new ArrayList<List<String>>();
        for (int i = 1; i < rows.size(); i++) {
            List<String> row = withoutEmptyEnd(rows.get(i));
            if (row.size() > head.size())
                throw new Unreadable("Row %d has %d cells, and the first row names %d columns."
                        .formatted(i + 1, row.size(), head.size()));
            labels.add(row.isEmpty() ? "" : row.getFirst());
            if (figures < head.size()) groups.add(row.size() > figures ? row.get(figures) : "");
            written.add(IntStream.range(1, figures)
                    .mapToObj(c -> c < row.size() ? row.get(c) : "")
                    .toList());
        }
        return new Sheet(head, labels, Figures.of(head, written, between == ';'), groups);
    }

    private static void checkHead(List<String> head, boolean grouped) {
        if (head.size() < 2) throw new Unreadable("A chart needs two columns: one of labels, and one of figures.");
        if (grouped && (head.size() < 3 || head.size() > 4))
            throw new Unreadable(
                    "Dots need three columns: a name, how far across, and how far up. A fourth may name their group.");
        if (head.size() > MOST_COLUMNS + 1)
            throw new Unreadable("A chart can show %d columns of figures; this table has %d."
                    .formatted(MOST_COLUMNS, head.size() - 1));
        for (int c = 1; c < head.size(); c++)
            if (head.get(c).isEmpty()) throw new Unreadable("Column %d has no name in the first row.".formatted(c + 1));
    }

    /** What divides the cells: a spreadsheet's tab, else whichever of the two signs the first row has. */
    private static char between(String text) {
        String first = text.strip().lines().findFirst().orElse("");
        String bare = first.replaceAll("\"[^\"]*\"", "");
        if (bare.indexOf('\t') >= 0) return '\t';
        return bare.indexOf(';') >= 0 ? ';' : ',';
    }

    private static List<List<String>> cells(String text, char between) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted && i < text.length()) {
                if (c != '"') cell.append(c);
                else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else quoted = false;
            } else if (c == '"' && cell.toString().isBlank()) {
                cell.setLength(0);
                quoted = true;
            } else if (c == between || c == '\n') {
                row.add(tidy(cell.toString()));
                cell.setLength(0);
                if (c == between) continue;
                if (row.stream().anyMatch(one -> !one.isEmpty())) rows.add(List.copyOf(row));
                row.clear();
            } else cell.append(c);
        }
        if (quoted) throw new Unreadable("A quotation mark is opened in this table and not closed.");
        return rows;
    }

    private static String tidy(String cell) {
        return cell.replaceAll("[\\x00-\\x1F\\x7F]+", " ").strip();
    }

    private static List<String> withoutEmptyEnd(List<String> row) {
        int end = row.size();
        while (end > 0 && row.get(end - 1).isEmpty()) end--;
        return row.subList(0, end);
    }

    /** One column of figures. */
    List<Double> column(int c) {
        return values.stream().map(row -> row.get(c)).toList();
    }

    /** One row, its figures as a program reads them. */
    List<String> row(int i) {
        var row = new ArrayList<String>();
        row.add(labels.get(i));
        values.get(i).forEach(value -> row.add(Figures.plain(value)));
        if (!groups.isEmpty()) row.add(groups.get(i));
        return row;
    }

    /** As it is kept: commas between cells, a point before decimals. */
    public String csv() {
        return Stream.concat(Stream.of(head), IntStream.range(0, labels.size()).mapToObj(this::row))
                .map(row -> row.stream().map(Sheet::quoted).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",;\n\t].*") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }
}
