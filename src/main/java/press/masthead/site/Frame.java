package press.masthead.site;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.books.TaxOnTop;
import press.masthead.industries.Industries;
import press.masthead.newsletters.Newsletters;
import press.masthead.pictures.Picture;
import press.masthead.pictures.Pictures;
import press.masthead.plans.Plans;
import press.masthead.publication.Emblems;
import press.masthead.publication.Promotion;
import press.masthead.publication.Publication;
import press.masthead.publication.Settings;
import press.masthead.themes.Head;
import press.masthead.topics.Topics;

/** What every page of the publication has in common, under Ghost's names: read once and kept for a minute. */
public final class Frame {
    private static final Logger LOG = LoggerFactory.getLogger(Frame.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final List<Map<String, String>> PAGES = List.of(
            Map.of("label", "About", "url", "/about/"),
            Map.of("label", "Corrections", "url", "/corrections/"),
            Map.of("label", "Privacy", "url", "/privacy/"),
            Map.of("label", "Terms", "url", "/terms/"));

    private final Publication publication;
    private final Topics topics;
    private final Industries industries;
    private final Newsletters newsletters;
    private final Plans plans;
    private final TaxOnTop taxOnTop;
    private final Pictures pictures;
    private final Supplier<String> url;
    private final Clock clock;
    private volatile @Nullable Kept kept;

    private record Kept(Instant at, Map<String, Object> site, Optional<Head.Picture> card) {}

    /** @param url the address that readers see, known once the server listens */
    public Frame(
            Publication publication,
            Topics topics,
            Industries industries,
            Newsletters newsletters,
            Plans plans,
            TaxOnTop taxOnTop,
            Pictures pictures,
            Supplier<String> url,
            Clock clock) {
        this.publication = publication;
        this.topics = topics;
        this.industries = industries;
        this.newsletters = newsletters;
        this.plans = plans;
        this.taxOnTop = taxOnTop;
        this.pictures = pictures;
        this.url = url;
        this.clock = clock;
    }

    /** What themes read as {@code @site}. */
    Map<String, Object> site() {
        return kept().site();
    }

    /** What a shared link shows where its page has no picture. */
    Optional<Head.Picture> card() {
        return kept().card();
    }

    /** The publisher's sign as an absolute address. */
    Optional<String> logo() {
        String logo = publication.emblems().logo();
        return logo.isEmpty() ? Optional.empty() : Optional.of(url.get() + logo);
    }

    void forget() {
        kept = null;
    }

    private Kept kept() {
        Kept known = kept;
        Instant now = clock.instant();
        if (known != null && known.at().plus(LONGEST).isAfter(now)) return known;
        try {
            kept = known = new Kept(now, read(), readCard());
        } catch (RuntimeException e) {
            // Without its database the site still has a face, if it ever had one.
            if (known == null) throw e;
            LOG.warn("the frame of pages can't be read anew, so the one of {} stays: {}", known.at(), e.toString());
        }
        return known;
    }

    private Map<String, Object> read() {
        Settings settings = publication.settings();
        List<Map<String, Object>> subjects =
                topics.all().stream().map(Shapes::topic).toList();
        var site = new HashMap<String, Object>();
        site.put("title", settings.name());
        site.put("description", settings.tagline());
        site.put("url", url.get());
        site.put("locale", settings.language());
        site.put("timezone", settings.zone().getId());
        site.put(
                "navigation",
                subjects.stream()
                        .limit(8)
                        .map(topic -> Map.of("label", topic.get("name"), "url", topic.get("url")))
                        .toList());
        site.put("secondary_navigation", PAGES);
        site.put("topics", subjects);
        site.put("industries", industries.all().stream().map(Shapes::industry).toList());
        site.put(
                "newsletters",
                newsletters.general().stream().map(Shapes::newsletter).toList());
        site.put("total_members", newsletters.readers());
        site.put("plan", plans.offered().forThemes());
        taxOnTop.of(Optional.empty()).ifPresent(tax -> site.put("tax", tax.forThemes()));
        Shapes.unlessEmpty(site, "notice", settings.notice());
        Shapes.unlessEmpty(site, "address", settings.address());
        Shapes.unlessEmpty(site, "email", settings.email());
        Emblems emblems = publication.emblems();
        Shapes.unlessEmpty(site, "logo", emblems.logo());
        Shapes.unlessEmpty(site, "icon", emblems.icon());
        promotion().ifPresent(promotion -> site.put("promotion", promotion));
        return Map.copyOf(site);
    }

    private Optional<Map<String, Object>> promotion() {
        Promotion promotion = publication.promotion();
        if (promotion.headline().isEmpty()) return Optional.empty();
        var map = new HashMap<String, Object>();
        map.put("headline", promotion.headline());
        map.put("text", promotion.text());
        map.put("url", "/pro/");
        map.put("button", promotion.button().isEmpty() ? "See the plan" : promotion.button());
        pictures.byName(promotion.picture()).ifPresent(picture -> map.putAll(Shapes.picture(picture)));
        return Optional.of(map);
    }

    private Optional<Head.Picture> readCard() {
        String path = publication.emblems().card();
        return pictures.byName(path.substring(path.lastIndexOf('/') + 1))
                .map(picture -> card(path, picture, publication.settings().name()));
    }

    private Head.Picture card(String path, Picture picture, String name) {
        return new Head.Picture(
                url.get() + path,
                picture.width(),
                picture.height(),
                picture.alt().isEmpty() ? name : picture.alt());
    }
}
