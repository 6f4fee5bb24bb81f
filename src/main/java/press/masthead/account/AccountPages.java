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
import press.masthead.readers.Readers;
import press.masthead.signin.Sessions;
import press.masthead.subscriptions.NewsletterHub;

/** What readers see and change of their own: membership, newsletters, industries, name, devices, invoices. */
public final class AccountPages {
    private static final int LONGEST_NAME = 120;
    private static final int HIGHEST_RANK = 99;

    private final Memberships memberships;
    private final Invoices invoices;
    private final MembershipPages membershipPages;
    private final NewsletterHub hub;
    private final IndustryRanks industryRanks;
    private final Readers readers;
    private final Sessions sessions;
    private final PublicPages pages;

    public AccountPages(
            Memberships memberships,
            Invoices invoices,
            MembershipPages membershipPages,
            NewsletterHub hub,
            IndustryRanks industryRanks,
            Readers readers,
            Sessions sessions,
            PublicPages pages) {
        this.memberships = memberships;
        this.invoices = invoices;
        this.membershipPages = membershipPages;
        this.hub = hub;
        this.industryRanks = industryRanks;
        this.readers = readers;
        this.sessions = sessions;
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
                "newsletters",
                hub.choices(reader.id()).stream()
                        .map(NewsletterHub.Choice::forThemes)
                        .toList());
        context.put(
                "industries",
                industryRanks.of(reader.id()).stream()
                        .map(AccountPages::industry)
                        .toList());
        memberships
                .find(reader.id())
                .ifPresent(membership -> context.put("subscription", membershipPages.standing(membership)));
        List<Invoice> owed = invoices.of(reader.id());
        if (!owed.isEmpty())
            context.put("invoices", owed.stream().map(membershipPages::row).toList());
        context.put(
                "sessions",
                sessions.of(ctx, reader.id()).stream().map(AccountPages::device).toList());
        context.putAll(more);
        pages.show(ctx, status, "custom-account", context);
    }

    private static String notice(String saved) {
        return switch (saved) {
            case "newsletters" -> "Your newsletters are saved.";
            case "industries" -> "Your industries are saved.";
            case "name" -> "Your name is saved.";
            case "sessions" -> "Signed out there.";
            case "trial", "member" -> "Welcome. You can read everything from now on.";
            case "cancelled" -> "Your membership is cancelled. You can read everything to its end.";
            case "resumed" -> "Your membership runs on.";
            default -> "";
        };
    }

    private static Map<String, Object> industry(IndustryRanks.Ranked industry) {
        var map = new HashMap<String, Object>(Map.of("name", industry.name(), "slug", industry.slug()));
        if (industry.rank() > 0) map.put("rank", industry.rank());
        return map;
    }

    private static Map<String, Object> device(Sessions.Session session) {
        return Map.of(
                "id", session.key(),
                "device", session.device(),
                "network", session.network(),
                "since", session.createdAt(),
                "seen_at", session.seenAt(),
                "current", session.current());
    }

    /** POST /account/details */
    public void details(Context ctx) {
        Reader reader = reader(ctx);
        String given = ctx.formParam("name");
        String name = given == null ? "" : given.strip().replaceAll("\\p{Cntrl}", " ");
        if (name.length() > LONGEST_NAME) {
            show(ctx, 422, reader, Map.of("name", name, "name_error", "Please use a name of at most 120 letters."));
            return;
        }
        readers.rename(reader.id(), name);
        saved(ctx, "name");
    }

    /** POST /account/industries: a number beside each that matters, nothing beside the others. */
    public void industries(Context ctx) {
        Reader reader = reader(ctx);
        var numbers = new HashMap<String, Integer>();
        var typed = new HashMap<String, String>();
        boolean wrong = false;
        for (IndustryRanks.Ranked industry : industryRanks.of(reader.id())) {
            String number = Optional.ofNullable(ctx.formParam("rank-" + industry.slug()))
                    .orElse("")
                    .strip();
            typed.put(industry.slug(), number);
            if (number.matches("[1-9]\\d?")) numbers.put(industry.slug(), Integer.parseInt(number));
            else wrong |= !number.isEmpty();
        }
        if (wrong) {
            show(ctx, 422, reader, Map.of("industries", asTyped(reader, typed), "industries_error", NUMBERS));
            return;
        }
        industryRanks.choose(reader.id(), numbers);
        saved(ctx, "industries");
    }

    private static final String NUMBERS = "Please use whole numbers from 1 to " + HIGHEST_RANK + ".";

    private List<Map<String, Object>> asTyped(Reader reader, Map<String, String> typed) {
        return industryRanks.of(reader.id()).stream()
                .map(industry -> Map.<String, Object>of(
                        "name", industry.name(),
                        "slug", industry.slug(),
                        "rank", typed.getOrDefault(industry.slug(), "")))
                .toList();
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

    static void saved(Context ctx, String what) {
        ctx.redirect("/account/?saved=" + what, HttpStatus.SEE_OTHER);
    }

    static Reader reader(Context ctx) {
        return Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
    }
}
