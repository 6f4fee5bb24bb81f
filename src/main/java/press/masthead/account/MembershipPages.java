package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import press.masthead.access.Visit;
import press.masthead.billing.ChangePlan;
import press.masthead.billing.Join;
import press.masthead.billing.Leave;
import press.masthead.billing.Pause;
import press.masthead.books.Invoice;
import press.masthead.books.InvoicePage;
import press.masthead.books.Invoices;
import press.masthead.books.Receipt;
import press.masthead.books.Receipts;
import press.masthead.books.TaxOnTop;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Offers;
import press.masthead.plans.Payment;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;

/** One's own membership: plan, price, next payment, and what can be done with it. */
public final class MembershipPages {
    private final Memberships memberships;
    private final Offers offers;
    private final Invoices invoices;
    private final Receipts receipts;
    private final Join join;
    private final ChangePlan changePlan;
    private final Pause pause;
    private final TaxOnTop taxOnTop;
    private final PublicPages pages;
    private final Clock clock;

    public MembershipPages(
            Memberships memberships,
            Offers offers,
            Invoices invoices,
            Receipts receipts,
            Join join,
            ChangePlan changePlan,
            Pause pause,
            TaxOnTop taxOnTop,
            PublicPages pages,
            Clock clock) {
        this.memberships = memberships;
        this.offers = offers;
        this.invoices = invoices;
        this.receipts = receipts;
        this.join = join;
        this.changePlan = changePlan;
        this.pause = pause;
        this.taxOnTop = taxOnTop;
        this.pages = pages;
        this.clock = clock;
    }

    /** GET /account/membership/ */
    public void membership(Context ctx) {
        Optional<Reader> visiting = Visit.of(ctx).reader();
        if (visiting.isEmpty()) {
            ctx.redirect("/signin/?next=/account/membership/", HttpStatus.SEE_OTHER);
            return;
        }
        Reader reader = visiting.get();
        var context = new HashMap<String, Object>();
        context.put("title", "Your membership");
        String notice = Flash.take(ctx);
        if (!notice.isEmpty()) context.put("notice", notice);
        memberships.find(reader.id()).ifPresent(membership -> context.put("subscription", standing(membership)));
        List<Invoice> own = invoices.of(reader.id());
        List<Receipt> paid = receipts.of(reader.id());
        if (!own.isEmpty() || !paid.isEmpty())
            context.put(
                    "invoices",
                    Stream.concat(own.stream().map(this::row), paid.stream().map(MembershipPages::row))
                            .sorted(Comparator.comparing((Map<String, Object> row) -> (Instant) row.get("at"))
                                    .reversed())
                            .toList());
        pages.show(ctx, 200, "custom-membership", context);
    }

    /** Under the names that themes know. */
    Map<String, Object> standing(Membership membership) {
        Instant now = clock.instant();
        Membership.State state = membership.state(now);
        var map = new HashMap<String, Object>();
        map.put("state", state.name().toLowerCase(Locale.ROOT));
        map.put("plan", membership.price().forThemes());
        map.put("payment", membership.payment().name().toLowerCase(Locale.ROOT));
        if (membership.payment() == Payment.STRIPE && state != Membership.State.ENDED) map.put("card", true);
        map.put(
                "can_cancel",
                Leave.can(membership, now) && membership.cancelledAt().isEmpty());
        map.put(
                "can_change",
                membership.payment().runsOn() && changePlan.whyNot(membership).isEmpty());
        map.put("can_pause", pause.whyNot(membership).isEmpty());
        map.put(
                "kept_by_reader",
                membership.payment().runsOn() && membership.cancelledAt().isPresent());
        if (membership.runsOn()) {
            next(membership, map);
            taxOnTop.of(Optional.of(membership.readerId())).ifPresent(tax -> map.put("tax", tax.forThemes()));
        }
        switch (state) {
            case TRIALING, ACTIVE -> {
                map.put("next_payment", membership.until());
                map.put("until", membership.until());
                if (membership.payment() == Payment.GIFT) map.put("state", "complimentary");
            }
            case PAUSED -> {
                map.put("paused_until", membership.pausedUntil().orElseThrow());
                map.put("until", membership.until());
            }
            case PAST_DUE, COMPLIMENTARY, CANCELLED -> map.put("until", membership.readsUntil());
            case ENDED -> join.owing(membership.readerId()).ifPresent(invoice -> map.put("unpaid", invoice.label()));
        }
        return map;
    }

    private void next(Membership membership, Map<String, Object> map) {
        var price = changePlan.next(membership);
        map.put("next_amount", offers.next(membership.id(), price));
        map.put("next_currency", price.currency());
        if (membership.nextPriceId().isPresent()) map.put("next_plan", price.forThemes());
    }

    private static Map<String, Object> row(Receipt receipt) {
        return Map.of(
                "number", receipt.label(),
                "at", receipt.paidAt(),
                "due_at", receipt.paidAt(),
                "amount", receipt.amount(),
                "currency", receipt.currency(),
                "state", "Paid by card",
                "open", false,
                "url", "/account/receipts/" + receipt.number());
    }

    Map<String, Object> row(Invoice invoice) {
        Invoice.State state = invoice.state(clock.instant());
        return Map.of(
                "number", invoice.label(),
                "at", invoice.issuedAt(),
                "due_at", invoice.dueAt(),
                "amount", invoice.amount(),
                "currency", invoice.currency(),
                "state", InvoicePage.word(state),
                "open", state == Invoice.State.OPEN || state == Invoice.State.OVERDUE,
                "url", "/account/invoices/" + invoice.number());
    }
}
