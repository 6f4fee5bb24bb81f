package press.masthead.feeds;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import press.masthead.platform.web.PageCache;
import press.masthead.publication.Publication;

/** The news as feed readers take it: RSS 2.0, Atom 1.0 (RFC 4287) and JSON Feed 1.1, of everything and of each part. */
public final class Feeds {
    private final Channels channels;
    private final Publication publication;
    private final PageCache cache;
    private final Supplier<String> url;

    /** @param url the address that readers see, known once the server listens */
    public Feeds(Channels channels, Publication publication, PageCache cache, Supplier<String> url) {
        this.channels = channels;
        this.publication = publication;
        this.cache = cache;
        this.url = url;
    }

    private interface Form {
        String write(Channel channel, Publication publication, String url);
    }

    /** GET /rss/ and /topic/{slug}/rss/, and so for industries and authors, and for the other two */
    public void rss(Context ctx) {
        answer(ctx, "application/rss+xml; charset=utf-8", RssFeed::write);
    }

    /** GET /atom/ */
    public void atom(Context ctx) {
        answer(ctx, "application/atom+xml; charset=utf-8", AtomFeed::write);
    }

    /** GET /feed.json */
    public void json(Context ctx) {
        answer(ctx, "application/feed+json; charset=utf-8", JsonFeed::write);
    }

    private void answer(Context ctx, String type, Form form) {
        cache.begin(ctx);
        byte[] feed = form.write(channels.of(ctx), publication, url.get()).getBytes(StandardCharsets.UTF_8);
        ctx.contentType(type).header("Cache-Control", "public, max-age=60").result(feed);
        cache.keep(ctx, type, feed);
    }
}
