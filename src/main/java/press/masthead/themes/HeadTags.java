package press.masthead.themes;

/** Writes a {@link Head}: canonical address, Open Graph, Twitter card, feeds, languages, structured data. */
final class HeadTags {
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
        head.article().ifPresent(article -> data(tags, StructuredData.newsArticle(head, article)));
        head.site().ifPresent(site -> data(tags, StructuredData.webSite(head, site)));
        head.subject().ifPresent(subject -> data(tags, StructuredData.collection(head, subject)));
        head.event().ifPresent(event -> {
            data(tags, StructuredData.event(head, event));
            event.recording().ifPresent(recording -> data(tags, StructuredData.video(head, event, recording)));
        });
        return tags.toString();
    }

    private static void data(StringBuilder tags, String json) {
        tags.append("<script type=\"application/ld+json\">").append(json).append("</script>\n");
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
}
