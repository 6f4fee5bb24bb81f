package press.masthead.platform.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A mail server for tests, on loopback, that records every letter and misbehaves when told to. An answer of {@link #DROP} closes
 * the connection, {@link #HANG} says nothing more, {@link #CUT} hangs up in the middle of a letter, {@link #STALL} stops reading there.
 */
public final class TestSmtp implements AutoCloseable {
    public static final String DROP = "!drop";
    public static final String HANG = "!hang";
    public static final String CUT = "!cut";
    public static final String STALL = "!stall";

    /** What it answers at each point; the address is the recipient's. */
    public interface Manners {
        default String hello() {
            return "220 test ESMTP";
        }

        default String mail(String sender) {
            return "250 2.1.0 Ok";
        }

        default String rcpt(String address) {
            return "250 2.1.5 Ok";
        }

        default String data(String address) {
            return "354 go on";
        }

        default String dot(String address, int count) {
            return "250 2.0.0 Ok: queued as " + count;
        }
    }

    public record Received(String from, String to, byte[] bytes) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    public final List<Received> letters = new CopyOnWriteArrayList<>();
    public final List<String> commands = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> extensions;
    private final @Nullable SSLContext certificate;
    private volatile Manners manners;

    public TestSmtp(Manners manners, String... extensions) {
        this(manners, null, extensions);
    }

    public TestSmtp() {
        this(new Manners() {}, "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 10485760");
    }

    public TestSmtp(Manners manners) {
        this(manners, "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 10485760");
    }

    TestSmtp(Manners manners, @Nullable SSLContext certificate, String... extensions) {
        this(0, manners, certificate, extensions);
    }

    /** On a port that was free a moment ago: a server that comes back. */
    public static TestSmtp on(int port) {
        return new TestSmtp(
                port, new Manners() {}, null, "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 10485760");
    }

    private TestSmtp(int port, Manners manners, @Nullable SSLContext certificate, String... extensions) {
        this.manners = manners;
        this.certificate = certificate;
        this.extensions = List.of(extensions);
        try {
            listener = new ServerSocket();
            listener.setReceiveBufferSize(4096);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public SmtpServer server() {
        return SmtpServer.plain("127.0.0.1", port());
    }

    public void behave(Manners other) {
        manners = other;
    }

    public List<String> recipients() {
        return letters.stream().map(Received::to).toList();
    }

    private static final List<Runnable> MEANWHILE = new CopyOnWriteArrayList<>();

    /** Has something done again and again while a test waits: by its hand, what else a timetable would do in some seconds. */
    public static void meanwhile(Runnable work) {
        MEANWHILE.add(work);
    }

    /** Waits for something to become true; a test that waits in vain fails. */
    public static void await(BooleanSupplier condition) {
        long began = System.nanoTime();
        long next = began + 100_000_000;
        while (!condition.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - began > 30_000_000_000L) throw new AssertionError("waited for half a minute in vain");
            if (now > next) {
                MEANWHILE.forEach(Runnable::run);
                next = now + 300_000_000;
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new Dialogue(socket).run();
        } catch (IOException gone) {
            // the client hung up
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Dialogue {
        private Socket socket;
        private InputStream in;
        private OutputStream out;
        private String from = "";
        private String to = "";
        private boolean begun;
        private boolean ended;

        Dialogue(Socket socket) throws IOException {
            use(socket);
        }

        private void use(Socket other) throws IOException {
            socket = other;
            other.setTcpNoDelay(true);
            in = new BufferedInputStream(other.getInputStream(), 2048);
            out = other.getOutputStream();
        }

        void run() throws IOException {
            say(manners.hello());
            while (!ended) {
                String line = line();
                commands.add(line);
                String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> ehlo();
                    case "STARTTLS" -> tls();
                    case "AUTH" -> auth(line);
                    case "MAIL" -> {
                        from = between(line);
                        String answer = manners.mail(from);
                        begun = answer.startsWith("2");
                        say(answer);
                    }
                    case "RCPT" -> {
                        to = between(line);
                        String answer = begun ? manners.rcpt(to) : "503 5.5.1 no sender";
                        to = answer.startsWith("2") ? to : "";
                        say(answer);
                    }
                    case "DATA" -> {
                        if (to.isEmpty()) {
                            say("503 5.5.1 no recipient");
                        } else {
                            data();
                        }
                    }
                    case "RSET", "HELO" -> say("250 Ok");
                    case "QUIT" -> {
                        say("221 bye");
                        return;
                    }
                    default -> say("500 what?");
                }
            }
        }

        private void ehlo() throws IOException {
            StringBuilder answer = new StringBuilder("250-test");
            for (String extension : extensions) {
                answer.append("\r\n250-").append(extension);
            }
            say(answer.append("\r\n250 HELP").toString());
        }

        private void tls() throws IOException {
            say("220 go on");
            SSLSocketFactory factory = Objects.requireNonNull(certificate).getSocketFactory();
            SSLSocket tls = (SSLSocket) factory.createSocket(socket, "127.0.0.1", socket.getPort(), true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            use(tls);
        }

        private void auth(String line) throws IOException {
            if (line.equals("AUTH LOGIN")) {
                say("334 VXNlcm5hbWU6");
                String user = line();
                say("334 UGFzc3dvcmQ6");
                commands.add(user + " " + line());
            }
            say(line.contains("d3Jvbmc=") || line.endsWith("AGFkYQB3cm9uZw==") ? "535 5.7.8 wrong" : "235 welcome");
        }

        private void data() throws IOException {
            String answer = manners.data(to);
            if (answer.equals(CUT)) {
                write("354 go on\r\n");
                in.readNBytes(3000);
                socket.setSoLinger(true, 0);
                ended = true;
                return;
            }
            if (answer.equals(STALL)) {
                write("354 go on\r\n");
                in.readNBytes(300);
                while (!listener.isClosed() && !socket.isClosed()) {
                    LockSupport.parkNanos(5_000_000);
                }
                ended = true;
                return;
            }
            say(answer);
            if (!answer.startsWith("354")) {
                return;
            }
            ByteArrayOutputStream letter = new ByteArrayOutputStream();
            while (true) {
                String line = line();
                if (line.equals(".")) {
                    break;
                }
                letter.write((line.startsWith(".") ? line.substring(1) : line).getBytes(StandardCharsets.ISO_8859_1));
                letter.write('\r');
                letter.write('\n');
            }
            String dot = manners.dot(to, letters.size() + 1);
            if (dot.startsWith("2") || dot.startsWith("!keep")) {
                letters.add(new Received(from, to, letter.toByteArray()));
            }
            to = "";
            say(dot.replace("!keep", ""));
        }

        private void say(String answer) throws IOException {
            if (answer.equals(DROP)) {
                ended = true;
            } else if (answer.equals(HANG)) {
                while (in.read() >= 0) {
                    // says nothing more
                }
                ended = true;
            } else {
                write(answer + "\r\n");
            }
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            int b;
            while ((b = in.read()) >= 0) {
                if (b == '\n') {
                    return line.toString();
                }
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            throw new IOException("hung up");
        }

        private static String between(String line) {
            return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        }
    }
}
