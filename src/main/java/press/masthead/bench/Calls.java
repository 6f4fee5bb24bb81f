package press.masthead.bench;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** When something was said in a session, and how long it took until each of those who listen had it. */
final class Calls {
    private record Call(long at, int number) {}

    private final ConcurrentHashMap<String, Call> made = new ConcurrentHashMap<>();
    private long[] nanos = new long[1 << 16];
    private int count;

    /** Called before it is said. */
    void made(String word) {
        made.put(word, new Call(System.nanoTime(), made.size()));
    }

    /** Someone heard it. */
    synchronized void heard(String word) {
        Call call = made.get(word);
        if (call == null) return;
        if (count == nanos.length) nanos = Arrays.copyOf(nanos, count * 2);
        nanos[count++] = System.nanoTime() - call.at();
    }

    int made() {
        return made.size();
    }

    synchronized int heard() {
        return count;
    }

    /** Milliseconds; {@code part} of all that was heard was heard sooner. */
    synchronized double millis(double part) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[(int) Math.min(count - 1, count * part)] / 1e6;
    }
}
