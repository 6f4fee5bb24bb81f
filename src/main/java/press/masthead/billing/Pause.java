package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** Pauses a membership for one to three months, once a year, and lets it go on. What is paid waits for its reader. */
public final class Pause {
    private static final int LONGEST = 3;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final Providers providers;
    private final MembershipLetters letters;

    public Pause(Jdbi jdbi, Clock clock, Memberships memberships, Providers providers, MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.providers = providers;
        this.letters = letters;
    }

    /** Why it can't be paused now; empty when it can. */
    public Optional<String> whyNot(Membership membership) {
        Instant now = clock.instant();
        return switch (membership.state(now)) {
            case TRIALING -> Optional.of("Your free days can't be paused. You can cancel, and nothing is charged.");
            case CANCELLED -> Optional.of("Your membership is cancelled. Keep it first; then you can pause it.");
            case COMPLIMENTARY -> Optional.of("There is nothing to pay, so there is nothing to pause.");
            case PAUSED -> Optional.of("Your membership is paused already.");
            case ENDED -> Optional.of("There is no membership to pause.");
            case PAST_DUE -> Optional.of("An invoice is still open. Please pay it first; then you can pause.");
            case ACTIVE -> active(membership, now);
        };
    }

    private Optional<String> active(Membership membership, Instant now) {
        if (!membership.payment().runsOn()) return Optional.of("A gift can't be paused.");
        if (membership.unpaidDue().isPresent())
            return Optional.of("An invoice is still open. Please pay it first; then you can pause.");
        return jdbi.withHandle(handle -> memberships.lastPause(handle, membership.readerId()))
                .filter(last -> last.atZone(letters.from().zone())
                        .plusYears(1)
                        .toInstant()
                        .isAfter(now))
                .map(last -> "You can pause once a year, and did so on "
                        + letters.from().day(last) + ".");
    }

    /** When a pause of so many months that begins now would end. */
    public Instant end(int months) {
        return clock.instant().atZone(letters.from().zone()).plusMonths(months).toInstant();
    }

    /**
     * Pauses it now.
     *
     * @param months 1 to 3
     * @throws Problem when it can't be
     */
    public void run(Reader reader, int months) {
        if (months < 1 || months > LONGEST) throw Problem.invalid("Please choose one, two or three months.");
        Membership membership =
                memberships.find(reader.id()).orElseThrow(() -> Problem.stale("There is no membership to pause."));
        whyNot(membership).ifPresent(sentence -> {
            throw Problem.stale(sentence);
        });
        providers.of(membership).orElseThrow().pause(membership, end(months), Because.READER);
    }

    /**
     * Ends a pause now.
     *
     * @throws Problem when there is none
     */
    public void goOn(Reader reader) {
        Membership paused = memberships
                .find(reader.id())
                .filter(found ->
                        found.isPaused(clock.instant()) && found.endedAt().isEmpty())
                .orElseThrow(() -> Problem.stale("Your membership is not paused."));
        providers.of(paused).orElseThrow().goOn(paused, Because.READER);
    }
}
