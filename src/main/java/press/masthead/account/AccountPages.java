package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import press.masthead.access.Visit;
import press.masthead.billing.Invoice;
import press.masthead.billing.Invoices;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;
import press.masthead.signin.Sessions;
import press.masthead.subscriptions.NewsletterHub;

/** What readers see and change of their own: membership, newsletters, name, devices, invoices. */
public final class AccountPages {
    private static final int LONGEST_NAME = 120;

    private final Memberships memberships;
    private final Invoices invoices;
    private final NewsletterHub hub;
    private final Readers readers;
    private final Sessions sessions;
    private final PublicPages pages;
    private final Supplier<Letterhead> letterhead;
    private final Clock clock;

    public AccountPages(
            Memberships memberships,
            Invoices invoices,
            NewsletterHub hub,
            Readers readers,
            Sessions sessions,
            PublicPages pages,
            Supplier<Letterhead> letterhead,
            Clock clock) {
        this.memberships = memberships;
        this.invoices = invoices;
        this.hub = hub;
        this.readers = readers;
        this.sessions = sessions;
        this.pages = pages;
        this.letterhead = letterhead;
        this.clock = clock;
    }

    /** GET /account/ */
    public void account(Context ctx) {
        Optional<Reader> visiting = Visit.of(ctx).reader();
        if (visiting.isEmpty()) {
            ctx.redirect("/signin/?next=/account/", HttpStatus.SEE_OTHER);
            return;
        }
        Reader reader = visiting.get();
        var context = new HashMap<String, Object>();
        context.put("title", "Your account");
        context.put("email", reader.email());
        if (!reader.name().isEmpty()) context.put("name", reader.name());
        String notice = notice(ctx.queryParam("saved") instanceof String saved ? saved : "");
        if (!notice.isEmpty()) context.put("notice", notice);
        context.put(
                "newsletters",
                hub.choices(reader.id()).stream()
                        .map(NewsletterHub.Choice::forThemes)
                        .toList());
        memberships.find(reader.id()).ifPresent(membership -> context.put("subscription", subscription(membership)));
        List<Invoice> owed = invoices.of(reader.id());
        if (!owed.isEmpty())
            context.put("invoices", owed.stream().map(this::row).toList());
        context.put(
                "sessions",
                sessions.of(ctx, reader.id()).stream().map(AccountPages::device).toList());
        pages.show(ctx, 200, "custom-account", context);
    }

    private static String notice(String saved) {
        return switch (saved) {
            case "newsletters" -> "Your newsletters are saved.";
            case "name" -> "Your name is saved.";
            case "sessions" -> "Signed out there.";
            case "trial" -> "Welcome. You can read everything from now on.";
            case "cancelled" -> "Your membership is cancelled. You can read everything to its end.";
            case "resumed" -> "Your membership runs on.";
            default -> "";
        };
    }

    private Map<String, Object> subscription(Membership membership) {
        Membership.State state = membership.state(clock.instant());
        boolean runsOn = state != Membership.State.CANCELLED && state != Membership.State.ENDED;
        var map = new HashMap<String, Object>();
        map.put("state", state.name().toLowerCase(Locale.ROOT));
        map.put("plan", membership.plan().forThemes());
        map.put("can_cancel", runsOn);
        if (runsOn) map.put("next_payment", membership.until());
        if (!runsOn || state == Membership.State.TRIALING) map.put("until", membership.until());
        return map;
    }

    private Map<String, Object> row(Invoice invoice) {
        return Map.of(
                "number", invoice.label(),
                "at", invoice.issuedAt(),
                "amount", invoice.amount(),
                "currency", invoice.currency(),
                "state", invoice.state(clock.instant()),
                "url", "/account/invoices/" + invoice.number());
    }

    private static Map<String, Object> device(Sessions.Session session) {
        return Map.of(
                "id", session.key(),
                "device", session.device(),
                "seen_at", session.seenAt(),
                "current", session.current());
    }

    /** GET /account/invoices/{number} */
    public void invoice(Context ctx) {
        String number = ctx.pathParam("number");
        Invoice invoice = (number.matches("[1-9]\\d{0,17}")
                        ? invoices.find(reader(ctx).id(), Long.parseLong(number))
                        : Optional.<Invoice>empty())
                .orElseThrow(() -> Problem.notFound("You have no invoice with this number."));
        Letterhead from = letterhead.get();
        String text = "%s, %s to %s: %s. Issued on %s, due on %s. %s."
                .formatted(
                        invoice.what(),
                        from.day(invoice.periodFrom()),
                        from.day(invoice.periodUntil()),
                        invoice.price(),
                        from.day(invoice.issuedAt()),
                        from.day(invoice.dueAt()),
                        invoice.state(clock.instant()));
        message(ctx, "Invoice " + invoice.label(), text, List.of(Map.of("label", "Your account", "url", "/account/")));
    }

    /** POST /account/details */
    public void details(Context ctx) {
        String given = ctx.formParam("name");
        String name = given == null ? "" : given.strip().replaceAll("\\p{Cntrl}", " ");
        if (name.length() > LONGEST_NAME) throw Problem.invalid("Please use a name of at most 120 letters.");
        readers.rename(reader(ctx).id(), name);
        saved(ctx, "name");
    }

    /** POST /account/sessions/end: one device, or every other one. */
    public void endSessions(Context ctx) {
        long reader = reader(ctx).id();
        if ("yes".equals(ctx.formParam("others")))
            sessions.of(ctx, reader).stream()
                    .filter(session -> !session.current())
                    .forEach(session -> sessions.revoke(reader, session.key()));
        else if (ctx.formParam("id") instanceof String id) sessions.revoke(reader, id);
        saved(ctx, "sessions");
    }

    /** POST /account/cancel: asks once more, then cancels; what is paid or free is read to its end. */
    public void cancel(Context ctx) {
        Reader reader = reader(ctx);
        Instant now = clock.instant();
        Membership membership = memberships
                .find(reader.id())
                .filter(found -> found.state(now) != Membership.State.ENDED)
                .orElseThrow(() -> Problem.stale("There is no membership to cancel."));
        if ("yes".equals(ctx.formParam("sure"))) {
            memberships.cancel(reader.id());
            saved(ctx, "cancelled");
        } else
            message(
                    ctx,
                    "Cancel your membership?",
                    "You can read everything until " + letterhead.get().moment(membership.until())
                            + ". After that nothing more is charged.",
                    List.of(
                            Map.of(
                                    "label",
                                    "Yes, cancel it",
                                    "action",
                                    "/account/cancel",
                                    "fields",
                                    List.of(Map.of("name", "sure", "value", "yes"))),
                            Map.of("label", "No, keep it", "url", "/account/")));
    }

    /** POST /account/resume */
    public void resume(Context ctx) {
        if (!memberships.resume(reader(ctx).id()))
            throw Problem.stale("There is no cancelled membership that still runs.");
        saved(ctx, "resumed");
    }

    private void message(Context ctx, String title, String text, List<Map<String, Object>> actions) {
        pages.show(ctx, 200, "custom-message", Map.of("title", title, "text", text, "actions", actions));
    }

    private static void saved(Context ctx, String what) {
        ctx.redirect("/account/?saved=" + what, HttpStatus.SEE_OTHER);
    }

    private static Reader reader(Context ctx) {
        return Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
    }
}
