package press.masthead.account;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import press.masthead.billing.Leave;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** Cancelling, taking it back, and one's own invoices. */
public final class MembershipPages {
    private final Memberships memberships;
    private final Invoices invoices;
    private final Leave leave;
    private final Publication publication;
    private final PublicPages pages;
    private final Supplier<Letterhead> letterhead;
    private final Clock clock;

    public MembershipPages(
            Memberships memberships,
            Invoices invoices,
            Leave leave,
            Publication publication,
            PublicPages pages,
            Supplier<Letterhead> letterhead,
            Clock clock) {
        this.memberships = memberships;
        this.invoices = invoices;
        this.leave = leave;
        this.publication = publication;
        this.pages = pages;
        this.letterhead = letterhead;
        this.clock = clock;
    }

    /** In a reader's words. */
    static String word(Invoice.State state) {
        return switch (state) {
            case OPEN -> "Open";
            case OVERDUE -> "Overdue";
            case PAID -> "Paid";
            case VOID -> "Nothing owed";
        };
    }

    /** GET /account/invoices/{number} */
    public void invoice(Context ctx) {
        String number = ctx.pathParam("number");
        Invoice invoice = (number.matches("[1-9]\\d{0,17}")
                        ? invoices.find(AccountPages.reader(ctx).id(), Long.parseLong(number))
                        : Optional.<Invoice>empty())
                .orElseThrow(() -> Problem.notFound("You have no invoice with this number."));
        Invoice.State state = invoice.state(clock.instant());
        var context = new HashMap<String, Object>();
        context.put("title", "Invoice " + invoice.label());
        context.put("number", invoice.label());
        context.put("state", word(state));
        context.put("open", state == Invoice.State.OPEN || state == Invoice.State.OVERDUE);
        context.put("overdue", state == Invoice.State.OVERDUE);
        context.put("issued_at", invoice.issuedAt());
        context.put("due_at", invoice.dueAt());
        invoice.paidAt().ifPresent(paid -> context.put("paid_at", paid));
        context.put("email", invoice.email());
        if (!invoice.name().isEmpty()) context.put("name", invoice.name());
        context.put("what", publication.settings().name() + " " + invoice.what());
        context.put("from", invoice.periodFrom());
        context.put("until", invoice.periodUntil());
        context.put("amount", invoice.amount());
        context.put("currency", invoice.currency());
        String paying = publication.settings().paying();
        if (!paying.isEmpty()) context.put("paying", paying);
        pages.show(ctx, 200, "custom-invoice", context);
    }

    /** POST /account/cancel: asks once more, then cancels; what is paid or free is read to its end. */
    public void cancel(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        if ("yes".equals(ctx.formParam("sure"))) {
            if (!leave.cancel(reader)) throw nothingToCancel();
            AccountPages.saved(ctx, "cancelled");
            return;
        }
        Instant now = clock.instant();
        Membership membership = memberships
                .find(reader.id())
                .filter(found -> Leave.can(found, now))
                .orElseThrow(MembershipPages::nothingToCancel);
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title",
                        "Cancel your membership?",
                        "text",
                        ahead(membership),
                        "actions",
                        List.of(
                                Map.of(
                                        "label",
                                        "Yes, cancel it",
                                        "action",
                                        "/account/cancel",
                                        "fields",
                                        List.of(Map.of("name", "sure", "value", "yes"))),
                                Map.of("label", "No, keep it", "url", "/account/"))));
    }

    private String ahead(Membership membership) {
        Letterhead from = letterhead.get();
        return membership
                .unpaidDue()
                .map(due -> "Your last invoice is still open. If you pay it, you can read everything until "
                        + from.day(membership.until()) + "; if not, your membership ends "
                        + (due.isAfter(clock.instant()) ? "on " + from.day(due) : "today") + " and nothing is owed.")
                .orElseGet(() -> "You can read everything until " + from.moment(membership.until())
                        + ". After that nothing more is charged.");
    }

    private static Problem nothingToCancel() {
        return Problem.stale("There is no membership to cancel.");
    }

    /** POST /account/resume */
    public void resume(Context ctx) {
        if (!leave.resume(AccountPages.reader(ctx)))
            throw Problem.stale("There is no cancelled membership that still runs.");
        AccountPages.saved(ctx, "resumed");
    }
}
