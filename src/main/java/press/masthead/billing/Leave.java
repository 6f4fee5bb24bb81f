package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.readers.Reader;

/** Cancels a membership, and takes that back. What is paid or free is read to its end either way. */
public final class Leave {
    private static final int LONGEST = 1_000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final Providers providers;

    public Leave(Jdbi jdbi, Clock clock, Memberships memberships, Providers providers) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.providers = providers;
    }

    /** Why someone leaves: kept by its key. */
    public record Reason(String key, String words) {}

    /** Those that the page offers. */
    public static final List<Reason> REASONS = List.of(
            new Reason("price", "It costs too much"),
            new Reason("time", "I have no time to read it"),
            new Reason("content", "It is not what I need"),
            new Reason("work", "My work pays for it, or has changed"),
            new Reason("other", "Something else"));

    /** Whether there is something that this reader can cancel. */
    public static boolean can(Membership membership, Instant now) {
        return membership.runsOn() && membership.state(now) != Membership.State.ENDED;
    }

    /** As {@link #cancel(Reader, String, String)}, without a reason. */
    public boolean cancel(Reader reader) {
        return cancel(reader, "", "");
    }

    /**
     * Has it end where it is paid or free until.
     *
     * @param reason one of {@link #REASONS} by its key; anything else is none
     * @param words theirs, cut where they are longer than 1,000 letters
     * @return whether there was something to cancel
     */
    public boolean cancel(Reader reader, String reason, String words) {
        Optional<Membership> running = memberships.find(reader.id()).filter(found -> can(found, clock.instant()));
        if (running.isEmpty()) return false;
        String known = REASONS.stream()
                .map(Reason::key)
                .filter(reason::equals)
                .findFirst()
                .orElse("");
        String said = words.strip();
        jdbi.useHandle(handle -> memberships.leftBecause(
                handle, running.get().id(), known, said.length() > LONGEST ? said.substring(0, LONGEST) : said));
        providers.of(running.get()).orElseThrow().cancel(running.get(), Because.READER.noting(known));
        return true;
    }

    /** Takes a cancellation back while the membership still runs. Returns whether there was one. */
    public boolean resume(Reader reader) {
        Instant now = clock.instant();
        Optional<Membership> cancelled = memberships
                .find(reader.id())
                .filter(found -> found.payment().runsOn() && found.cancelledAt().isPresent())
                .filter(found -> found.state(now) != Membership.State.ENDED);
        if (cancelled.isEmpty()) return false;
        providers.of(cancelled.get()).orElseThrow().keep(cancelled.get(), Because.READER);
        jdbi.useHandle(handle -> memberships.leftBecause(handle, cancelled.get().id(), "", ""));
        return true;
    }
}
