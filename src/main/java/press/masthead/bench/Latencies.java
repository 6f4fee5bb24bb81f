package press.masthead.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long each of many took. Safe from many threads. */
final class Latencies {
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    void add(long took) {
        nanos.add(took);
    }

    int count() {
        return nanos.size();
    }

    /** In milliseconds: what so many in a hundred stayed under. */
    double under(double percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) return Double.NaN;
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * percent / 100))] / 1e6;
    }

    /** In milliseconds. */
    double mean() {
        return Arrays.stream(nanos.stream().mapToLong(Long::longValue).toArray())
                        .average()
                        .orElse(Double.NaN)
                / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p90 %.1f, p99 %.1f, longest %.1f ms (%d)",
                under(50),
                under(90),
                under(99),
                under(100),
                count());
    }
}
