package press.masthead.plans;

import java.util.Optional;
import press.masthead.readers.Reader;

/**
 * Why a membership changed.
 *
 * @param cause who or what did it: {@code reader}, {@code timetable} or {@code desk}
 * @param by who of the staff
 * @param note why, in a few words; may be empty
 */
public record Because(String cause, Optional<Long> by, String note) {
    public static final Because READER = new Because("reader", Optional.empty(), "");
    public static final Because TIMETABLE = new Because("timetable", Optional.empty(), "");

    public static Because desk(Reader staff, String note) {
        return new Because("desk", Optional.of(staff.id()), note);
    }

    public Because noting(String why) {
        return new Because(cause, by, why);
    }
}
