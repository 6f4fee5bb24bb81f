package press.masthead.billing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.books.Ledger;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.stripe.About;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeChanges;
import press.masthead.stripe.StripeMovement;
import press.masthead.stripe.StripeReads;
import press.masthead.stripe.StripeRefused;
import press.masthead.stripe.StripeStanding;
import press.masthead.stripe.StripeSubscription;

/**
 * Brings our rows to what Stripe knows of one customer. Asks with no transaction open, and writes the answer down only while
 * nobody has begun to ask anew; what has to be done at Stripe in turn (a second purchase ended and given back, a membership that
 * has ended here) is done after that, and then it is asked again.
 */
public final class MatchStripe {
    /** Our own marks in Stripe's metadata. */
    static final String READER = "masthead_reader";

    static final String SITE = "masthead_site";

    private static final Logger LOG = LoggerFactory.getLogger(MatchStripe.class);
    private static final int ROUNDS = 4;

    private final Jdbi jdbi;
    private final StripeRows rows;
    private final StripeReads reads;
    private final StripeChanges changes;
    private final Memberships memberships;
    private final Ledger ledger;
    private final MatchMembership matching;
    private final StripeLetters letters;
    private final CardGifts gifts;
    private final CardSales sales;

    MatchStripe(
            Jdbi jdbi,
            StripeRows rows,
            StripeReads reads,
            StripeChanges changes,
            Memberships memberships,
            Ledger ledger,
            MatchMembership matching,
            StripeLetters letters,
            CardGifts gifts,
            CardSales sales) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.reads = reads;
        this.changes = changes;
        this.memberships = memberships;
        this.ledger = ledger;
        this.matching = matching;
        this.letters = letters;
        this.gifts = gifts;
        this.sales = sales;
    }

    /** What has to happen at Stripe. */
    private record Todo(List<String> ends, List<String> givesBack) {
        boolean isNothing() {
            return ends.isEmpty() && givesBack.isEmpty();
        }
    }

    /**
     * @param event by which we were told
     * @return false when somebody else was asking at the same time; then it is to be asked again
     */
    boolean about(About about, String event) {
        if (gifts.about(about) || sales.about(about)) return true;
        Optional<String> customer = reads.customerOf(about);
        return customer.isEmpty() || run(customer.get(), because(event));
    }

    static Because because(String event) {
        return new Because("stripe", Optional.empty(), event);
    }

    /** As {@link #run}; trouble is logged and left for the next time. */
    void quietly(String customer, String why) {
        try {
            run(customer, because(why));
        } catch (RuntimeException trouble) {
            LOG.warn("{} could not be asked about this time: {}", customer, trouble.getMessage());
        }
    }

    /** Our rows follow at once; where that fails, the event that Stripe sends brings them along. */
    void follow(String customer, Because because) {
        try {
            run(customer, because);
        } catch (StripeAway | StripeRefused later) {
            quietly(customer, "asked again");
        }
    }

    /** @return as {@link #about} */
    boolean run(String customer, Because because) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<StripeRows.Asking> asking = rows.ask(customer).or(() -> adopt(customer));
            if (asking.isEmpty()) return true;
            StripeStanding standing = reads.standing(customer, () -> rows.subscriptionsOf(customer));
            long asked = asking.get().asked();
            Optional<Long> reader = asking.get().readerId();
            Optional<Todo> todo = jdbi.inTransaction(handle -> {
                reader.ifPresent(id -> memberships.hold(handle, id));
                if (!rows.isNewest(handle, customer, asked)) return Optional.empty();
                return Optional.of(write(handle, reader, standing, because));
            });
            if (todo.isEmpty()) return false;
            if (todo.get().isNothing()) return true;
            todo.get().ends().forEach(changes::end);
            for (String charge : todo.get().givesBack())
                changes.refund("twice-" + charge, charge, Optional.empty(), AskStripe.why("bought twice"));
        }
        return false;
    }

    /** A customer whom we made and then lost sight of before it was a row. */
    private Optional<StripeRows.Asking> adopt(String customer) {
        Map<String, String> metadata = reads.metadata(customer);
        String reader = metadata.getOrDefault(READER, "");
        if (!reader.matches("\\d{1,18}") || !rows.site().equals(metadata.getOrDefault(SITE, "")))
            return Optional.empty();
        rows.keep(customer, Long.parseLong(reader));
        return rows.ask(customer);
    }

    private Todo write(Handle handle, Optional<Long> reader, StripeStanding standing, Because because) {
        var todo = new Todo(new ArrayList<>(), new ArrayList<>());
        for (StripeSubscription subscription : standing.subscriptions()) {
            Optional<StripeRows.Seen> seen = rows.seen(handle, subscription.id());
            // What costs no price of ours is somebody else's business.
            if (seen.isEmpty() && (subscription.hasNotBegun() || !matching.isOurs(handle, subscription))) continue;
            Optional<Long> membership = seen.isPresent()
                    ? seen.get().membershipId()
                    : reader.flatMap(id -> matching.begin(handle, id, subscription, standing, because));
            if (membership.isEmpty())
                twice(handle, subscription, standing, todo, seen.isEmpty() ? reader : Optional.empty());
            else if (matching.match(handle, membership.get(), subscription, standing, because))
                todo.ends().add(subscription.id());
        }
        enter(handle, reader, standing, because);
        return todo;
    }

    /** Ends a second purchase and gives all of it back. */
    private void twice(
            Handle handle, StripeSubscription subscription, StripeStanding standing, Todo todo, Optional<Long> tell) {
        rows.see(handle, subscription, Optional.empty(), "", Optional.empty());
        if (subscription.isAlive()) todo.ends().add(subscription.id());
        for (StripeMovement charge : standing.movements())
            if (charge.kind() == StripeMovement.Kind.CHARGE
                    && standing.billOf(charge)
                            .filter(bill -> bill.subscription().equals(subscription.id()))
                            .isPresent()
                    && net(standing, charge) > 0) todo.givesBack().add(charge.charge());
        tell.flatMap(reader -> memberships.find(handle, reader))
                .ifPresent(membership -> letters.boughtTwice(handle, membership));
    }

    static long net(StripeStanding standing, StripeMovement charge) {
        return standing.movements().stream()
                .filter(movement -> movement.charge().equals(charge.charge()))
                .mapToLong(StripeMovement::amount)
                .sum();
    }

    /** Every movement once; those of a second purchase stand with the membership that there is. */
    private void enter(Handle handle, Optional<Long> reader, StripeStanding standing, Because because) {
        Optional<Long> otherwise =
                reader.flatMap(id -> memberships.find(handle, id)).map(Membership::id);
        for (StripeMovement movement : standing.movements()) {
            Optional<Long> membership = standing.billOf(movement)
                    .flatMap(bill -> rows.seen(handle, bill.subscription()))
                    .flatMap(StripeRows.Seen::membershipId)
                    .or(() -> otherwise);
            if (movement.kind() == StripeMovement.Kind.REFUND)
                rows.gaveBack(handle, movement.ref(), movement.charge(), -movement.amount());
            if (movement.kind() == StripeMovement.Kind.CHARGE)
                matching.receipt(handle, membership, movement, standing.billOf(movement));
            ledger.enter(
                    handle,
                    new LedgerEntry(
                            0,
                            movement.at(),
                            movement.kind().name().toLowerCase(Locale.ROOT),
                            movement.amount(),
                            movement.currency().toUpperCase(Locale.ROOT),
                            membership,
                            Optional.empty(),
                            "stripe",
                            movement.ref(),
                            because.cause()));
        }
    }
}
