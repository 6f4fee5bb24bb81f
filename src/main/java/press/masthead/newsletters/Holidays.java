package press.masthead.newsletters;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The holidays that one newsletter keeps: everyone's and its own. */
public record Holidays(List<Holiday> all) implements Predicate<LocalDate> {
    @Override
    public boolean test(LocalDate date) {
        return all.stream().anyMatch(holiday -> holiday.covers(date));
    }

    /** What this day is called, if it is one of them. */
    public Optional<String> name(LocalDate date) {
        return all.stream()
                .filter(holiday -> holiday.covers(date))
                .map(Holiday::name)
                .findFirst();
    }
}
