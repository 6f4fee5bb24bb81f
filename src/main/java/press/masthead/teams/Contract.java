package press.masthead.teams;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import press.masthead.plans.Money;

/**
 * What was agreed with a team for one term.
 *
 * @param seats as of now, with those that came in mid-term
 * @param seatPrice minor units for one seat and the whole term
 * @param graceUntil up to when the team reads on if nobody renews: a Sunday night
 * @param termsDays how long an invoice may wait, 0 to 120
 * @param country ISO 3166-1 alpha-2, or empty
 * @param byThemselves whether a manager may renew and add seats without asking
 * @param renewedBy the contract of the term that follows
 */
record Contract(
        long id,
        long teamId,
        String plan,
        int seats,
        long seatPrice,
        String currency,
        Instant since,
        Instant until,
        Instant graceUntil,
        String purchaseOrder,
        int termsDays,
        String billingName,
        String billingAddress,
        String country,
        String vatNumber,
        String contactName,
        String contactEmail,
        boolean byThemselves,
        Optional<Long> renewedBy) {
    enum State {
        AHEAD,
        RUNNING,
        GRACE,
        ENDED
    }

    State state(Instant now) {
        if (now.isBefore(since)) return State.AHEAD;
        if (now.isBefore(until)) return State.RUNNING;
        return now.isBefore(graceUntil) && renewedBy.isEmpty() ? State.GRACE : State.ENDED;
    }

    /** Such as "MC-0007". */
    String label() {
        return label(id);
    }

    static String label(long id) {
        return "MC-%04d".formatted(id);
    }

    long total() {
        return seats * seatPrice;
    }

    String money(long amount) {
        return Money.words(amount, currency);
    }

    /** What as many seats cost from a moment to the end of the term: by the second, the broken unit in the team's favour. */
    long prorated(int more, Instant from) {
        if (!from.isAfter(since)) return more * seatPrice;
        long left = Math.max(0, Duration.between(from, until).toSeconds());
        long whole = Duration.between(since, until).toSeconds();
        return BigInteger.valueOf(more)
                .multiply(BigInteger.valueOf(seatPrice))
                .multiply(BigInteger.valueOf(left))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }

    /** The end of a term that follows this one and is as long by the calendar. */
    Instant nextUntil(ZoneId zone) {
        LocalDate from = since.atZone(zone).toLocalDate();
        LocalDate to = until.atZone(zone).toLocalDate();
        Period length = Period.between(from, to);
        return to.plus(length).atStartOfDay(zone).toInstant();
    }
}
