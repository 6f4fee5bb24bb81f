package press.masthead.search;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/** Asks every running node to make its search index again, and tells how far they are. */
public final class RemakeIndexes {
    private static final int LOOK_EACH_MILLIS = 500;

    private final Jdbi jdbi;

    public RemakeIndexes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    record Node(long epoch, boolean making, long done, long total) {}

    /**
     * Prints a line whenever something moved, until all are done.
     *
     * @return false when no node runs on this database, or none answers any more
     */
    public boolean run(PrintStream out) {
        long epoch = jdbi.inTransaction(handle -> {
            long next = handle.createQuery("update search_epoch set epoch = epoch + 1 returning epoch")
                    .mapTo(Long.class)
                    .one();
            handle.execute("notify story_changed");
            return next;
        });
        String last = "";
        while (true) {
            var nodes = nodes();
            if (nodes.isEmpty()) {
                out.println("No Masthead runs on this database; the index is made again when one starts.");
                return false;
            }
            long ready = nodes.stream().filter(node -> node.epoch() >= epoch).count();
            String line = String.format(
                    Locale.ROOT,
                    "%d of %d nodes are done; %,d of %,d pieces",
                    ready,
                    nodes.size(),
                    nodes.stream()
                            .mapToLong(node -> node.epoch() >= epoch ? node.total() : node.making() ? node.done() : 0)
                            .sum(),
                    nodes.stream().mapToLong(Node::total).sum());
            if (!line.equals(last)) out.println(line);
            last = line;
            if (ready == nodes.size()) return true;
            if (!pause()) return false;
        }
    }

    /** Those that have been heard of in the last half minute. */
    private List<Node> nodes() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select epoch, making is not null as making, done, total from search_node
                        where seen_at > now() - interval '30 seconds'
                        """).mapTo(Node.class).list());
    }

    private static boolean pause() {
        try {
            return !new CountDownLatch(1).await(LOOK_EACH_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
