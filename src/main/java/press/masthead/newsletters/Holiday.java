package press.masthead.newsletters;

import java.time.LocalDate;
import java.time.MonthDay;

/**
 * Days on which nothing comes out.
 *
 * @param day the first
 * @param until the last, not before the first
 * @param yearly whether they come back each year; 29 February does in leap years
 */
public record Holiday(LocalDate day, LocalDate until, String name, boolean yearly) {
    boolean covers(LocalDate date) {
        if (!yearly) return !date.isBefore(day) && !date.isAfter(until);
        MonthDay at = MonthDay.from(date);
        MonthDay first = MonthDay.from(day);
        MonthDay last = MonthDay.from(until);
        if (!until.isBefore(day.plusYears(1))) return true;
        return first.isAfter(last)
                ? !at.isBefore(first) || !at.isAfter(last)
                : !at.isBefore(first) && !at.isAfter(last);
    }
}
