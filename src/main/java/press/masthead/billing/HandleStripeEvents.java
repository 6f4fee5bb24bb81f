package press.masthead.billing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.billing.StripeEvents.Due;
import press.masthead.stripe.About;

/**
 * Handles what Stripe has told us: for each customer who is named, the present state is asked for and written down. Order and
 * repetition of events can't matter, as none is believed; many about one customer are one question.
 */
public final class HandleStripeEvents implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HandleStripeEvents.class);
    private static final int BATCH = 200;
    private static final int AT_ONCE = 4;

    private final StripeEvents events;
    private final MatchStripe match;

    public HandleStripeEvents(StripeEvents events, MatchStripe match) {
        this.events = events;
        this.match = match;
    }

    @Override
    public void run() {
        List<Due> due;
        do {
            due = events.take(BATCH);
            Map<String, List<Due>> byCustomer =
                    due.stream().collect(Collectors.groupingBy(Due::about, LinkedHashMap::new, Collectors.toList()));
            try (ExecutorService hands =
                    Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
                byCustomer.forEach((about, told) -> hands.execute(() -> handle(about, told)));
            }
        } while (due.size() == BATCH);
    }

    private void handle(String about, List<Due> due) {
        try {
            if (match.about(About.read(about), due.getFirst().id()))
                events.handled(due.stream().map(Due::id).toList());
            else due.forEach(events::soon);
        } catch (RuntimeException trouble) {
            LOG.warn("What Stripe told about {} could not be handled this time: {}", about, trouble.getMessage());
            due.forEach(one -> events.failed(one, String.valueOf(trouble.getMessage())));
        }
    }
}
