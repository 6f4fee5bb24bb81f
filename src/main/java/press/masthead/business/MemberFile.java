package press.masthead.business;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import press.masthead.charts.ChartTable;
import press.masthead.platform.web.Problem;

/**
 * A table of members as other systems write it (RFC 4180): commas, semicolons or tabs between the cells, quotes, a byte-order
 * mark, UTF-8 or the Latin of older spreadsheets. Its first row names the columns.
 */
final class MemberFile {
    /** In bytes: some 400,000 members. */
    static final int MOST = 32 * 1024 * 1024;

    private static final String BROKEN =
            "The file is not a table: a quote in it is never closed, or stands inside a cell.";

    private final String text;
    private final char divider;
    private final List<String> head;

    /** @throws Problem where it is no table */
    MemberFile(byte[] file) {
        if (file.length > MOST) throw Problem.invalid("The file is larger than 32 MB. Divide it into several.");
        text = decode(file).replaceFirst("^\uFEFF", "").replaceFirst("^(?i)sep=.\\R", "");
        if (text.isBlank()) throw Problem.invalid("The file is empty.");
        if (text.indexOf('\0') >= 0)
            throw Problem.invalid("This is not a text file. In a spreadsheet, choose \"Save as\" and then CSV.");
        String first = text.lines().findFirst().orElse("");
        divider = List.of(',', ';', '\t').stream()
                .max((a, b) -> Long.compare(count(first, a), count(first, b)))
                .orElse(',');
        head = first(1).stream().findFirst().orElse(List.of());
    }

    List<String> head() {
        return head;
    }

    /**
     * Which place of a row each column has.
     *
     * @param corrected what the head row calls a column, where its name does not tell; empty for a column that the file lacks
     * @throws Problem where a name is not in the head row, or what must be there is missing
     */
    Map<MemberColumn, Integer> places(Map<MemberColumn, String> corrected) {
        var places = new EnumMap<MemberColumn, Integer>(MemberColumn.class);
        places.putAll(MemberColumn.guess(head));
        corrected.forEach((column, name) -> {
            places.remove(column);
            if (name.isEmpty()) return;
            int place = head.indexOf(name);
            if (place < 0)
                throw Problem.invalid(
                        "The file has no column \"" + name + "\". It has: " + String.join(", ", head) + ".");
            places.values().remove(place);
            places.put(column, place);
        });
        for (MemberColumn needed : MemberColumn.values())
            if (needed.isNeeded() && !places.containsKey(needed))
                throw Problem.invalid("No column of the file is known as " + needed.meaning + ". It has: "
                        + String.join(", ", head) + ".");
        return places;
    }

    private static long count(String line, char divider) {
        return line.chars().filter(c -> c == divider).count();
    }

    /**
     * One member of the file, by its line.
     *
     * @param written the whole row, with commas
     */
    record Line(int number, Map<MemberColumn, String> cells, String written) {
        String cell(MemberColumn column) {
            return cells.getOrDefault(column, "");
        }
    }

    /** What receives the lines, one after the other. */
    interface Lines {
        void take(Line line) throws SQLException;
    }

    /** The first rows, with the head row. */
    List<List<String>> first(int most) {
        try (var parser = parser()) {
            var rows = new ArrayList<List<String>>();
            for (CSVRecord row : parser) {
                if (rows.size() == most) break;
                rows.add(row.stream().map(String::strip).toList());
            }
            return rows;
        } catch (IOException | UncheckedIOException e) {
            throw Problem.invalid(BROKEN);
        }
    }

    /** The first rows as a table of their own. */
    String beginning(int most) {
        var rows = new StringBuilder();
        for (List<String> row : first(most))
            rows.append(row.stream().map(ChartTable::cell).collect(Collectors.joining(",")))
                    .append("\r\n");
        return rows.toString();
    }

    private CSVParser parser() throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(divider)
                .setIgnoreEmptyLines(false)
                .get()
                .parse(new StringReader(text));
    }

    /** Goes through all lines but the first. */
    void each(Map<MemberColumn, Integer> places, Lines to) throws SQLException {
        try (var parser = parser()) {
            boolean isHead = true;
            for (CSVRecord row : parser) {
                // Empty rows count, so that the number is the one that a spreadsheet shows.
                if (!isHead && row.stream().anyMatch(cell -> !cell.isBlank()))
                    to.take(new Line((int) row.getRecordNumber(), cells(row, places), written(row)));
                isHead = false;
            }
        } catch (IOException | UncheckedIOException e) {
            throw Problem.invalid(BROKEN);
        }
    }

    private static Map<MemberColumn, String> cells(CSVRecord row, Map<MemberColumn, Integer> places) {
        var cells = new EnumMap<MemberColumn, String>(MemberColumn.class);
        places.forEach((column, place) -> {
            if (place < row.size()) cells.put(column, row.get(place).strip());
        });
        return cells;
    }

    private static String written(CSVRecord row) {
        var written = new StringJoiner(",");
        for (String cell : row) written.add(ChartTable.cell(cell));
        return written.toString();
    }

    private static String decode(byte[] file) {
        try {
            if (file.length > 1 && (file[0] == -1 && file[1] == -2 || file[0] == -2 && file[1] == -1))
                return new String(file, StandardCharsets.UTF_16);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(file, Charset.forName("windows-1252"));
        }
    }
}
