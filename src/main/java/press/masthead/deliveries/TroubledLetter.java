package press.masthead.deliveries;

import java.time.Instant;
import java.util.Optional;

/** A letter that a person may want to look at, and why. {@code code} is 0 when no server's answer is behind it. */
public record TroubledLetter(
        long mailingId,
        long id,
        long readerId,
        String address,
        String name,
        LetterState state,
        int attempts,
        int code,
        String reply,
        Instant nextAttempt,
        Optional<Instant> takenAt) {}
