package press.masthead.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Viewers by the thousand on one thread: all sockets behind one selector, what they read thrown away as soon as it is counted. */
final class Crowd implements Runnable {
    private final List<Viewer> viewers = new ArrayList<>();
    private final PriorityQueue<Viewer> due = new PriorityQueue<>(Comparator.comparingLong(Viewer::dueAt));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(512 << 10);
    private final Selector selector;
    private final Heard heard;
    private volatile boolean over;

    /** What they met, in all. */
    static final class Heard {
        int segments;
        int failed;
        int refused;
        int lists;
        int ears;
        int deafened;
        long bytes;
        private long[] took = new long[1 << 16];
        private int tookCount;
        final Calls calls;

        Heard(Calls calls) {
            this.calls = calls;
        }

        void segment(long nanos) {
            segments++;
            if (tookCount == took.length) took = Arrays.copyOf(took, took.length * 2);
            took[tookCount++] = nanos;
        }

        /** How long a segment took, in milliseconds; {@code part} of them were quicker. */
        double segmentMillis(double part) {
            long[] sorted = Arrays.copyOf(took, tookCount);
            Arrays.sort(sorted);
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1e6;
        }
    }

    /**
     * @param cookies one session for each viewer
     * @param over what time they take to arrive, in seconds
     */
    Crowd(URI site, String session, List<String> cookies, int over, Heard heard) throws IOException {
        this.heard = heard;
        this.selector = Selector.open();
        var address = new InetSocketAddress(site.getHost(), site.getPort());
        long now = System.nanoTime();
        for (int n = 0; n < cookies.size(); n++) {
            long at = now + over * 1_000_000_000L * n / cookies.size();
            var one = new Viewer(address, site.getAuthority(), session, cookies.get(n), at, heard, selector);
            viewers.add(one);
            due.add(one);
        }
    }

    Heard heard() {
        return heard;
    }

    void end() {
        over = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!over) {
                selector.select(this::ready, 10);
                long now = System.nanoTime();
                for (Viewer one = due.peek(); one != null && one.dueAt() <= now; one = due.peek()) {
                    due.remove();
                    one.act(now);
                    due.add(one);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            viewers.forEach(Viewer::close);
        }
    }

    private void ready(SelectionKey key) {
        ((Wire) key.attachment()).ready(buffer);
    }
}
