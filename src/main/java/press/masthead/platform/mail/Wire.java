package press.masthead.platform.mail;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The connection below the dialogue: bytes out, replies in, and a watch that closes it when the other side is silent for too
 * long, in reading and in writing alike. It knows how many bytes of a write the system took, which decides whether a broken
 * connection leaves a doubt.
 */
final class Wire implements AutoCloseable {
    private static final int RECORD = 16 * 1024;
    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 8 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer read = ByteBuffer.allocateDirect(8 * 1024).flip();
    private final Thread watch;
    private volatile long deadline = Long.MAX_VALUE;
    private volatile boolean late;
    private volatile boolean closed;
    private @Nullable SSLSocket tls;
    private String lastLines = "";

    /** Of the bytes of the last {@link #write}, how many may be on their way. */
    private int handed;

    private Wire(SocketChannel channel, SmtpTimeouts timeouts) {
        this.channel = channel;
        long tick = Math.min(
                1_000_000_000L, Math.max(1_000_000L, timeouts.shortest().toNanos() / 4));
        this.watch = Thread.ofVirtual().name("smtp watch").unstarted(() -> watch(tick));
    }

    static Wire connect(SmtpServer server) throws IOException {
        SocketChannel channel = SocketChannel.open();
        Wire wire = new Wire(channel, server.timeouts());
        wire.watch.start();
        try {
            wire.within(server.timeouts().connect());
            InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
            if (address.isUnresolved()) {
                throw new UnknownHostException("no such host");
            }
            channel.connect(address);
            // without it every answer waits for a delayed acknowledgement: 21 letters a second instead of thousands
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return wire;
        } catch (IOException | RuntimeException failed) {
            boolean late = wire.late;
            wire.close();
            if (late) {
                throw new IOException("it did not answer in time", failed);
            }
            throw failed;
        }
    }

    String localAddress() throws IOException {
        InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
        String address = local.getAddress().getHostAddress();
        return address.contains(":") ? "[IPv6:" + address.replaceAll("%.*", "") + "]" : "[" + address + "]";
    }

    boolean local() throws IOException {
        return ((InetSocketAddress) channel.getRemoteAddress()).getAddress().isLoopbackAddress();
    }

    boolean encrypted() {
        return tls != null;
    }

    /** Encrypts from here on; the certificate must be for that host. Bytes that came before it are not believed. */
    void encrypt(SSLSocketFactory factory, String host) throws IOException {
        if (read.hasRemaining()) {
            throw new IOException("the server spoke between STARTTLS and the handshake");
        }
        SSLSocket socket = (SSLSocket)
                factory.createSocket(channel.socket(), host, channel.socket().getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        tls = socket;
    }

    /** From now on, all reading and writing until the next call must be done in this time. */
    void within(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    void idle() {
        deadline = Long.MAX_VALUE;
    }

    boolean late() {
        return late;
    }

    int handed() {
        return handed;
    }

    void write(Bytes bytes) throws IOException {
        handed = 0;
        SSLSocket encrypted = tls;
        if (encrypted != null) {
            for (int from = 0; from < bytes.length(); from += RECORD) {
                int length = Math.min(RECORD, bytes.length() - from);
                // counted before: of a record that failed, nobody knows
                handed = from + length;
                encrypted.getOutputStream().write(bytes.array(), bytes.start() + from, length);
            }
            return;
        }
        ByteBuffer out = ByteBuffer.wrap(bytes.array(), bytes.start(), bytes.length());
        while (out.hasRemaining()) {
            channel.write(out);
            handed = bytes.length() - out.remaining();
        }
    }

    /** The next answer, its lines joined by blanks. */
    Reply reply() throws IOException {
        StringBuilder words = new StringBuilder();
        for (int lines = 0; lines < MOST_LINES; lines++) {
            String line = line();
            if (line.length() < 3 || !line.substring(0, 3).chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IOException("the server's answer is not SMTP: " + MailAddress.printable(line));
            }
            int code = Integer.parseInt(line.substring(0, 3));
            if (words.length() < 2 * LONGEST_LINE && line.length() > 4) {
                words.append(words.isEmpty() ? "" : "\n").append(line, 4, line.length());
            }
            if (line.length() == 3 || line.charAt(3) != '-') {
                lastLines = words.toString();
                return Reply.of(code, lastLines);
            }
        }
        throw new IOException("the server's answer does not end");
    }

    /** The last answer line by line, as EHLO needs it. */
    String lastLines() {
        return lastLines;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            while (read.hasRemaining()) {
                byte b = read.get();
                if (b == '\n') {
                    return line.toString();
                }
                if (b != '\r') {
                    line.append(b >= 0 ? (char) b : '?');
                }
                if (line.length() > LONGEST_LINE) {
                    throw new IOException("the server's answer is too long a line");
                }
            }
            read.clear();
            int count = 0;
            try {
                count = fill();
            } finally {
                read.flip();
            }
            if (count < 0) {
                throw new EOFException("the server hung up");
            }
        }
    }

    private int fill() throws IOException {
        SSLSocket encrypted = tls;
        if (encrypted == null) {
            return channel.read(read);
        }
        byte[] some = new byte[read.remaining()];
        int count = encrypted.getInputStream().read(some);
        if (count > 0) {
            read.put(some, 0, count);
        }
        return count;
    }

    private void watch(long tick) {
        while (!closed) {
            LockSupport.parkNanos(tick);
            long end = deadline;
            if (end != Long.MAX_VALUE && System.nanoTime() - end > 0 && !closed) {
                late = true;
                close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // nothing is left to close
        }
        LockSupport.unpark(watch);
    }
}
