package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.stripe.Notice;
import press.masthead.stripe.StripeReads;

/**
 * Goes through Stripe's own list of events and takes those that never came, so that a lost webhook is healed within the hour; and
 * asks about memberships of which nothing was heard at their date, should even the list be too old.
 */
public final class SweepStripe implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SweepStripe.class);
    private static final Duration OVERLAP = Duration.ofHours(2);
    private static final Duration KEPT_BY_STRIPE = Duration.ofDays(30);
    private static final Duration SILENCE = Duration.ofHours(3);

    private final StripeReads reads;
    private final StripeEvents events;
    private final StripeRows rows;
    private final MatchStripe match;
    private final CardCustomers customers;
    private final TellTaxes tellTaxes;
    private final CardGifts gifts;
    private final CardSales sales;
    private final Clock clock;

    SweepStripe(
            StripeReads reads,
            StripeEvents events,
            StripeRows rows,
            MatchStripe match,
            CardCustomers customers,
            TellTaxes tellTaxes,
            CardGifts gifts,
            CardSales sales,
            Clock clock) {
        this.reads = reads;
        this.events = events;
        this.rows = rows;
        this.match = match;
        this.customers = customers;
        this.tellTaxes = tellTaxes;
        this.gifts = gifts;
        this.sales = sales;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        Instant since = events.swept().map(last -> last.minus(OVERLAP)).orElse(now.minus(KEPT_BY_STRIPE));
        int found = replay(since.isBefore(now.minus(KEPT_BY_STRIPE)) ? now.minus(KEPT_BY_STRIPE) : since);
        if (found > 0) LOG.info("{} events that Stripe had not delivered were taken from its list", found);
        events.sweptTo(now);
        for (String customer : rows.silent(now.minus(SILENCE))) match.quietly(customer, "silent");
        gifts.sweep();
        sales.sweep();
    }

    /** Ends at Stripe what we have ended, deletes whom we have deleted, and tells a tax that changed; for the timetable. */
    public void endLeftAlive() {
        for (String customer : rows.leftAlive()) match.quietly(customer, "ended here");
        customers.forget();
        tellTaxes.run();
    }

    /**
     * Takes every event since then that is missing here.
     *
     * @return how many were
     */
    public int replay(Instant since) {
        var page = new ArrayList<Notice>();
        int[] found = {0};
        reads.events(since, notice -> {
            // What an endpoint would not be sent is not missing.
            if (StripeEvents.isHeard(notice)) page.add(notice);
            if (page.size() == 500) found[0] += keep(page);
        });
        return found[0] + keep(page);
    }

    private int keep(List<Notice> page) {
        var known = events.known(page.stream().map(Notice::id).toList());
        int kept = 0;
        for (Notice notice : page) if (!known.contains(notice.id()) && events.keep(notice)) kept++;
        page.clear();
        return kept;
    }

    /** Has one that is known handled as if it had just come. */
    public void again(String id) {
        events.again(id);
    }

    /** Has one event handled, also where it was before. Empty when Stripe knows no such event. */
    public Optional<Notice> replay(String id) {
        Optional<Notice> notice = reads.event(id);
        notice.ifPresent(found -> {
            if (!events.keep(found)) events.again(found.id());
        });
        return notice;
    }
}
