package press.masthead.broadcast;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.platform.web.WebServer.PortTaken;

/** Listens for programs such as OBS that send pictures by RTMP. What a key does not let in is answered with a sentence and hung up on. */
public final class Rtmp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rtmp.class);
    private static final int MOST_LINES = 64;
    private static final int SILENCE_MILLIS = 10_000;

    private final Broadcast broadcast;
    private final Door door;
    private final Set<Socket> lines = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listening;

    public Rtmp(Broadcast broadcast, Door door) {
        this.broadcast = broadcast;
        this.door = door;
    }

    /** Who decides about keys. */
    public interface Door {
        /** @throws Refused where the key is nobody's, or nothing may be sent just now */
        Entry enter(String key);
    }

    /** A program that was let in. */
    public interface Entry {
        long session();

        /** Begins a take; its number. */
        long begin();

        /** Whether the key is still the one that it came with. */
        boolean isGood();

        /** Keeps why it was turned away, for the newsroom to see. */
        void trouble(String sentence);
    }

    /** Why a program is not let in, or not any longer. */
    public static final class Refused extends RuntimeException {
        public Refused(String sentence) {
            super(sentence, null, false, false);
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * @param port 0 takes a free one
     * @throws PortTaken when another program listens there
     */
    public void listen(String host, int port) {
        ServerSocket socket;
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new PortTaken(port, "MASTHEAD_RTMP=1936", e);
        }
        listening = socket;
        Thread.ofVirtual().name("rtmp").start(() -> accept(socket));
    }

    /** On which it listens; none where it does not. */
    public Optional<Integer> port() {
        return Optional.ofNullable(listening).map(ServerSocket::getLocalPort);
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket line = from.accept();
                if (lines.size() >= MOST_LINES) {
                    line.close();
                    continue;
                }
                lines.add(line);
                Thread.ofVirtual().name("rtmp-line").start(() -> serve(line));
            } catch (IOException e) {
                if (!from.isClosed()) LOG.warn("a program that sends pictures could not be taken in", e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.setTcpNoDelay(true);
            new RtmpStudio(
                            broadcast,
                            door,
                            new RtmpLine(
                                    new BufferedInputStream(socket.getInputStream(), 64 << 10),
                                    new BufferedOutputStream(socket.getOutputStream())))
                    .run();
        } catch (IOException e) {
            LOG.info("a program that sent pictures is gone: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("a program that sent pictures was cut off", e);
        } finally {
            lines.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            if (listening instanceof ServerSocket open) open.close();
            for (Socket line : lines) line.close();
        } catch (IOException e) {
            LOG.warn("RTMP could not be closed", e);
        }
    }
}
