package press.masthead.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import press.masthead.access.Audience;
import press.masthead.authors.Author;
import press.masthead.industries.Industry;
import press.masthead.newsletters.Newsletter;
import press.masthead.pictures.Picture;
import press.masthead.stories.StoryCard;
import press.masthead.topics.Country;
import press.masthead.topics.Topic;

/** Turns records into the shapes that themes are promised: see CONTEXT.md of the themes. What is empty is left out. */
public final class Shapes {
    private static final int WORDS_A_MINUTE = 240;

    private Shapes() {}

    /** Each of them as {@link #card}. */
    public static List<Map<String, Object>> cards(List<StoryCard> cards) {
        return cards.stream().map(Shapes::card).toList();
    }

    /** A story as lists show it; a fresh map, to which more may be added. */
    public static Map<String, Object> card(StoryCard card) {
        var map = new HashMap<String, Object>(32);
        map.put("id", Long.toString(card.id()));
        map.put("title", card.title());
        map.put("slug", card.slug());
        map.put("url", card.path());
        map.put("kind", card.kind());
        map.put("visibility", visibility(card.access()));
        map.put("language", card.language());
        map.put("direction", card.direction());
        map.put("published_at", card.publishedAt());
        map.put("reading_time", Math.max(1, Math.ceilDiv(card.words(), WORDS_A_MINUTE)));
        map.put("featured", card.featured());
        unlessEmpty(map, "custom_excerpt", card.standfirst());
        card.pictureName().ifPresent(name -> {
            map.put("feature_image", "/content/images/" + name);
            map.put("feature_image_width", card.pictureWidth().orElse(1600));
            map.put("feature_image_height", card.pictureHeight().orElse(1000));
            map.put("feature_image_alt", card.pictureAlt().orElse(""));
            unlessEmpty(map, "feature_image_caption", card.pictureCaption().orElse(""));
            unlessEmpty(map, "feature_image_credit", card.pictureCredit().orElse(""));
        });
        List<Map<String, Object>> tags = links(card.topicNames(), card.topicSlugs(), "/topic/");
        List<Map<String, Object>> authors = links(card.authorNames(), card.authorSlugs(), "/author/");
        map.put("tags", tags);
        map.put("authors", authors);
        if (!tags.isEmpty()) map.put("primary_tag", tags.getFirst());
        if (!authors.isEmpty()) map.put("primary_author", authors.getFirst());
        return map;
    }

    /** Ghost's words for whom a text is for. */
    private static String visibility(String access) {
        return switch (Audience.of(access)) {
            case PUBLIC -> "public";
            case SIGN_IN -> "members";
            case MEMBER, CLOSED -> "paid";
            case PLAN -> "tiers";
        };
    }

    static List<Map<String, Object>> links(List<String> names, List<String> slugs, String under) {
        var links = new ArrayList<Map<String, Object>>(names.size());
        for (int i = 0; i < names.size(); i++)
            links.add(Map.of("name", names.get(i), "slug", slugs.get(i), "url", under + slugs.get(i) + "/"));
        return links;
    }

    static Map<String, Object> topic(Topic topic) {
        var map = new HashMap<String, Object>(
                Map.of("name", topic.name(), "slug", topic.slug(), "url", "/topic/" + topic.slug() + "/"));
        unlessEmpty(map, "description", topic.description());
        return map;
    }

    /** @param language in which it is named */
    static Map<String, Object> country(Country country, String language) {
        return Map.of("name", country.name(language), "slug", country.slug(), "url", country.path());
    }

    /** A person or an organisation of the newsroom's list. */
    static Map<String, Object> entity(String name, String slug) {
        return new HashMap<>(Map.of("name", name, "slug", slug, "url", "/who/" + slug + "/"));
    }

    static Map<String, Object> industry(Industry industry) {
        var map = new HashMap<String, Object>(
                Map.of("name", industry.name(), "slug", industry.slug(), "url", "/industry/" + industry.slug() + "/"));
        unlessEmpty(map, "description", industry.description());
        return map;
    }

    static Map<String, Object> author(Author author) {
        var map = new HashMap<String, Object>(
                Map.of("name", author.name(), "slug", author.slug(), "url", "/author/" + author.slug() + "/"));
        unlessEmpty(map, "role", author.role());
        unlessEmpty(map, "bio", author.bio());
        unlessEmpty(map, "location", author.location());
        author.portrait().ifPresent(name -> map.put("profile_image", "/content/images/" + name));
        return map;
    }

    /** A picture of its own, beside whatever else the map says. */
    static Map<String, Object> picture(Picture picture) {
        var map = new HashMap<String, Object>(Map.of(
                "feature_image", picture.path(),
                "feature_image_width", picture.width(),
                "feature_image_height", picture.height(),
                "feature_image_alt", picture.alt()));
        unlessEmpty(map, "feature_image_caption", picture.caption());
        unlessEmpty(map, "feature_image_credit", picture.credit());
        return map;
    }

    static Map<String, Object> newsletter(Newsletter newsletter) {
        return Map.of(
                "name", newsletter.name(),
                "slug", newsletter.slug(),
                "url", "/newsletters/" + newsletter.slug() + "/",
                "description", newsletter.description(),
                "cadence", newsletter.cadence().inFull(),
                "audience", newsletter.audience(),
                "slot", newsletter.slot(),
                "reader_count", newsletter.readerCount());
    }

    static void unlessEmpty(Map<String, Object> map, String key, String value) {
        if (!value.isEmpty()) map.put(key, value);
    }

    /** The pages of a list, as Ghost's pagination. */
    static Map<String, Object> pagination(int page, int pages, int total, int limit) {
        var map = new HashMap<String, Object>(Map.of("page", page, "pages", pages, "total", total, "limit", limit));
        if (page > 1) map.put("prev", page - 1);
        if (page < pages) map.put("next", page + 1);
        return map;
    }
}
