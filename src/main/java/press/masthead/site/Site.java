package press.masthead.site;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.PublicPages;
import press.masthead.publication.Publication;
import press.masthead.publication.Settings;
import press.masthead.themes.Head;
import press.masthead.themes.Theme;

/** The public face: fills the theme's templates with what is the same on every page, and keeps finished pages. */
public final class Site implements PublicPages {
    private final Theme theme;
    private final Publication publication;
    private final Newsletters newsletters;
    private final Frame frame;
    private final PageCache cache;
    private final Supplier<String> url;
    private final Clock clock;
    private final Map<String, Optional<Map<String, Object>>> newsletterFor = new ConcurrentHashMap<>();

    /** @param url the address that readers see, known once the server listens */
    public Site(
            Theme theme,
            Publication publication,
            Newsletters newsletters,
            Frame frame,
            PageCache cache,
            Supplier<String> url,
            Clock clock) {
        this.theme = theme;
        this.publication = publication;
        this.newsletters = newsletters;
        this.frame = frame;
        this.cache = cache;
        this.url = url;
        this.clock = clock;
    }

    Theme theme() {
        return theme;
    }

    Settings settings() {
        return publication.settings();
    }

    String url() {
        return url.get();
    }

    /** Forgets what the pages share; called when settings, topics or newsletters have changed. */
    public void forget() {
        frame.forget();
        newsletterFor.clear();
    }

    /** The newsletter that a story under this topic offers. */
    Optional<Map<String, Object>> newsletterFor(String topic) {
        return newsletterFor.computeIfAbsent(
                topic, slug -> newsletters.forTopic(slug).map(Shapes::newsletter));
    }

    /** A page of the person's own, or one that depends on more than its address: never kept. */
    @Override
    public void show(Context ctx, int status, String template, Map<String, Object> context) {
        ctx.header("Cache-Control", "private, no-store");
        byte[] page = render(
                ctx,
                template,
                context,
                List.of("page"),
                head(ctx, title(template, context)).notIndexed());
        ctx.status(status).contentType("text/html; charset=utf-8").result(page);
    }

    /** A page that is the same for everyone without a session: kept until something is published. */
    void publish(Context ctx, String template, Map<String, Object> context, List<String> place, Head head) {
        publish(ctx, template, context, place, head, true);
    }

    /** @param everyones whether it is the same for everyone without a session; one that is not is never kept */
    void publish(
            Context ctx,
            String template,
            Map<String, Object> context,
            List<String> place,
            Head head,
            boolean everyones) {
        byte[] page = render(ctx, template, context, place, head);
        boolean own = !everyones || Visit.of(ctx).reader().isPresent();
        ctx.contentType("text/html; charset=utf-8")
                .header("Cache-Control", own ? "private, no-store" : "public, max-age=0, must-revalidate")
                .header("Vary", "Accept-Encoding, Cookie")
                .result(page);
        if (!own) cache.keep(ctx, "text/html; charset=utf-8", page);
    }

    private byte[] render(Context ctx, String template, Map<String, Object> context, List<String> place, Head head) {
        var data = new HashMap<String, Object>(16);
        data.put("site", frame.site());
        data.put("context", place);
        data.put("path", ctx.path());
        data.put("head", head);
        data.put("now", clock.instant());
        Visit visit = Visit.of(ctx);
        visit.reader().ifPresent(reader -> {
            var member = new HashMap<String, Object>();
            member.put("email", reader.email());
            if (!reader.name().isEmpty()) member.put("name", reader.name());
            member.put("paid", Paywall.ask(visit.standing(), Audience.MEMBER) instanceof Answer.Open);
            if (reader.isStaff()) member.put("staff", true);
            data.put("member", member);
        });
        return theme.render(template, context, data);
    }

    /** The head of an ordinary page at this address. */
    Head head(Context ctx, String title) {
        Settings settings = settings();
        return head(
                url() + ctx.path(),
                settings.language(),
                title.isEmpty() ? settings.name() : title,
                settings.description());
    }

    /** The same for a page with a description of its own; where that is empty the publication's stands in. */
    Head head(Context ctx, String title, String description) {
        Settings settings = settings();
        return head(
                url() + ctx.path(),
                settings.language(),
                title,
                description.isEmpty() ? settings.description() : description);
    }

    /** The head of a page that says of itself what it is; it has the publication's card until it has a picture. */
    Head head(String canonical, String language, String title, String description) {
        Head head = Head.page(settings().name(), language, canonical, title, description);
        return frame.card().map(head::withPicture).orElse(head);
    }

    /** The publisher's sign as an absolute address. */
    Optional<String> logo() {
        return frame.logo();
    }

    /** The feeds of a page, in every form that there is. */
    List<Head.Feed> feeds(String title, String path) {
        String base = url() + path;
        return List.of(
                new Head.Feed(title, "application/rss+xml", base + "rss/"),
                new Head.Feed(title, "application/atom+xml", base + "atom/"),
                new Head.Feed(title, "application/feed+json", base + "feed.json"));
    }

    private static String title(String template, Map<String, Object> context) {
        if (context.get("title") instanceof String title) return title;
        return switch (template) {
            case "custom-signin" -> "Sign in";
            case "custom-account" -> "Your account";
            case "custom-newsletters" -> "Newsletters";
            case "custom-pro" -> "PRO";
            default -> "";
        };
    }
}
