package press.masthead.search;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/** Asks every running node to make its search index again, and tells how far they are. */
public final class RemakeIndexes {
    private static final int LOOK_EACH_MILLIS = 500;

    private final Nodes nodes;

    public RemakeIndexes(Jdbi jdbi) {
        this.nodes = new Nodes(jdbi);
    }

    /**
     * Prints a line whenever something moved, until all are done.
     *
     * @return false when no node runs on this database, or none answers any more
     */
    public boolean run(PrintStream out) {
        long epoch = nodes.next();
        String last = "";
        while (true) {
            var running = nodes.running();
            if (running.isEmpty()) {
                out.println("No Masthead runs on this database; the index is made again when one starts.");
                return false;
            }
            long ready = running.stream().filter(node -> node.epoch() >= epoch).count();
            String line = String.format(
                    Locale.ROOT,
                    "%d of %d nodes are done; %,d of %,d pieces",
                    ready,
                    running.size(),
                    running.stream()
                            .mapToLong(node -> node.epoch() >= epoch ? node.total() : node.making() ? node.done() : 0)
                            .sum(),
                    running.stream().mapToLong(Nodes.Node::total).sum());
            if (!line.equals(last)) out.println(line);
            last = line;
            if (ready == running.size()) return true;
            if (!pause()) return false;
        }
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
