package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
import press.masthead.industries.IndustryRanks;
import press.masthead.plans.Memberships;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;
import press.masthead.signin.Passkeys;
import press.masthead.signin.Sessions;
import press.masthead.subscriptions.NewsletterHub;

/** The front of a reader's account: the membership, and the way to each part. */
public final class AccountPages {
    private final Memberships memberships;
    private final Invoices invoices;
    private final MembershipPages membershipPages;
    private final NewsletterHub hub;
    private final IndustryRanks industryRanks;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final PublicPages pages;

    public AccountPages(
            Memberships memberships,
            Invoices invoices,
            MembershipPages membershipPages,
            NewsletterHub hub,
            IndustryRanks industryRanks,
            Sessions sessions,
            Passkeys passkeys,
            PublicPages pages) {
        this.memberships = memberships;
        this.invoices = invoices;
        this.membershipPages = membershipPages;
        this.hub = hub;
        this.industryRanks = industryRanks;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.pages = pages;
    }

    /** GET /account/ */
    public void account(Context ctx) {
        Optional<Reader> visiting = Visit.of(ctx).reader();
        if (visiting.isPresent()) show(ctx, 200, visiting.get(), Map.of());
        else ctx.redirect("/signin/?next=/account/", HttpStatus.SEE_OTHER);
    }

    private void show(Context ctx, int status, Reader reader, Map<String, Object> more) {
        var context = new HashMap<String, Object>();
        context.put("title", "Your account");
        context.put("email", reader.email());
        if (!reader.name().isEmpty()) context.put("name", reader.name());
        String notice = notice(ctx.queryParam("saved") instanceof String saved ? saved : "");
        if (!notice.isEmpty()) context.put("notice", notice);
        context.put(
                "letters",
                hub.choices(reader.id()).stream()
                        .filter(choice -> choice.chosen())
                        .count());
        context.put(
                "ranked",
                industryRanks.of(reader.id()).stream()
                        .filter(industry -> industry.rank() > 0)
                        .count());
        context.put("devices", sessions.of(ctx, reader.id()).size());
        memberships
                .find(reader.id())
                .ifPresent(membership -> context.put("subscription", membershipPages.standing(membership)));
        List<Invoice> owed = invoices.of(reader.id());
        if (!owed.isEmpty())
            context.put("invoices", owed.stream().map(membershipPages::row).toList());
        context.put("offer_passkey", passkeys.isOffered(reader.id()));
        context.putAll(more);
        pages.show(ctx, status, "custom-account", context);
    }

    private static String notice(String saved) {
        return switch (saved) {
            case "trial", "member" -> "Welcome. You can read everything from now on.";
            case "cancelled" -> "Your membership is cancelled. You can read everything to its end.";
            case "resumed" -> "Your membership runs on.";
            default -> "";
        };
    }

    static void saved(Context ctx, String what) {
        ctx.redirect("/account/?saved=" + what, HttpStatus.SEE_OTHER);
    }

    static Reader reader(Context ctx) {
        return Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
    }
}
