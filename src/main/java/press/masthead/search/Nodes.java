package press.masthead.search;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** How far each node's index is, and what is wanted of all of them. */
final class Nodes {
    private final Jdbi jdbi;
    private final UUID node = UUID.randomUUID();

    Nodes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    UUID self() {
        return node;
    }

    /** @param database which one an index must have been made from */
    record Wish(long epoch, String database) {}

    Wish wanted() {
        return jdbi.withHandle(handle -> handle.createQuery("select epoch, database::text from search_epoch")
                .mapTo(Wish.class)
                .one());
    }

    record Node(long epoch, boolean making, long done, long total) {}

    void tell(Node own) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into search_node (node, epoch, making, done, total, seen_at)
                        values (:node, :epoch, :making, :done, :total, now())
                        on conflict (node) do update set epoch = excluded.epoch, making = excluded.making, done = excluded.done,
                          total = excluded.total, seen_at = excluded.seen_at
                        where (search_node.epoch, search_node.making, search_node.done) is distinct from (excluded.epoch, excluded.making, excluded.done)
                           or search_node.seen_at < now() - interval '10 seconds'
                        """)
                .bind("node", node)
                .bind("epoch", own.epoch())
                .bind("making", own.making() ? own.epoch() + 1 : null)
                .bind("done", own.done())
                .bind("total", own.total())
                .execute());
    }

    /** Asks for all to be made again. */
    long next() {
        return jdbi.inTransaction(handle -> {
            long next = handle.createQuery("update search_epoch set epoch = epoch + 1 returning epoch")
                    .mapTo(Long.class)
                    .one();
            handle.execute("notify story_changed");
            return next;
        });
    }

    /** Those that have been heard of in the last half minute. */
    List<Node> running() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select epoch, making is not null as making, done, total from search_node
                        where seen_at > now() - interval '30 seconds'
                        """).mapTo(Node.class).list());
    }

    void forgetOld() {
        jdbi.useHandle(handle -> handle.execute("delete from search_node where seen_at < now() - interval '1 day'"));
    }
}
