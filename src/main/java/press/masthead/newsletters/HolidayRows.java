package press.masthead.newsletters;

import io.javalin.http.Context;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of holidays as a form shows it and sends it: what was typed, right or wrong. */
record HolidayRows(List<Row> rows) {
    /** Empty rows under the last one, for a form without script. */
    private static final int SPARE = 2;

    private static final int MOST = 200;

    /** @param yearly {@code yes}, or empty for once */
    record Row(String day, String until, String name, String yearly) {
        static final Row EMPTY = new Row("", "", "", "");

        boolean isEmpty() {
            return day.isBlank() && until.isBlank() && name.isBlank();
        }
    }

    static HolidayRows of(List<Holiday> holidays) {
        return new HolidayRows(holidays.stream()
                .map(holiday -> new Row(
                        holiday.day().toString(),
                        holiday.until().equals(holiday.day())
                                ? ""
                                : holiday.until().toString(),
                        holiday.name(),
                        holiday.yearly() ? "yes" : ""))
                .toList());
    }

    static HolidayRows read(Context ctx) {
        List<String> days = ctx.formParams("holiday-day");
        List<String> untils = ctx.formParams("holiday-until");
        List<String> names = ctx.formParams("holiday-name");
        List<String> yearly = ctx.formParams("holiday-yearly");
        var rows = new ArrayList<Row>();
        for (int i = 0; i < Math.min(days.size(), MOST); i++) {
            var row = new Row(at(days, i), at(untils, i), at(names, i), at(yearly, i));
            if (!row.isEmpty()) rows.add(row);
        }
        return new HolidayRows(rows);
    }

    private static String at(List<String> values, int index) {
        return index < values.size() ? values.get(index).strip() : "";
    }

    List<Row> withSpare() {
        var all = new ArrayList<>(rows);
        for (int i = 0; i < SPARE; i++) all.add(Row.EMPTY);
        return all;
    }

    /** What is wrong with the first row that is wrong, in one sentence; empty when all are right. */
    String problem() {
        var begins = new HashSet<LocalDate>();
        for (Row row : rows) {
            LocalDate day = date(row.day());
            LocalDate until = row.until().isBlank() ? day : date(row.until());
            if (day == null || until == null)
                return "A holiday's day is no date: “" + (day == null ? row.day() : row.until()) + "”.";
            if (row.name().isBlank()) return "The holiday on " + day + " needs a name.";
            if (until.isBefore(day)) return "The holiday “" + row.name() + "” ends before it begins.";
            if (!begins.add(day)) return "Two holidays begin on " + day + ".";
        }
        return "";
    }

    /** The holidays themselves; to be asked for once there is no {@link #problem}. */
    List<Holiday> holidays() {
        return rows.stream()
                .map(row -> new Holiday(
                        LocalDate.parse(row.day()),
                        LocalDate.parse(row.until().isBlank() ? row.day() : row.until()),
                        row.name(),
                        row.yearly().equals("yes")))
                .toList();
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
