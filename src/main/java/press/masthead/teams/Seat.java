package press.masthead.teams;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One person's stay on one of a team's seats.
 *
 * @param name may be empty
 * @param cameBy {@code invitation}, {@code handed_on}, {@code domain}, {@code sign_on} or {@code request}
 * @param courtesyUntil for a seat beyond the contract: the end of its week
 * @param lastRead the first day of the last month in which they read; what they read is kept nowhere
 */
record Seat(
        long id,
        long teamId,
        String email,
        String emailKey,
        String name,
        Optional<Long> readerId,
        String cameBy,
        Instant createdAt,
        Optional<Instant> sentAt,
        Optional<Instant> expiresAt,
        Optional<Instant> takenAt,
        Optional<Instant> courtesyUntil,
        Optional<Instant> endedAt,
        Optional<LocalDate> lastRead) {
    enum State {
        PENDING,
        EXPIRED,
        TAKEN,
        COURTESY,
        ENDED
    }

    State state(Instant now) {
        if (endedAt.isPresent()) return State.ENDED;
        if (courtesyUntil.isPresent()) return now.isBefore(courtesyUntil.get()) ? State.COURTESY : State.ENDED;
        if (takenAt.isPresent()) return State.TAKEN;
        return expiresAt.filter(now::isBefore).isPresent() ? State.PENDING : State.EXPIRED;
    }

    String shownName() {
        return name.isBlank() ? email : name;
    }
}
