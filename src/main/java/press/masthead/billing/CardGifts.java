package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.LedgerEntry;
import press.masthead.books.Receipt;
import press.masthead.books.Receipts;
import press.masthead.plans.Because;
import press.masthead.plans.Money;
import press.masthead.platform.web.Problem;
import press.masthead.stripe.About;
import press.masthead.stripe.StripeChanges;
import press.masthead.stripe.StripeMovement;
import press.masthead.stripe.StripeReads;
import press.masthead.stripe.StripeSale;
import press.masthead.stripe.StripeSales;

/**
 * Gifts that are paid for by card, on a page of Stripe's, by someone who need be no customer. As with memberships nothing is believed:
 * the page is asked about, and our rows follow, so that order, repetition and loss of what Stripe tells can't matter.
 */
public final class CardGifts {
    /** The least that Stripe lets a page stay open for is half an hour. */
    private static final Duration PAGE_OPEN = Duration.ofHours(1);

    private static final Duration FORGOTTEN = Duration.ofDays(2);

    private final Jdbi jdbi;
    private final Clock clock;
    private final StripeRows rows;
    private final StripeGiftRows pages;
    private final HostedPages hosted;
    private final StripeReads reads;
    private final StripeChanges changes;
    private final SaleBooks books;
    private final Receipts receipts;
    private final GiftMemberships gifts;
    private final GiftMembershipLetters letters;

    CardGifts(
            Jdbi jdbi,
            Clock clock,
            StripeRows rows,
            StripeGiftRows pages,
            HostedPages hosted,
            StripeReads reads,
            StripeChanges changes,
            SaleBooks books,
            Receipts receipts,
            GiftMemberships gifts,
            GiftMembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.rows = rows;
        this.pages = pages;
        this.hosted = hosted;
        this.reads = reads;
        this.changes = changes;
        this.books = books;
        this.receipts = receipts;
        this.gifts = gifts;
        this.letters = letters;
    }

    /** Opens a page on which this gift is paid for. Returns its address. */
    String open(GiftMembership gift) {
        return AskStripe.told(() -> {
            StripeSales.Page page = hosted.open(
                    "gift-" + rows.site() + "-" + gift.id(),
                    new HostedPages.Offered(
                            "gift",
                            gift.id(),
                            gift.what(),
                            new Money(gift.giftAmount(), gift.price().currency()),
                            gift.giverEmail(),
                            "/pro/gift/paid",
                            "/pro/gift/",
                            clock.instant().plus(PAGE_OPEN)));
            pages.opened(page.id(), gift.id());
            return page.url();
        });
    }

    /** Whether it is about a gift; then our rows follow. */
    boolean about(About about) {
        Optional<String> page = hosted.among(pages, about);
        page.ifPresent(this::match);
        return page.isPresent();
    }

    /** Someone comes back from the page. Returns whether the gift is paid for; nothing where the page is none of ours. */
    public Optional<Boolean> cameBack(String session) {
        if (!pages.isPage(session)) return Optional.empty();
        hosted.cameBack(session, this::match);
        return Optional.of(pages.isPaid(session));
    }

    /** Asks about pages of which nothing was heard, and forgets gifts that nobody paid for; for the timetable. */
    public void sweep() {
        Instant now = clock.instant();
        for (String session : pages.openPages(now.minus(PAGE_OPEN))) hosted.quietly(session, this::match);
        gifts.forgetUnpaid(now.minus(FORGOTTEN));
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
        AskStripe.told(() -> changes.refund(
                "gift-refund-" + charge.providerRef(),
                charge.providerRef(),
                Optional.empty(),
                AskStripe.why(because.note())));
        pages.pages(gift.id()).forEach(session -> hosted.quietly(session, this::match));
    }
}
