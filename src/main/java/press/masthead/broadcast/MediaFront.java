package press.masthead.broadcast;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import press.masthead.platform.web.Guard;

/**
 * Lists and segments, answered in front of the router and written without a thread that waits: a pass says all that has to be known, so
 * nobody is looked up. What there is not, or whose pass is not good, goes on to {@link MediaPages#file}, which says so.
 */
public final class MediaFront extends Handler.Wrapper {
    private static final Pattern FORM = Pattern.compile("/live/media/(\\d{1,18})/([\\w-]{1,80})/([\\w.-]{1,60})");
    private static final HttpField[] HEADERS = Guard.HEADERS.entrySet().stream()
            .map(header -> new PreEncodedHttpField(header.getKey(), header.getValue()))
            .toArray(HttpField[]::new);

    private final MediaPages media;

    public MediaFront(MediaPages media) {
        this.media = media;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = String.valueOf(request.getHttpURI().getPath());
        if (!path.startsWith("/live/media/") || !request.getMethod().equals("GET"))
            return super.handle(request, response, callback);
        Matcher parts = FORM.matcher(path);
        Optional<MediaPages.Answer> answer = parts.matches()
                ? media.ask(Long.parseLong(parts.group(1)), parts.group(2), parts.group(3))
                : Optional.empty();
        if (answer.isEmpty()) return super.handle(request, response, callback);
        MediaPages.Answer found = answer.get();
        for (HttpField header : HEADERS) response.getHeaders().add(header);
        response.getHeaders().add(HttpHeader.CONTENT_TYPE, found.contentType());
        response.getHeaders().add(HttpHeader.CACHE_CONTROL, found.cacheControl());
        response.getHeaders().add(HttpHeader.CONTENT_LENGTH, found.bytes().length);
        response.setStatus(200);
        response.write(true, ByteBuffer.wrap(found.bytes()), callback);
        return true;
    }
}
