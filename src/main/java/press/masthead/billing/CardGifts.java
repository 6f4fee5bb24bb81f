package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.books.Invoice;
import press.masthead.books.LedgerEntry;
import press.masthead.books.Receipt;
import press.masthead.books.Receipts;
import press.masthead.plans.Because;
import press.masthead.plans.Money;
import press.masthead.platform.web.Problem;
import press.masthead.stripe.About;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeChanges;
import press.masthead.stripe.StripeMovement;
import press.masthead.stripe.StripeReads;
import press.masthead.stripe.StripeRefused;
import press.masthead.stripe.StripeSale;
import press.masthead.stripe.StripeSales;

/**
 * Gifts that are paid for by card, on a page of Stripe's, by someone who need be no customer. As with memberships nothing is believed:
 * the page is asked about, and our rows follow, so that order, repetition and loss of what Stripe tells can't matter.
 */
public final class CardGifts {
    private static final Logger LOG = LoggerFactory.getLogger(CardGifts.class);

    /** The least that Stripe lets a page stay open for is half an hour. */
    private static final Duration PAGE_OPEN = Duration.ofHours(1);

    private static final Duration FORGOTTEN = Duration.ofDays(2);

    private final Jdbi jdbi;
    private final Clock clock;
    private final StripeRows rows;
    private final StripeGiftRows pages;
    private final StripeSales sales;
    private final StripeReads reads;
    private final StripeChanges changes;
    private final CardTaxes taxes;
    private final SaleBooks books;
    private final Receipts receipts;
    private final GiftMemberships gifts;
    private final GiftMembershipLetters letters;
    private final Supplier<String> url;

    CardGifts(
            Jdbi jdbi,
            Clock clock,
            StripeRows rows,
            StripeGiftRows pages,
            StripeSales sales,
            StripeReads reads,
            StripeChanges changes,
            CardTaxes taxes,
            SaleBooks books,
            Receipts receipts,
            GiftMemberships gifts,
            GiftMembershipLetters letters,
            Supplier<String> url) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.rows = rows;
        this.pages = pages;
        this.sales = sales;
        this.reads = reads;
        this.changes = changes;
        this.taxes = taxes;
        this.books = books;
        this.receipts = receipts;
        this.gifts = gifts;
        this.letters = letters;
        this.url = url;
    }

    /** Opens a page on which this gift is paid for. Returns its address. */
    String open(GiftMembership gift) {
        return StripePayments.told(() -> {
            CardTaxes.Terms terms = taxes.of(Invoice.Billed.NOBODY);
            Instant now = clock.instant();
            var metadata = Map.of("masthead_gift", Long.toString(gift.id()), MatchStripe.SITE, rows.site());
            StripeSales.Page page = sales.once(
                    "gift-" + rows.site() + "-" + gift.id(),
                    new StripeSales.Once(
                            gift.what(),
                            gift.giftAmount(),
                            gift.price().currency(),
                            gift.giverEmail(),
                            "gift-" + gift.id(),
                            taxes.rate(terms),
                            metadata,
                            url.get() + "/pro/gift/paid?session={CHECKOUT_SESSION_ID}",
                            url.get() + "/pro/gift/",
                            now.plus(PAGE_OPEN)));
            pages.opened(page.id(), gift.id());
            return page.url();
        });
    }

    /** Whether it is about a gift; then our rows follow. */
    boolean about(About about) {
        Optional<String> page = switch (about.kind()) {
            case PAGE -> pages.isPage(about.id()) ? Optional.of(about.id()) : Optional.empty();
            case PAYMENT -> pages.pageOf(about.id());
            case CHARGE -> reads.paymentOf(about.id()).flatMap(pages::pageOf);
            case CUSTOMER, SUBSCRIPTION, INVOICE -> Optional.empty();
        };
        page.ifPresent(this::match);
        return page.isPresent();
    }

    /** Someone comes back from the page. Returns whether the gift is paid for; nothing where the page is none of ours. */
    public Optional<Boolean> cameBack(String session) {
        if (!pages.isPage(session)) return Optional.empty();
        try {
            match(session);
        } catch (StripeAway | StripeRefused later) {
            // What Stripe tells, or the next round of the timetable, will say the same in a moment.
        }
        return Optional.of(pages.isPaid(session));
    }

    /** Asks about pages of which nothing was heard, and forgets gifts that nobody paid for; for the timetable. */
    public void sweep() {
        Instant now = clock.instant();
        for (String session : pages.openPages(now.minus(PAGE_OPEN))) quietly(session);
        gifts.forgetUnpaid(now.minus(FORGOTTEN));
    }

    private void quietly(String session) {
        try {
            match(session);
        } catch (RuntimeException trouble) {
            LOG.warn("{} could not be asked about this time: {}", session, trouble.getMessage());
        }
    }

    /** Brings our rows to what Stripe knows of one page. */
    void match(String session) {
        StripeSale sale = reads.sale(session);
        jdbi.useTransaction(handle -> {
            Optional<GiftMembership> gift = pages.giftOf(handle, session).flatMap(id -> gifts.hold(handle, id));
            gift.ifPresent(found -> write(handle, found, sale));
        });
    }

    private void write(Handle handle, GiftMembership gift, StripeSale sale) {
        boolean paid = false;
        var back = new HashSet<StripeMovement>();
        for (StripeMovement movement : sale.movements()) {
            boolean news = books.enter(handle, movement);
            if (movement.kind() == StripeMovement.Kind.CHARGE) {
                paid = true;
                if (news) paid(handle, gift, sale, movement);
            } else if (news) back.add(movement);
        }
        if (paid && sale.net() <= 0 || sale.lost()) gifts.givenBack(handle, gift.id());
        for (StripeMovement movement : back) tell(handle, gift, movement);
        boolean over = paid || sale.status().equals("expired");
        pages.saw(handle, sale.session(), sale.payment(), over);
    }

    private void paid(Handle handle, GiftMembership gift, StripeSale sale, StripeMovement charge) {
        gifts.paid(handle, gift.id(), charge.at());
        Instant until =
                charge.at().atZone(letters.zone()).plusMonths(gift.months()).toInstant();
        var bought =
                new SaleBooks.Bought(Optional.of(gift.id()), gift.what(), gift.giverEmail(), gift.giverName(), until);
        books.receipt(handle, sale, charge, bought).ifPresent(written -> letters.paidByCard(handle, gift, written));
    }

    private void tell(Handle handle, GiftMembership gift, StripeMovement movement) {
        var money = new Money(Math.abs(movement.amount()), movement.currency().toUpperCase(Locale.ROOT));
        switch (movement.kind()) {
            case REFUND -> letters.givenBack(handle, gift, money);
            case DISPUTE -> letters.disputed(handle, gift, money, movement.charge());
            case DISPUTE_WON, CHARGE -> {}
        }
    }

    /** The gift that a payment was for. */
    Optional<GiftMembership> ofCharge(String charge) {
        return receipts.ofCharge(charge)
                .flatMap(Receipt::giftId)
                .flatMap(id -> jdbi.withHandle(handle -> gifts.byId(handle, id)));
    }

    /** Gives all of a gift's payment back, while it is not delivered. */
    void refund(GiftMembership gift, LedgerEntry charge, long amount, Because because) {
        if (amount != charge.amount() || gift.deliveredAt().isPresent())
            throw Problem.stale("A gift is given back as a whole, and only before it is delivered.");
        StripePayments.told(() -> changes.refund(
                "gift-refund-" + charge.providerRef(),
                charge.providerRef(),
                Optional.empty(),
                Map.of(
                        "masthead_why",
                        because.note().substring(0, Math.min(400, because.note().length())))));
        pages.pages(gift.id()).forEach(this::quietly);
    }
}
