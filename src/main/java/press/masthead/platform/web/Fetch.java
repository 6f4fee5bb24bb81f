package press.masthead.platform.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Asks other servers when somebody else names the address: an identity provider, a webhook. The name is looked up once, each
 * address it has must be public (see {@link Outside}), and the connection goes to one of those very addresses, so that a
 * name which changes its mind in between leads nowhere. Always https, but to networks that the operator has named.
 *
 * <p>Redirects are not followed and cookies not kept. An answer is at most 1 MiB and complete within ten seconds. Blocks;
 * call it from a virtual thread, never within a transaction.
 */
public final class Fetch implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;
    private static final long CONNECT_MILLIS = 5_000;
    private static final long WHOLE_SECONDS = 10;

    private final Outside outside;
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable HttpClient client;

    public Fetch(Outside outside) {
        this.outside = outside;
    }

    /** What the other server said; a status is no verdict here. */
    public record Answer(int status, String type, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** The request may not go there, or nothing came back that could be used. The message names no address. */
    public static final class Refused extends IOException {
        Refused(String why) {
            super(why);
        }
    }

    /** @throws IOException where there is no answer */
    public Answer get(URI address, Map<String, String> headers) throws IOException {
        return send(client().newRequest(checked(address)), headers);
    }

    /** @throws IOException where there is no answer */
    public Answer post(URI address, Map<String, String> headers, String type, byte[] body) throws IOException {
        return send(client().POST(checked(address)).body(new BytesRequestContent(type, body)), headers);
    }

    private URI checked(URI address) throws Refused {
        String host = address.getHost();
        boolean known = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        if (!known || host == null || address.getUserInfo() != null) throw new Refused("not a web address");
        if (address.getScheme().equals("http")
                && !outside.find(bare(host)).stream().allMatch(outside::isAllowed))
            throw new Refused("the address does not begin with https");
        return address;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Answer send(Request request, Map<String, String> headers) throws IOException {
        request.followRedirects(false).timeout(WHOLE_SECONDS, TimeUnit.SECONDS);
        request.headers(all -> headers.forEach(all::put));
        try {
            ContentResponse response =
                    new CompletableResponseListener(request, MOST_BYTES).send().get();
            String type = response.getMediaType();
            return new Answer(response.getStatus(), type == null ? "" : type, response.getContent());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Made when it is first asked: most newsrooms never need one. */
    private HttpClient client() throws IOException {
        HttpClient known = client;
        if (known != null) return known;
        starting.lock();
        try {
            known = client;
            if (known == null) client = known = start();
            return known;
        } finally {
            starting.unlock();
        }
    }

    private HttpClient start() throws IOException {
        var made = new HttpClient();
        var threads = new QueuedThreadPool(16, 1, 30_000);
        threads.setName("fetch");
        threads.setDaemon(true);
        made.setExecutor(threads);
        made.setConnectTimeout(CONNECT_MILLIS);
        made.setHttpCookieStore(new HttpCookieStore.Empty());
        made.setSocketAddressResolver(resolver());
        try {
            made.start();
        } catch (Exception e) {
            throw new IOException("the client for other servers did not start", e);
        }
        made.getContentDecoderFactories().clear(); // a small answer must not unpack into a large one
        return made;
    }

    private SocketAddressResolver resolver() {
        return (host, port, context, promise) -> {
            try {
                List<InetAddress> found = outside.find(bare(host));
                promise.succeeded(found.stream()
                        .map(address -> new InetSocketAddress(address, port))
                        .toList());
            } catch (Refused e) {
                promise.failed(e);
            }
        };
    }

    @Override
    public void close() {
        HttpClient known = client;
        if (known == null) return;
        try {
            known.stop();
        } catch (Exception e) {
            System.getLogger("press.masthead").log(System.Logger.Level.WARNING, "while stopping", e);
        }
    }
}
