package press.masthead.platform.web;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;

/** The HTTP server: Javalin on Jetty, a virtual thread for each request, finished pages answered in front of it. */
public final class WebServer implements AutoCloseable {
    /** A form with a long story in it; uploads have their own bound. */
    private static final long MOST_FORM_BYTES = 4L << 20;

    private final Javalin javalin;

    private WebServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts listening.
     *
     * @param port 0 takes a free one
     * @param media what answers in front of the router besides the cache
     * @throws PortTaken when another program listens there
     */
    public static WebServer start(
            String host, int port, PageCache cache, Handler.Wrapper media, Consumer<RoutesConfig> routes) {
        var javalin = Javalin.create(config -> {
            config.concurrency.useVirtualThreads = true;
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = MOST_FORM_BYTES;
            config.http.generateEtags = false;
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                // What a connection sent before is remembered in a table of 108 KB for each: 430 MB for two thousand
                // viewers.
                http.setHeaderCacheSize(0);
            });
            config.jetty.modifyServer(server -> {
                server.setStopTimeout(3_000);
                cache.setHandler(media);
                media.setHandler(new HeadAsGet());
                server.setHandler(cache); // Javalin puts itself into the innermost
            });
            routes.accept(config.routes);
        });
        try {
            javalin.start(host, port);
        } catch (JavalinBindException e) {
            throw new PortTaken(port, "MASTHEAD_PORT=8081", e);
        }
        return new WebServer(javalin);
    }

    /** Asks early whether the port is free, before anything slow is done. */
    public static void claim(String host, int port) {
        if (port == 0) return;
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new PortTaken(port, "MASTHEAD_PORT=8081", e);
        }
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    /** Someone else listens on the port. */
    public static final class PortTaken extends RuntimeException {
        /** @param setting how another is chosen, such as {@code MASTHEAD_PORT=8081} */
        public PortTaken(int port, String setting, Exception cause) {
            super(
                    "Port " + port + " is taken by another program. Stop it, or choose another port with " + setting
                            + ".",
                    cause);
        }
    }
}
