package press.masthead.search;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * What changed since a node last asked. A transaction may commit after one that began later; so a mark is the oldest transaction that
 * was still open, and rows from there on are read again until all before them are settled.
 */
final class Changes {
    private static final Duration KEPT = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final Set<Long> seen = new HashSet<>();

    Changes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param mark from where to ask next */
    record Since(String mark, List<Long> stories) {}

    record Row(long id, long storyId, String mark) {}

    /** The mark of this moment: whoever reads everything after it has been taken, and then what changed since, misses nothing. */
    String now() {
        return jdbi.withHandle(handle -> handle.createQuery("select pg_snapshot_xmin(pg_current_snapshot())::text")
                .mapTo(String.class)
                .one());
    }

    /** Stories that changed and were not told of yet. */
    Since since(String mark) {
        var rows = rows(mark);
        var stories = rows.stream()
                .filter(row -> row.id() > 0 && !seen.contains(row.id()))
                .map(Row::storyId)
                .distinct()
                .toList();
        return told(rows, stories);
    }

    /** What was told of last did not arrive, or an older mark counts again: from there on everything is told of once more. */
    void forgetTold() {
        seen.clear();
    }

    /** Every story that changed after a mark, whoever was told of it before. */
    Since everySince(String mark) {
        var rows = rows(mark);
        return told(
                rows,
                rows.stream()
                        .filter(row -> row.id() > 0)
                        .map(Row::storyId)
                        .distinct()
                        .toList());
    }

    private Since told(List<Row> rows, List<Long> stories) {
        seen.clear();
        rows.forEach(row -> seen.add(row.id()));
        return new Since(rows.getLast().mark(), stories);
    }

    private List<Row> rows(String mark) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select id, story_id, pg_snapshot_xmin(pg_current_snapshot())::text as mark
                        from story_change where xact >= :mark::xid8
                        union all select 0, 0, pg_snapshot_xmin(pg_current_snapshot())::text
                        """).bind("mark", mark).mapTo(Row.class).list());
    }

    /** Whether this database may have forgotten changes after that mark, or never knew it. */
    boolean isLost(String mark, long keptAtSeconds, long nowSeconds) {
        if (nowSeconds - keptAtSeconds > KEPT.toSeconds() - 3600) return true;
        return jdbi.withHandle(
                handle -> handle.createQuery("select :mark::xid8 > pg_snapshot_xmin(pg_current_snapshot())")
                        .bind("mark", mark)
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Changes that every node has long read. */
    void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "delete from story_change where at < clock_timestamp() - :kept * interval '1 second'")
                .bind("kept", KEPT.toSeconds())
                .execute());
    }
}
