package press.masthead.search;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Who feeds the search cluster: one node at a time, for a few seconds beyond each time that it says so. Each turn of a node has a
 * term of its own, greater than all before it, by which the cluster tells late writes of one that was replaced from those of its
 * successor.
 */
final class Lease {
    private final Jdbi jdbi;
    private final UUID node;

    Lease(Jdbi jdbi, UUID node) {
        this.jdbi = jdbi;
        this.node = node;
    }

    /** Takes it where it is free, or goes on with it; none while another has it. */
    Optional<Long> take() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        update search_feed set node = :node, until = clock_timestamp() + interval '5 seconds',
                          term = case when node = :node and until > clock_timestamp() then term
                                      else greatest(term + 1, (extract(epoch from clock_timestamp()) * 1000)::bigint) end
                        where node = :node or until < clock_timestamp() returning term
                        """).bind("node", node).mapTo(Long.class).findOne());
    }

    /** Reads with the lease in hand, so that what is read is not older than what a successor will read; none once it is lost. */
    <T> Optional<T> within(long term, Supplier<T> reading) {
        return jdbi.inTransaction(handle -> {
            int held = handle.createUpdate("""
                            update search_feed set until = clock_timestamp() + interval '5 seconds'
                            where node = :node and term = :term
                            """)
                    .bind("node", node)
                    .bind("term", term)
                    .execute();
            return held == 0 ? Optional.empty() : Optional.of(reading.get());
        });
    }

    /** Lets another have it at once. */
    void give() {
        jdbi.useHandle(handle -> handle.createUpdate("update search_feed set until = '-infinity' where node = :node")
                .bind("node", node)
                .execute());
    }
}
