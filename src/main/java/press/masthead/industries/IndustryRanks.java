package press.masthead.industries;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Which industries matter to a reader, and in which order. */
public final class IndustryRanks {
    private final Jdbi jdbi;

    public IndustryRanks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Every industry as a reader ranks it; 0 for one that they left out. */
    public record Ranked(String slug, String name, int rank) {}

    /** All industries: first those that the reader ranked, in that order, then the others in the newsroom's. */
    public List<Ranked> of(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select i.slug, i.name, coalesce(r.rank, 0) as rank
                        from industry i left join industry_rank r on r.industry_id = i.id and r.reader_id = :reader
                        order by r.rank nulls last, i.position, i.name
                        """)
                .bind("reader", reader)
                .mapTo(Ranked.class)
                .list());
    }

    /**
     * Has the reader's industries be these and no others, closed up to 1, 2, 3 ...
     *
     * @param numbers what the reader wrote beside each slug; of two with one number the newsroom's order decides
     */
    public void choose(long reader, Map<String, Integer> numbers) {
        List<String> slugs = new ArrayList<>(numbers.keySet());
        List<String> order = jdbi.withHandle(handle -> handle.createQuery(
                        "select slug from industry where slug = any(:slugs) order by position, name")
                .bindArray("slugs", String.class, slugs)
                .mapTo(String.class)
                .list());
        List<String> ranked = order.stream()
                .sorted(Comparator.comparing(slug -> numbers.getOrDefault(slug, 0)))
                .toList();
        jdbi.useTransaction(handle -> {
            handle.createUpdate("delete from industry_rank where reader_id = :reader")
                    .bind("reader", reader)
                    .execute();
            handle.createUpdate("""
                            insert into industry_rank (reader_id, industry_id, rank)
                            select :reader, i.id, w.rank
                            from unnest(cast(:slugs as text[])) with ordinality as w (slug, rank) join industry i using (slug)
                            """)
                    .bind("reader", reader)
                    .bindArray("slugs", String.class, ranked)
                    .execute();
        });
    }
}
