package press.masthead.platform.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Finished public pages, answered before a handler is looked for: the bytes that were rendered once, plain and
 * compressed, with their headers already encoded.
 *
 * <p>Only a request without a session gets one. {@link #retire} forgets everything at once; a page whose rendering began
 * before that is not kept, so what a reader sees is never older than the last retirement, nor than {@link #LONGEST}.
 */
public final class PageCache extends Handler.Wrapper {
    /** Pages say "two hours ago", so none is kept long. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final long MOST_BYTES = 64L << 20;
    private static final String STARTED = "page-cache-generation";
    private static final String BY_DEVICE = "page-cache-by-device";

    private final String sessionCookie;
    private final String deviceCookie;
    private final AtomicLong generation = new AtomicLong();
    private final Cache<String, Page> pages = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((String key, Page page) -> page.plain.capacity() * 3 / 2 + 512)
            .expireAfterWrite(LONGEST)
            .build();

    /**
     * @param sessionCookie the cookie whose presence means that the page is somebody's own
     * @param deviceCookie the one that makes a difference on pages of which {@link #differsByDevice} was said
     */
    public PageCache(String sessionCookie, String deviceCookie) {
        this.sessionCookie = sessionCookie + "=";
        this.deviceCookie = deviceCookie + "=";
    }

    /** A finished page. Packing costs more than rendering, so it waits for the first reader who comes a second time. */
    private static final class Page {
        final ByteBuffer plain;
        final HttpFields plainHeaders;
        final String etag;
        final boolean byDevice;
        private final String contentType;
        private volatile @Nullable Packed packed;

        Page(String contentType, byte[] body, boolean byDevice) {
            this.byDevice = byDevice;
            this.contentType = contentType;
            etag = PageCache.etag(body);
            plain = ByteBuffer.wrap(body).asReadOnlyBuffer();
            plainHeaders = headers(contentType, etag, body.length, false);
        }

        /** Two at once pack the same bytes twice; that is cheaper than a lock for all. */
        Packed packed() {
            Packed known = packed;
            if (known == null) {
                byte[] body = new byte[plain.remaining()];
                plain.duplicate().get(body);
                byte[] bytes = gzip(body);
                packed = known = new Packed(
                        ByteBuffer.wrap(bytes).asReadOnlyBuffer(), headers(contentType, etag, bytes.length, true));
            }
            return known;
        }
    }

    private record Packed(ByteBuffer bytes, HttpFields headers) {}

    /** Call before reading what a page will say; {@link #keep} compares. */
    public void begin(Context ctx) {
        ctx.attribute(STARTED, generation.get());
    }

    /** Keeps a finished 200 page for everyone who asks for the same address without a session. */
    public void keep(Context ctx, String contentType, byte[] body) {
        Long started = ctx.attribute(STARTED);
        if (started == null || started != generation.get() || ownPage(ctx.header("Cookie"))) return;
        // What follows the question mark is whatever someone typed: kept, it would push the real pages out.
        if (ctx.queryString() != null) return;
        boolean byDevice = ctx.attribute(BY_DEVICE) != null;
        if (byDevice && has(ctx.header("Cookie"), deviceCookie)) return;
        pages.put(ctx.path(), new Page(contentType, body, byDevice));
        // A retirement between the check above and the line before this one would be lost without a second look.
        if (started != generation.get()) pages.invalidateAll();
    }

    /** Has {@link #keep} pass this page over: it changes by itself before it would be forgotten. */
    public void passOver(Context ctx) {
        ctx.attribute(STARTED, null);
    }

    /** Keeps this page for devices that have no cookie of their own; the others are asked for anew each time. */
    public void differsByDevice(Context ctx) {
        ctx.attribute(BY_DEVICE, true);
    }

    /** The longest that a kept page stays. */
    public Duration longest() {
        return LONGEST;
    }

    /** Forgets every page; called on each node when something published, or a setting, has changed. */
    public void retire() {
        generation.incrementAndGet();
        pages.invalidateAll();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String method = request.getMethod();
        boolean head = method.equals("HEAD");
        if (!head && !method.equals("GET") || ownPage(request.getHeaders().get(HttpHeader.COOKIE)))
            return super.handle(request, response, callback);
        var uri = request.getHttpURI();
        @Nullable Page page = uri.getQuery() == null ? pages.getIfPresent(String.valueOf(uri.getPath())) : null;
        if (page == null || page.byDevice && has(request.getHeaders().get(HttpHeader.COOKIE), deviceCookie))
            return super.handle(request, response, callback);

        if (page.etag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            response.setStatus(304);
            response.getHeaders().add(HttpHeader.ETAG, page.etag);
            callback.succeeded();
            return true;
        }
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        @Nullable Packed packed = accepted != null && accepted.contains("gzip") ? page.packed() : null;
        response.setStatus(200);
        response.getHeaders().add(packed == null ? page.plainHeaders : packed.headers);
        response.write(true, head ? null : (packed == null ? page.plain : packed.bytes).duplicate(), callback);
        return true;
    }

    private boolean ownPage(@Nullable String cookies) {
        return has(cookies, sessionCookie);
    }

    private static boolean has(@Nullable String cookies, String cookie) {
        return cookies != null && cookies.contains(cookie);
    }

    private static HttpFields headers(String contentType, String etag, int length, boolean packed) {
        var fields = HttpFields.build()
                .add(new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, contentType))
                .add(new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, Integer.toString(length)))
                .add(new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "public, max-age=0, must-revalidate"))
                .add(new PreEncodedHttpField(HttpHeader.VARY, "Accept-Encoding, Cookie"))
                .add(new PreEncodedHttpField(HttpHeader.ETAG, etag));
        for (HttpField field : SECURITY) fields.add(field);
        if (packed) fields.add(new PreEncodedHttpField(HttpHeader.CONTENT_ENCODING, "gzip"));
        return fields.asImmutable();
    }

    private static final HttpField[] SECURITY = Guard.HEADERS.entrySet().stream()
            .map(header -> new PreEncodedHttpField(header.getKey(), header.getValue()))
            .toArray(HttpField[]::new);

    private static String etag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return '"'
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(hash)
                            .substring(0, 22)
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(byte[] body) {
        var bytes = new ByteArrayOutputStream(body.length / 3);
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
