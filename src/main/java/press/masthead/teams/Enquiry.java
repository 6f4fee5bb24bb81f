package press.masthead.teams;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An organisation that asks about seats.
 *
 * @param owner the name or address of who minds it; empty for nobody yet
 * @param nextStep what is to be done, and {@code nextDay} when; may be empty
 */
record Enquiry(
        long id,
        Instant at,
        String name,
        String email,
        String organisation,
        int seats,
        String words,
        State state,
        Instant movedAt,
        Optional<Long> ownerId,
        String owner,
        String nextStep,
        Optional<LocalDate> nextDay) {
    enum State {
        NEW,
        TALKING,
        OFFERED,
        WON,
        LOST;

        /** As it stands over a column. */
        String shown() {
            return switch (this) {
                case NEW -> "New";
                case TALKING -> "Talking";
                case OFFERED -> "Offered";
                case WON -> "Won";
                case LOST -> "Lost";
            };
        }

        String stored() {
            return shown().toLowerCase(java.util.Locale.ROOT);
        }
    }

    boolean isOpen() {
        return switch (state) {
            case NEW, TALKING, OFFERED -> true;
            case WON, LOST -> false;
        };
    }

    boolean isLate(LocalDate today) {
        return isOpen() && nextDay.filter(day -> day.isBefore(today)).isPresent();
    }
}
