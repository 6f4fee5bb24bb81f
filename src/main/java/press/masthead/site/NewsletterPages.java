package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.editions.PastEditions;
import press.masthead.editions.PastEditions.Past;
import press.masthead.editions.PastEditions.Reading;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.subscriptions.NewsletterHub;

/** A newsletter's own page with its latest letter as a sample, and each letter that was sent as a page. */
public final class NewsletterPages {
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final int LISTED = 30;
    private static final int BESIDE = 5;
    private static final int WRITERS = 3;

    private final Site site;
    private final Newsletters newsletters;
    private final PastEditions editions;
    private final NewsletterHub hub;
    private final PageCache cache;

    public NewsletterPages(
            Site site, Newsletters newsletters, PastEditions editions, NewsletterHub hub, PageCache cache) {
        this.site = site;
        this.newsletters = newsletters;
        this.editions = editions;
        this.hub = hub;
        this.cache = cache;
    }

    /** GET /newsletters/{slug}/?before=: what it is, the latest letter as everyone got it, and those before it. */
    public void newsletter(Context ctx) {
        cache.begin(ctx);
        Optional<Newsletter> found = newsletters.bySlug(ctx.pathParam("slug"));
        if (found.isEmpty()) {
            elsewhere(ctx, "");
            return;
        }
        Newsletter newsletter = found.get();
        Optional<LocalDate> before = day(ctx.queryParam("before"));
        List<Past> past = editions.before(newsletter.id(), before.orElse(LAST), LISTED + 1);
        var context = new HashMap<String, Object>(Map.of("newsletter", shape(ctx, newsletter)));
        if (before.isEmpty() && !past.isEmpty())
            editions.open(newsletter, past.getFirst().day(), true)
                    .ifPresent(latest -> context.put("edition", shape(newsletter, latest)));
        List<Past> listed = past.subList(before.isEmpty() && !past.isEmpty() ? 1 : 0, Math.min(past.size(), LISTED));
        context.put(
                "editions", listed.stream().map(one -> shape(newsletter, one)).toList());
        if (past.size() > LISTED)
            context.put("older", ctx.path() + "?before=" + listed.getLast().day());
        var head = site.head(ctx, newsletter.name(), newsletter.description());
        site.publish(ctx, "custom-newsletter", context, List.of("page"), before.isEmpty() ? head : head.notIndexed());
    }

    /** GET /newsletters/{slug}/{day}/: a letter that was sent, with nothing in it that was for one person. */
    public void edition(Context ctx) {
        cache.begin(ctx);
        Optional<Newsletter> found = newsletters.bySlug(ctx.pathParam("slug"));
        if (found.isEmpty()) {
            elsewhere(ctx, ctx.pathParam("day") + "/");
            return;
        }
        Newsletter newsletter = found.get();
        Reading reading = day(ctx.pathParam("day"))
                .flatMap(day -> read(Visit.of(ctx), newsletter, day))
                .orElseThrow(() -> Problem.notFound("There is no letter at this address."));
        var context = new HashMap<String, Object>(Map.of("newsletter", shape(ctx, newsletter)));
        context.put("edition", shape(newsletter, reading));
        context.put(
                "editions",
                editions.before(newsletter.id(), reading.day(), BESIDE).stream()
                        .map(one -> shape(newsletter, one))
                        .toList());
        var head = site.head(ctx, reading.subject() + " · " + newsletter.name(), reading.summary());
        boolean open = reading.sent() && !newsletter.isForMembers();
        site.publish(ctx, "custom-edition", context, List.of("page"), open ? head : head.notIndexed());
    }

    private Optional<Reading> read(Visit visit, Newsletter newsletter, LocalDate day) {
        return switch (Paywall.ask(visit.standing(), Audience.MEMBER)) {
            case Answer.Open pass ->
                visit.reader().filter(Reader::isStaff).isPresent()
                        ? editions.wholeOrDraft(newsletter, day, pass)
                        : editions.whole(newsletter, day, pass);
            case Answer.SignIn() -> editions.open(newsletter, day, false);
            case Answer.Upgrade() -> editions.open(newsletter, day, false);
            case Answer.Closed() -> editions.open(newsletter, day, false);
        };
    }

    /** A newsletter whose address was changed is found at its new one, and so are its letters. */
    private void elsewhere(Context ctx, String rest) {
        String now = newsletters
                .movedTo(ctx.pathParam("slug"))
                .orElseThrow(() -> Problem.notFound("There is no newsletter at this address."));
        ctx.redirect("/newsletters/" + now + "/" + rest, HttpStatus.MOVED_PERMANENTLY);
    }

    private Map<String, Object> shape(Context ctx, Newsletter newsletter) {
        var map = new HashMap<>(Shapes.newsletter(newsletter));
        map.put("cadence", newsletter.cadence().forReaders());
        map.put("active", newsletter.active());
        if (!newsletter.senderName().equals(newsletter.name())) map.put("sender", newsletter.senderName());
        map.put(
                "authors",
                editions.writers(newsletter.id(), WRITERS).stream()
                        .map(writer -> Map.of("name", writer.name(), "url", "/author/" + writer.slug() + "/"))
                        .toList());
        map.putAll(standing(ctx, hub, newsletter.slug()));
        return map;
    }

    /** How whoever asks stands to a newsletter: whether they get it, or can't because it is for members. */
    static Map<String, Object> standing(Context ctx, NewsletterHub hub, String slug) {
        Visit visit = Visit.of(ctx);
        boolean member = Paywall.ask(visit.standing(), Audience.MEMBER) instanceof Answer.Open;
        var map = new HashMap<String, Object>();
        hub.choices(visit.reader().map(Reader::id).orElse(0L)).stream()
                .filter(choice -> choice.slug().equals(slug))
                .findFirst()
                .ifPresent(choice -> {
                    if (visit.reader().isPresent()) map.put("chosen", choice.chosen());
                    if (choice.isClosedTo(member)) map.put("closed", true);
                });
        return map;
    }

    private Map<String, Object> shape(Newsletter newsletter, Reading reading) {
        var map = new HashMap<>(shape(newsletter, new Past(reading.day(), reading.subject())));
        map.put("titled", reading.titled());
        map.put("html", reading.html());
        map.put("withheld", reading.withheld());
        map.put("sent", reading.sent());
        return map;
    }

    /** Themes tell times on the site's clock; a letter's day is that day wherever it is read. */
    private Map<String, Object> shape(Newsletter newsletter, Past past) {
        return Map.of(
                "subject", past.subject(),
                "direction", past.direction(),
                "day", past.day().atStartOfDay(site.settings().zone()).toInstant(),
                "url", "/newsletters/" + newsletter.slug() + "/" + past.day() + "/");
    }

    private static Optional<LocalDate> day(@Nullable String text) {
        if (text == null || !text.matches("[12]\\d{3}-\\d\\d-\\d\\d")) return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
