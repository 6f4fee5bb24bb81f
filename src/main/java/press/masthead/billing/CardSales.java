package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Money;
import press.masthead.stripe.About;
import press.masthead.stripe.StripeChanges;
import press.masthead.stripe.StripeMovement;
import press.masthead.stripe.StripeReads;
import press.masthead.stripe.StripeSale;
import press.masthead.stripe.StripeSales;

/**
 * What is paid for once by card and is neither a membership nor a gift, such as a seat at an event. As with those nothing is believed: the
 * page is asked about, our rows follow, and whoever sold it is told.
 */
public final class CardSales {
    private static final Duration SILENCE = Duration.ofMinutes(45);

    private final Jdbi jdbi;
    private final Clock clock;
    private final StripeRows rows;
    private final StripeSaleRows pages;
    private final HostedPages hosted;
    private final StripeReads reads;
    private final StripeChanges changes;
    private final SaleBooks books;
    private final SoldOnce seller;

    CardSales(
            Jdbi jdbi,
            Clock clock,
            StripeRows rows,
            StripeSaleRows pages,
            HostedPages hosted,
            StripeReads reads,
            StripeChanges changes,
            SaleBooks books,
            SoldOnce seller) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.rows = rows;
        this.pages = pages;
        this.hosted = hosted;
        this.reads = reads;
        this.changes = changes;
        this.books = books;
        this.seller = seller;
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

    /** The page on which it is paid for; the one that is open already, if there is one. No transaction is held meanwhile. */
    public String open(Offered offered) {
        return pages.open(offered.kind(), offered.reference())
                .map(StripeSaleRows.Page::url)
                .orElseGet(() -> AskStripe.told(() -> make(offered)));
    }

    private String make(Offered offered) {
        StripeSales.Page page = hosted.open(
                offered.kind() + "-" + rows.site() + "-" + offered.reference() + "-"
                        + clock.instant().getEpochSecond(),
                new HostedPages.Offered(
                        offered.kind(),
                        offered.reference(),
                        offered.what(),
                        offered.price(),
                        offered.email(),
                        offered.backTo(),
                        offered.backTo(),
                        offered.expires()));
        pages.opened(new StripeSaleRows.Page(
                page.id(),
                offered.kind(),
                offered.reference(),
                offered.what(),
                offered.email(),
                offered.name(),
                page.url()));
        return page.url();
    }

    /** Whether it is about something that was sold here; then our rows follow. */
    boolean about(About about) {
        Optional<String> session = hosted.among(pages, about);
        session.ifPresent(this::match);
        return session.isPresent();
    }

    /** Someone is back from the page. */
    public void cameBack(String session) {
        if (pages.isPage(session)) hosted.cameBack(session, this::match);
    }

    /** Asks about pages of which nothing was heard; for the timetable. */
    void sweep() {
        for (String session : pages.openPages(clock.instant().minus(SILENCE))) hosted.quietly(session, this::match);
    }

    /** Gives all that was paid for it back; told again, nothing more goes. No transaction is held meanwhile. */
    public void giveBack(String kind, long reference, String why) {
        for (String session : pages.pages(kind, reference))
            AskStripe.tell(() -> {
                for (StripeMovement movement : reads.sale(session).movements())
                    if (movement.kind() == StripeMovement.Kind.CHARGE)
                        changes.refund(
                                kind + "-refund-" + movement.charge(),
                                movement.charge(),
                                Optional.empty(),
                                AskStripe.why(why));
                match(session);
            });
    }

    /**
     * Gives one of several equal parts of what was paid for it back, its tax with it, and never more than is left; told again, nothing more
     * goes. Once for each thing that was sold. No transaction is held meanwhile.
     *
     * @param parts how many make the whole; what does not divide stays for the last
     */
    public void givePartBack(String kind, long reference, int parts, String why) {
        for (String session : pages.paidPages(kind, reference))
            if (AskStripe.told(() -> partOf(kind, session, parts, why))) return;
    }

    /** Whether this page's payment is the one. */
    private boolean partOf(String kind, String session, int parts, String why) {
        StripeSale sale = reads.sale(session);
        Optional<StripeMovement> charge = sale.movements().stream()
                .filter(movement -> movement.kind() == StripeMovement.Kind.CHARGE)
                .findFirst();
        if (charge.isEmpty()) return false;
        // Stripe forgets a key after a day; what was left before says for ever whether the part has gone.
        long gone = pages.leftBeforePart(session, sale.net()) - sale.net();
        long part = Math.min(charge.get().amount() / parts - gone, sale.net());
        if (part > 0)
            changes.refund(
                    kind + "-part-" + charge.get().charge() + "-" + part,
                    charge.get().charge(),
                    Optional.of(part),
                    AskStripe.why(why));
        match(session);
        return true;
    }

    /**
     * Gives a part or all of one payment back, at a word of the newsroom's.
     *
     * @param back what of it went back before, minor units
     * @return whether it was a payment for something sold here; else nothing was done
     */
    boolean refund(LedgerEntry charge, long amount, long back, String why) {
        Optional<String> session = hosted.ofCharge(pages, charge.providerRef());
        session.ifPresent(page -> AskStripe.tell(() -> {
            changes.refund(
                    "refund-" + charge.providerRef() + "-" + back + "-" + amount,
                    charge.providerRef(),
                    Optional.of(amount),
                    AskStripe.why(why));
            match(page);
        }));
        return session.isPresent();
    }

    /** Brings our rows to what Stripe knows of one page. */
    private void match(String session) {
        StripeSale sale = reads.sale(session);
        jdbi.useTransaction(handle -> pages.page(handle, session).ifPresent(page -> write(handle, page, sale)));
    }

    private void write(Handle handle, StripeSaleRows.Page page, StripeSale sale) {
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
                    page.kind(),
                    page.reference(),
                    new SoldOnce.State.Paid(
                            charge.get().at(), books.receipt(handle, sale, charge.get(), page.bought(charge.get()))));
        else if (charge.isPresent())
            seller.settled(handle, page.kind(), page.reference(), new SoldOnce.State.GivenBack(last));
        else if (closed) seller.settled(handle, page.kind(), page.reference(), new SoldOnce.State.Closed());
        pages.saw(handle, page.session(), sale.payment(), charge.isPresent() || closed);
    }
}
