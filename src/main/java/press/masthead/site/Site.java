package press.masthead.site;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Standing;
import press.masthead.access.Visit;
import press.masthead.industries.Industries;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.plans.Plans;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.PublicPages;
import press.masthead.publication.Publication;
import press.masthead.publication.Settings;
import press.masthead.themes.Head;
import press.masthead.themes.Theme;
import press.masthead.topics.Topics;

/** The public face: fills the theme's templates with what is the same on every page, and keeps finished pages. */
public final class Site implements PublicPages {
    private final Theme theme;
    private final Publication publication;
    private final Topics topics;
    private final Industries industries;
    private final Newsletters newsletters;
    private final Plans plans;
    private final PageCache cache;
    private final Supplier<String> url;
    private final Clock clock;
    private volatile @Nullable Map<String, Object> frame;
    private final Map<String, Optional<Map<String, Object>>> newsletterFor = new ConcurrentHashMap<>();

    /** @param url the address that readers see, known once the server listens */
    public Site(
            Theme theme,
            Publication publication,
            Topics topics,
            Industries industries,
            Newsletters newsletters,
            Plans plans,
            PageCache cache,
            Supplier<String> url,
            Clock clock) {
        this.theme = theme;
        this.publication = publication;
        this.topics = topics;
        this.industries = industries;
        this.newsletters = newsletters;
        this.plans = plans;
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
        frame = null;
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
        byte[] page = render(ctx, template, context, place, head);
        boolean own = Visit.of(ctx).reader().isPresent();
        ctx.contentType("text/html; charset=utf-8")
                .header("Cache-Control", own ? "private, no-store" : "public, max-age=0, must-revalidate")
                .header("Vary", "Accept-Encoding, Cookie")
                .result(page);
        if (!own) cache.keep(ctx, "text/html; charset=utf-8", page);
    }

    private byte[] render(Context ctx, String template, Map<String, Object> context, List<String> place, Head head) {
        var data = new HashMap<String, Object>(16);
        data.put("site", frame());
        data.put("context", place);
        data.put("path", ctx.path());
        data.put("head", head);
        data.put("now", clock.instant());
        Visit visit = Visit.of(ctx);
        visit.reader().ifPresent(reader -> {
            var member = new HashMap<String, Object>();
            member.put("email", reader.email());
            if (!reader.name().isEmpty()) member.put("name", reader.name());
            member.put("paid", visit.standing() instanceof Standing.Member);
            if (reader.isStaff()) member.put("staff", true);
            data.put("member", member);
        });
        return theme.render(template, context, data);
    }

    /** The head of an ordinary page at this address. */
    Head head(Context ctx, String title) {
        Settings settings = settings();
        return Head.page(
                settings.name(),
                settings.language(),
                url() + ctx.path(),
                title.isEmpty() ? settings.name() : title,
                settings.description());
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

    private Map<String, Object> frame() {
        Map<String, Object> kept = frame;
        if (kept == null) frame = kept = buildFrame();
        return kept;
    }

    private Map<String, Object> buildFrame() {
        Settings settings = settings();
        List<Newsletter> letters = newsletters.active();
        List<Map<String, Object>> subjects =
                topics.all().stream().map(Shapes::topic).toList();
        var site = new HashMap<String, Object>();
        site.put("title", settings.name());
        site.put("description", settings.tagline());
        site.put("url", url());
        site.put("locale", settings.language());
        site.put("timezone", settings.zone().getId());
        site.put(
                "navigation",
                subjects.stream()
                        .limit(8)
                        .map(topic -> Map.of("label", topic.get("name"), "url", topic.get("url")))
                        .toList());
        site.put(
                "secondary_navigation",
                List.of(
                        Map.of("label", "About", "url", "/about/"),
                        Map.of("label", "Corrections", "url", "/corrections/"),
                        Map.of("label", "Privacy", "url", "/privacy/"),
                        Map.of("label", "Archive", "url", "/archive/"),
                        Map.of("label", "RSS", "url", "/rss/")));
        site.put("topics", subjects);
        site.put("industries", industries.all().stream().map(Shapes::industry).toList());
        site.put("newsletters", letters.stream().map(Shapes::newsletter).toList());
        site.put("total_members", newsletters.readers());
        site.put("plan", plans.offered().forThemes());
        if (!settings.notice().isEmpty()) site.put("notice", settings.notice());
        if (!settings.address().isEmpty()) site.put("address", settings.address());
        if (!settings.email().isEmpty()) site.put("email", settings.email());
        return Map.copyOf(site);
    }
}
