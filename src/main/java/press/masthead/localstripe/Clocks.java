package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What happens when. Everything belongs to the account's own time, which runs with the machine's or stands until it is moved;
 * a customer who was made with a test clock belongs to that one (docs.stripe.com/billing/testing/test-clocks).
 */
final class Clocks {
    /** The account's own time; a test clock of this name moves it where it stands. */
    static final String ACCOUNT = "clock_account";

    private record Due(long at, long order, Runnable work) {}

    private static final class Timeline {
        long now;
        final PriorityQueue<Due> due =
                new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    }

    private final Map<String, Timeline> timelines = new HashMap<>();
    private final Optional<Clock> machine;
    private long order;

    /** @param standing where the account's time stands; it runs with the machine's where that is empty */
    Clocks(Optional<Instant> standing) {
        machine = standing.isPresent() ? Optional.empty() : Optional.of(Clock.systemUTC());
        open(ACCOUNT, standing.orElseGet(Instant::now).getEpochSecond());
    }

    void open(String clock, long now) {
        var timeline = new Timeline();
        timeline.now = now;
        timelines.put(clock, timeline);
    }

    boolean stands() {
        return machine.isEmpty();
    }

    boolean knows(String clock) {
        return timelines.containsKey(clock);
    }

    /** Seconds since 1970 on the account's time. */
    long now() {
        return now(ACCOUNT);
    }

    long now(String clock) {
        return timeline(clock).now;
    }

    /** On which time an object lives. */
    static String of(ObjectNode customer) {
        String clock = customer.path("test_clock").asText("");
        return clock.isEmpty() || clock.equals("null") ? ACCOUNT : clock;
    }

    void at(String clock, long when, Runnable work) {
        timeline(clock).due.add(new Due(when, ++order, work));
    }

    /** Lets time pass on one clock, doing what falls due in its order. */
    void advance(String clock, long to) {
        Timeline timeline = timeline(clock);
        while (!timeline.due.isEmpty() && timeline.due.peek().at() <= to) {
            Due next = timeline.due.remove();
            timeline.now = Math.max(timeline.now, next.at());
            next.work().run();
        }
        timeline.now = Math.max(timeline.now, to);
    }

    /** Where the account's time runs with the machine's: does what has fallen due. */
    void tick() {
        machine.ifPresent(clock -> advance(ACCOUNT, clock.instant().getEpochSecond()));
    }

    private Timeline timeline(String clock) {
        Timeline found = timelines.get(clock);
        if (found == null) throw Refusal.missing("test_helpers.test_clock", clock);
        return found;
    }
}
