package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.books.Invoice;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Money;
import press.masthead.stripe.About;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeChanges;
import press.masthead.stripe.StripeMovement;
import press.masthead.stripe.StripeReads;
import press.masthead.stripe.StripeRefused;
import press.masthead.stripe.StripeSale;
import press.masthead.stripe.StripeSales;

/**
 * What is paid for once by card and is neither a membership nor a gift, such as a seat at an event. As with those nothing is believed: the
 * page is asked about, our rows follow, and whoever sold it is told.
 */
public final class CardSales {
    private static final Logger LOG = LoggerFactory.getLogger(CardSales.class);
    private static final Duration SILENCE = Duration.ofMinutes(45);

    private final Jdbi jdbi;
    private final Clock clock;
    private final StripeRows rows;
    private final StripeSales sales;
    private final StripeReads reads;
    private final StripeChanges changes;
    private final CardTaxes taxes;
    private final SaleBooks books;
    private final SoldOnce seller;
    private final Supplier<String> url;

    CardSales(
            Jdbi jdbi,
            Clock clock,
            StripeRows rows,
            StripeSales sales,
            StripeReads reads,
            StripeChanges changes,
            CardTaxes taxes,
            SaleBooks books,
            SoldOnce seller,
            Supplier<String> url) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.rows = rows;
        this.sales = sales;
        this.reads = reads;
        this.changes = changes;
        this.taxes = taxes;
        this.books = books;
        this.seller = seller;
        this.url = url;
    }

    /**
     * What is sold.
     *
     * @param kind, reference by which the seller knows it again
     * @param backTo a path of ours, to return to, having paid or not
     * @param expires at least half an hour away, which is the least that Stripe lets a page stay open
     */
    public record Offered(
            String kind,
            long reference,
            String what,
            Money price,
            String email,
            String name,
            String backTo,
            Instant expires) {}

    private record Kept(
            String session, String kind, long reference, String what, String email, String name, String url) {
        SaleBooks.Bought bought(StripeMovement charge) {
            return new SaleBooks.Bought(Optional.empty(), what, email, name, charge.at());
        }
    }

    /** The page on which it is paid for; the one that is open already, if there is one. No transaction is held meanwhile. */
    public String open(Offered offered) {
        Optional<Kept> there = jdbi.withHandle(handle -> handle.createQuery("""
                        select session, kind, reference, what, email, name, url from stripe_sale
                        where kind = :kind and reference = :reference and settled_at is null order by opened_at desc limit 1
                        """)
                .bind("kind", offered.kind())
                .bind("reference", offered.reference())
                .mapTo(Kept.class)
                .findOne());
        return there.map(Kept::url).orElseGet(() -> StripePayments.told(() -> make(offered)));
    }

    private String make(Offered offered) {
        Instant now = clock.instant();
        StripeSales.Page page = sales.once(
                offered.kind() + "-" + rows.site() + "-" + offered.reference() + "-" + now.getEpochSecond(),
                new StripeSales.Once(
                        offered.what(),
                        offered.price().amount(),
                        offered.price().currency(),
                        offered.email(),
                        offered.kind() + "-" + offered.reference(),
                        taxes.rate(taxes.of(Invoice.Billed.NOBODY)),
                        Map.of(
                                "masthead_" + offered.kind(),
                                Long.toString(offered.reference()),
                                MatchStripe.SITE,
                                rows.site()),
                        url.get() + offered.backTo() + "?session={CHECKOUT_SESSION_ID}",
                        url.get() + offered.backTo(),
                        offered.expires()));
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into stripe_sale (session, kind, reference, what, email, name, url, opened_at)
                        values (:session, :kind, :reference, :what, :email, :name, :url, :now) on conflict do nothing
                        """)
                .bind("session", page.id())
                .bind("kind", offered.kind())
                .bind("reference", offered.reference())
                .bind("what", offered.what())
                .bind("email", offered.email())
                .bind("name", offered.name())
                .bind("url", page.url())
                .bind("now", now)
                .execute());
        return page.url();
    }

    private Optional<Kept> page(Handle handle, String session) {
        return handle.createQuery(
                        "select session, kind, reference, what, email, name, url from stripe_sale where session = :session")
                .bind("session", session)
                .mapTo(Kept.class)
                .findOne();
    }

    private boolean isPage(String session) {
        return jdbi.withHandle(handle -> page(handle, session)).isPresent();
    }

    private Optional<String> pageOf(String payment) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select session from stripe_sale where payment = :payment limit 1")
                        .bind("payment", payment)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Whether it is about something that was sold here; then our rows follow. */
    boolean about(About about) {
        Optional<String> session = switch (about.kind()) {
            case PAGE -> isPage(about.id()) ? Optional.of(about.id()) : Optional.empty();
            case PAYMENT -> pageOf(about.id());
            case CHARGE -> reads.paymentOf(about.id()).flatMap(this::pageOf);
            case CUSTOMER, SUBSCRIPTION, INVOICE -> Optional.empty();
        };
        session.ifPresent(this::match);
        return session.isPresent();
    }

    /** Someone is back from the page. That they come proves nothing, so Stripe is asked; should it be away, it is asked again later. */
    public void cameBack(String session) {
        if (!isPage(session)) return;
        try {
            match(session);
        } catch (StripeAway | StripeRefused later) {
            LOG.info("{} is asked about again later: {}", session, later.getMessage());
        }
    }

    /** Asks about pages of which nothing was heard; for the timetable. */
    void sweep() {
        List<String> silent = jdbi.withHandle(handle -> handle.createQuery(
                        "select session from stripe_sale where settled_at is null and opened_at <= :before order by opened_at limit 200")
                .bind("before", clock.instant().minus(SILENCE))
                .mapTo(String.class)
                .list());
        silent.forEach(this::quietly);
    }

    private void quietly(String session) {
        try {
            match(session);
        } catch (RuntimeException trouble) {
            LOG.warn("{} could not be asked about this time: {}", session, trouble.getMessage());
        }
    }

    /** Gives all that was paid for it back; told again, nothing more goes. No transaction is held meanwhile. */
    public void giveBack(String kind, long reference, String why) {
        List<String> sessions = jdbi.withHandle(handle -> handle.createQuery(
                        "select session from stripe_sale where kind = :kind and reference = :reference")
                .bind("kind", kind)
                .bind("reference", reference)
                .mapTo(String.class)
                .list());
        for (String session : sessions)
            StripePayments.told(() -> {
                for (StripeMovement movement : reads.sale(session).movements())
                    if (movement.kind() == StripeMovement.Kind.CHARGE)
                        changes.refund(
                                kind + "-refund-" + movement.charge(),
                                movement.charge(),
                                Optional.empty(),
                                Map.of("masthead_why", why));
                match(session);
                return session;
            });
    }

    /**
     * Gives one of several equal parts of what was paid for it back, its tax with it, and never more than is left; told again, nothing more
     * goes. Once for each thing that was sold. No transaction is held meanwhile.
     *
     * @param parts how many make the whole; what does not divide stays for the last
     */
    public void givePartBack(String kind, long reference, int parts, String why) {
        List<String> sessions = jdbi.withHandle(handle -> handle.createQuery(
                        "select session from stripe_sale where kind = :kind and reference = :reference and payment is not null order by opened_at")
                .bind("kind", kind)
                .bind("reference", reference)
                .mapTo(String.class)
                .list());
        for (String session : sessions) if (StripePayments.told(() -> partOf(kind, session, parts, why))) return;
    }

    /** Whether this page's payment is the one. */
    private boolean partOf(String kind, String session, int parts, String why) {
        StripeSale sale = reads.sale(session);
        Optional<StripeMovement> charge = sale.movements().stream()
                .filter(movement -> movement.kind() == StripeMovement.Kind.CHARGE)
                .findFirst();
        if (charge.isEmpty()) return false;
        // Stripe forgets a key after a day; what was left before says for ever whether the part has gone.
        long gone = leftBeforePart(session, sale.net()) - sale.net();
        long part = Math.min(charge.get().amount() / parts - gone, sale.net());
        if (part > 0)
            changes.refund(
                    kind + "-part-" + charge.get().charge() + "-" + part,
                    charge.get().charge(),
                    Optional.of(part),
                    Map.of("masthead_why", why));
        match(session);
        return true;
    }

    private long leftBeforePart(String session, long now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update stripe_sale set before_part = coalesce(before_part, :now) where session = :session returning before_part
                        """)
                .bind("now", now)
                .bind("session", session)
                .mapTo(Long.class)
                .one());
    }

    /**
     * Gives a part or all of one payment back, at a word of the newsroom's.
     *
     * @param back what of it went back before, minor units
     * @return whether it was a payment for something sold here; else nothing was done
     */
    boolean refund(LedgerEntry charge, long amount, long back, String why) {
        Optional<String> session = reads.paymentOf(charge.providerRef()).flatMap(this::pageOf);
        session.ifPresent(page -> StripePayments.told(() -> {
            changes.refund(
                    "refund-" + charge.providerRef() + "-" + back + "-" + amount,
                    charge.providerRef(),
                    Optional.of(amount),
                    Map.of("masthead_why", why.substring(0, Math.min(400, why.length()))));
            match(page);
            return page;
        }));
        return session.isPresent();
    }

    /** Brings our rows to what Stripe knows of one page. */
    private void match(String session) {
        StripeSale sale = reads.sale(session);
        jdbi.useTransaction(handle -> page(handle, session).ifPresent(kept -> write(handle, kept, sale)));
    }

    private void write(Handle handle, Kept kept, StripeSale sale) {
        Optional<StripeMovement> charge = Optional.empty();
        Instant last = clock.instant();
        for (StripeMovement movement : sale.movements()) {
            books.enter(handle, movement);
            if (movement.kind() == StripeMovement.Kind.CHARGE) charge = Optional.of(movement);
            last = movement.at();
        }
        boolean closed = sale.status().equals("expired");
        if (charge.isPresent() && sale.net() > 0 && !sale.lost())
            seller.settled(
                    handle,
                    kept.kind(),
                    kept.reference(),
                    new SoldOnce.State.Paid(
                            charge.get().at(), books.receipt(handle, sale, charge.get(), kept.bought(charge.get()))));
        else if (charge.isPresent())
            seller.settled(handle, kept.kind(), kept.reference(), new SoldOnce.State.GivenBack(last));
        else if (closed) seller.settled(handle, kept.kind(), kept.reference(), new SoldOnce.State.Closed());
        handle.createUpdate("""
                        update stripe_sale set payment = coalesce(nullif(:payment, ''), payment),
                               settled_at = case when :over then coalesce(settled_at, :now) end
                        where session = :session
                        """)
                .bind("session", kept.session())
                .bind("payment", sale.payment())
                .bind("over", charge.isPresent() || closed)
                .bind("now", clock.instant())
                .execute();
    }
}
