package press.masthead.themes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a {@link Head}: canonical address, Open Graph, Twitter card, feeds, languages, structured data. */
final class HeadTags {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HeadTags() {}

    static String of(Head head) {
        var tags = new StringBuilder(3000);
        meta(tags, "name", "description", head.description());
        if (!head.indexed()) meta(tags, "name", "robots", "noindex");
        link(tags, "canonical", head.canonical());
        head.previous().ifPresent(url -> link(tags, "prev", url));
        head.next().ifPresent(url -> link(tags, "next", url));
        openGraph(tags, head);
        for (var feed : head.feeds())
            tags.append("<link rel=\"alternate\" type=\"")
                    .append(feed.type())
                    .append("\" title=\"")
                    .append(Escape.html(feed.title()))
                    .append("\" href=\"")
                    .append(Escape.html(feed.url()))
                    .append("\">\n");
        for (var other : head.alternates())
            tags.append("<link rel=\"alternate\" hreflang=\"")
                    .append(Escape.html(other.language()))
                    .append("\" href=\"")
                    .append(Escape.html(other.url()))
                    .append("\">\n");
        head.article().ifPresent(article -> data(tags, newsArticle(head, article)));
        head.site().ifPresent(site -> data(tags, webSite(head, site)));
        return tags.toString();
    }

    private static void data(StringBuilder tags, Map<String, Object> data) {
        tags.append("<script type=\"application/ld+json\">").append(json(data)).append("</script>\n");
    }

    private static void openGraph(StringBuilder tags, Head head) {
        meta(tags, "property", "og:site_name", head.siteName());
        meta(tags, "property", "og:type", head.article().isPresent() ? "article" : "website");
        meta(
                tags,
                "property",
                "og:title",
                head.article().map(Head.Article::headline).orElse(head.title()));
        meta(tags, "property", "og:description", head.description());
        meta(tags, "property", "og:url", head.canonical());
        meta(tags, "property", "og:locale", head.locale().replace('-', '_'));
        head.picture().ifPresent(picture -> {
            meta(tags, "property", "og:image", picture.url());
            meta(tags, "property", "og:image:width", String.valueOf(picture.width()));
            meta(tags, "property", "og:image:height", String.valueOf(picture.height()));
            meta(tags, "property", "og:image:alt", picture.alt());
        });
        head.article().ifPresent(article -> {
            meta(tags, "property", "article:published_time", article.published().toString());
            meta(tags, "property", "article:modified_time", article.modified().toString());
            meta(tags, "property", "article:section", article.section());
            article.topics().forEach(topic -> meta(tags, "property", "article:tag", topic));
        });
        meta(tags, "name", "twitter:card", head.picture().isPresent() ? "summary_large_image" : "summary");
    }

    private static void meta(StringBuilder tags, String kind, String name, String content) {
        if (content.isEmpty()) return;
        tags.append("<meta ")
                .append(kind)
                .append("=\"")
                .append(name)
                .append("\" content=\"")
                .append(Escape.html(content))
                .append("\">\n");
    }

    private static void link(StringBuilder tags, String rel, String href) {
        tags.append("<link rel=\"")
                .append(rel)
                .append("\" href=\"")
                .append(Escape.html(href))
                .append("\">\n");
    }

    /** schema.org NewsArticle with Google's paywall markup: the gated part of every theme carries the class "paywalled". */
    private static Map<String, Object> newsArticle(Head head, Head.Article article) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("@context", "https://schema.org");
        data.put("@type", "NewsArticle");
        data.put("mainEntityOfPage", head.canonical());
        data.put("headline", article.headline());
        data.put("description", head.description());
        head.picture().ifPresent(picture -> data.put("image", List.of(picture.url())));
        data.put("datePublished", article.published().toString());
        data.put("dateModified", article.modified().toString());
        data.put(
                "author",
                article.authors().stream()
                        .map(author -> Map.of("@type", "Person", "name", author.name(), "url", author.url()))
                        .toList());
        data.put("publisher", publisher(head, article.logo()));
        data.put("articleSection", article.section());
        data.put("keywords", article.topics());
        data.put("inLanguage", head.locale());
        data.put("isAccessibleForFree", article.free());
        if (!article.free())
            data.put(
                    "hasPart",
                    Map.of("@type", "WebPageElement", "isAccessibleForFree", false, "cssSelector", ".paywalled"));
        return data;
    }

    private static Map<String, Object> publisher(Head head, Optional<String> logo) {
        Map<String, Object> publisher =
                new LinkedHashMap<>(Map.of("@type", "NewsMediaOrganization", "name", head.siteName()));
        logo.ifPresent(url -> publisher.put("logo", Map.of("@type", "ImageObject", "url", url)));
        return publisher;
    }

    /** What the front page says of the whole: its name, who publishes it, how to search it. */
    private static Map<String, Object> webSite(Head head, Head.Site site) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("@context", "https://schema.org");
        data.put("@type", "WebSite");
        data.put("url", head.canonical());
        data.put("name", head.siteName());
        data.put("description", head.description());
        data.put("inLanguage", head.locale());
        data.put("publisher", publisher(head, site.logo()));
        data.put(
                "potentialAction",
                Map.of(
                        "@type",
                        "SearchAction",
                        "target",
                        Map.of("@type", "EntryPoint", "urlTemplate", site.search()),
                        "query-input",
                        "required name=search_term_string"));
        return data;
    }

    /** JSON that can't end the script element it stands in. */
    private static String json(Map<String, Object> data) {
        try {
            return JSON.writeValueAsString(data)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text always become JSON", e);
        }
    }
}
