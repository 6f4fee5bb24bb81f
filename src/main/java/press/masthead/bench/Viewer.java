package press.masthead.bench;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One viewer as the server sees them: a pass, the list of segments every two seconds, each new segment once, and one connection that hears
 * what happens. Every request carries the session's cookie, as a browser's does.
 */
final class Viewer {
    private static final long BETWEEN = 2_000_000_000L;
    private static final Pattern BASE = Pattern.compile("\"base\":\"([^\"]+)\"");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final Pattern CALL = Pattern.compile("\"body\":\"(call-\\d+) ");

    private final String head;
    private final String session;
    private final Crowd.Heard heard;
    private final Media media;
    private final Ear ear;
    private String base = "";
    private String newest = "";
    private long dueAt;

    Viewer(
            InetSocketAddress address,
            String host,
            String session,
            String cookie,
            long dueAt,
            Crowd.Heard heard,
            Selector selector) {
        this.head = " HTTP/1.1\r\nHost: " + host + "\r\nCookie: masthead_session=" + cookie
                + "\r\nUser-Agent: bench\r\nSec-Fetch-Site: same-origin\r\n\r\n";
        this.session = session;
        this.dueAt = dueAt;
        this.heard = heard;
        this.media = new Media(address, selector);
        this.ear = new Ear(address, selector);
    }

    long dueAt() {
        return dueAt;
    }

    /** What is due now: to arrive, or to look at the list again. */
    void act(long now) {
        ear.listen();
        media.want(base.isEmpty() ? session + "pass" : base + "v0.m3u8");
        dueAt = Math.max(dueAt + BETWEEN, now);
    }

    void close() {
        media.close();
        ear.close();
    }

    /** Lists and segments, one after another. */
    private final class Media extends Wire {
        private final Deque<String> wanted = new ArrayDeque<>();
        private ByteArrayOutputStream text = new ByteArrayOutputStream();
        private boolean reading;
        private int status;
        private long left = -1;
        private long askedAt;

        Media(InetSocketAddress address, Selector selector) {
            super(address, selector);
        }

        void want(String path) {
            if (wanted.contains(path)) return;
            wanted.add(path);
            if (!reading) next();
        }

        private void next() {
            String path = wanted.peek();
            if (path == null) return;
            reading = true;
            left = -1;
            text = new ByteArrayOutputStream();
            askedAt = System.nanoTime();
            ask("GET " + path + head);
        }

        private boolean isSegment() {
            return String.valueOf(wanted.peek()).endsWith(".ts");
        }

        @Override
        void came(ByteBuffer bytes) {
            heard.bytes += bytes.remaining();
            if (left < 0 && !headed(bytes)) return;
            left -= bytes.remaining();
            if (!isSegment() || status != 200) {
                byte[] some = new byte[bytes.remaining()];
                bytes.get(some);
                text.writeBytes(some);
            }
            if (left <= 0) answered();
        }

        /** Reads an answer's head, 8 KB at most, and leaves what follows it. */
        private boolean headed(ByteBuffer bytes) {
            byte[] some = new byte[Math.min(8 << 10, bytes.remaining())];
            bytes.duplicate().get(some);
            int before = text.size();
            text.writeBytes(some);
            String all = text.toString(StandardCharsets.ISO_8859_1);
            int end = all.indexOf("\r\n\r\n");
            if (end < 0) return false;
            bytes.position(bytes.position() + end + 4 - before);
            text = new ByteArrayOutputStream();
            status = Integer.parseInt(all.substring(9, 12));
            Matcher length = LENGTH.matcher(all.substring(0, end));
            if (length.find()) {
                left = Long.parseLong(length.group(1));
                return true;
            }
            // An error's page, whose length nobody told.
            fail(wanted.peek() + " was answered with " + status);
            base = "";
            reading = false;
            wanted.clear();
            close();
            return false;
        }

        private void answered() {
            String path = wanted.remove();
            if (path.endsWith(".ts")) {
                if (status == 200) heard.segment(System.nanoTime() - askedAt);
                else fail(path + " was answered with " + status);
            } else if (status != 200) fail(path + " was answered with " + status);
            else if (path.endsWith(".m3u8")) listed(text.toString(StandardCharsets.US_ASCII));
            else {
                Matcher found = BASE.matcher(text.toString(StandardCharsets.US_ASCII));
                if (found.find()) base = found.group(1);
            }
            reading = false;
            next();
        }

        private void listed(String list) {
            heard.lists++;
            String[] lines = list.split("\n");
            int from = 0;
            int names = 0;
            for (int n = lines.length - 1; n >= 0; n--) {
                if (lines[n].startsWith("#") || lines[n].isBlank()) continue;
                if (lines[n].equals(newest) || newest.isEmpty() && names++ == 3) {
                    from = n + 1;
                    break;
                }
            }
            for (int n = from; n < lines.length; n++)
                if (lines[n].endsWith(".ts")) {
                    newest = lines[n];
                    want(base + newest);
                }
        }

        /** Before the first segment there is no list; that is no failure. */
        private void fail(String sentence) {
            if (!isSegment() && !sentence.contains(".ts ")) heard.refused++;
            else if (heard.failed++ < 5) System.err.println(sentence);
        }

        @Override
        void lost() {
            if (!reading) return;
            fail(wanted.peek() + " was cut off");
            reading = false;
            wanted.poll();
            next();
        }
    }

    /** Hears what happens. */
    private final class Ear extends Wire {
        private final StringBuilder text = new StringBuilder();
        private boolean open;

        Ear(InetSocketAddress address, Selector selector) {
            super(address, selector);
        }

        void listen() {
            if (open) return;
            open = true;
            heard.ears++;
            ask("GET " + session + "events" + head);
        }

        @Override
        void came(ByteBuffer bytes) {
            text.append(StandardCharsets.UTF_8.decode(bytes));
            for (int end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
                Matcher call = CALL.matcher(text).region(0, end);
                if (call.find()) {
                    String event = text.substring(0, end);
                    if (event.contains("\"state\":\"answering\"")) heard.calls.heard(call.group(1) + " now");
                    else if (event.contains("\"state\":\"open\"")) heard.calls.heard(call.group(1));
                }
                text.delete(0, end + 2);
            }
        }

        @Override
        void lost() {
            heard.deafened++;
            open = false;
        }
    }
}
