package press.masthead.live;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A browser that listens to a session by server-sent events (HTML Standard, 9.2). One that is too slow is let go, and comes back. */
final class Listener {
    private static final String END = "";
    private static final long QUIET_SECONDS = 15;

    private final long session;
    private final long reader;
    private final boolean staff;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(64);
    private volatile boolean ended;

    /** @param reader 0 for a visitor */
    Listener(long session, long reader, boolean staff) {
        this.session = session;
        this.reader = reader;
        this.staff = staff;
    }

    long session() {
        return session;
    }

    long reader() {
        return reader;
    }

    boolean staff() {
        return staff;
    }

    void tell(String text) {
        if (!waiting.offer(text)) end();
    }

    void end() {
        ended = true;
        waiting.clear();
        waiting.offer(END);
    }

    /** Writes until either side ends it. */
    void serve(Context ctx, Happenings happenings) {
        var response = ctx.res();
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        // What is told is short, and each connection keeps its buffer for as long as it listens.
        response.setBufferSize(2 << 10);
        String last = ctx.header("Last-Event-ID");
        long since = last != null && last.matches("\\d{1,18}") ? Long.parseLong(last) : 0;
        try {
            var out = response.getOutputStream();
            out.write("retry: 1500\n\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            happenings.join(this, since);
            while (!ended) {
                String text = waiting.poll(QUIET_SECONDS, TimeUnit.SECONDS);
                if (ended) break;
                out.write((text == null ? ":\n\n" : text).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            // the browser went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            happenings.leave(this);
        }
    }
}
