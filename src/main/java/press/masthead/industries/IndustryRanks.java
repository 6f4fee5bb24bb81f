package press.masthead.industries;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Which industries matter to a reader, and in which order. Their own order always counts; until they have one, the order that
 * their team set for its members does.
 */
public final class IndustryRanks {
    private final Jdbi jdbi;
    private final Clock clock;

    public IndustryRanks(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Every industry as a reader ranks it; 0 for one that they left out. */
    public record Ranked(String slug, String name, int rank) {}

    /** Where the order comes from that counts for a reader. */
    public enum Whose {
        OWN,
        TEAM,
        NOBODY
    }

    /**
     * The order that counts for a reader.
     *
     * @param team the name of a team of theirs that has set an order, whether or not that is the one that counts
     */
    public record Ranking(List<Ranked> industries, Whose whose, Optional<String> team) {}

    /** All industries: first those that the reader ranked, in that order, then the others in the newsroom's. */
    public List<Ranked> of(long reader) {
        return jdbi.withHandle(handle -> of(handle, reader));
    }

    private static List<Ranked> of(Handle handle, long reader) {
        return handle.createQuery("""
                        select i.slug, i.name, coalesce(r.rank, 0) as rank
                        from industry i left join industry_rank r on r.industry_id = i.id and r.reader_id = :reader
                        where i.retired_at is null
                        order by r.rank nulls last, i.position, i.name
                        """)
                .bind("reader", reader)
                .mapTo(Ranked.class)
                .list();
    }

    private record Team(long id, String name) {}

    /** The reader's own order, or their team's, or none. */
    public Ranking counting(long reader) {
        return jdbi.withHandle(handle -> {
            Optional<Team> team = team(handle, reader);
            Optional<String> name = team.map(Team::name);
            List<Ranked> own = of(handle, reader);
            if (own.stream().anyMatch(industry -> industry.rank() > 0)) return new Ranking(own, Whose.OWN, name);
            return team.map(theirs -> new Ranking(TeamRanks.of(handle, theirs.id()), Whose.TEAM, name))
                    .orElseGet(() -> new Ranking(own, Whose.NOBODY, name));
        });
    }

    /** Of the teams that have set an order and keep a seat for the reader now, the one on whose seat they have sat longest. */
    private Optional<Team> team(Handle handle, long reader) {
        return handle.createQuery("""
                        select t.id, t.name from seat_entitlement e join seat s on s.id = e.via_id join team t on t.id = s.team_id
                        where e.reader_id = :reader and e.since <= :now and e.until > :now
                          and exists (select from team_industry_rank d join industry i on i.id = d.industry_id
                                      where d.team_id = t.id and i.retired_at is null)
                        order by s.taken_at, s.id limit 1
                        """)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .mapTo(Team.class)
                .findOne();
    }

    /**
     * Has the reader's industries be these and no others, closed up to 1, 2, 3 ... What they had ranked and is retired stays, in
     * case it comes back.
     *
     * @param numbers what the reader wrote beside each slug; of two with one number the newsroom's order decides
     */
    public void choose(long reader, Map<String, Integer> numbers) {
        jdbi.useTransaction(handle -> choose(handle, reader, numbers));
    }

    /** As above, in the caller's transaction. */
    public void choose(Handle handle, long reader, Map<String, Integer> numbers) {
        List<String> ranked = inOrder(handle, numbers);
        handle.createUpdate("""
                        delete from industry_rank r using industry i
                        where r.reader_id = :reader and i.id = r.industry_id and i.retired_at is null
                        """).bind("reader", reader).execute();
        handle.createUpdate("""
                        insert into industry_rank (reader_id, industry_id, rank)
                        select :reader, i.id, w.rank
                        from unnest(cast(:slugs as text[])) with ordinality as w (slug, rank) join industry i using (slug)
                        """)
                .bind("reader", reader)
                .bindArray("slugs", String.class, ranked)
                .execute();
    }

    /** Those of these industries that there are, the most wanted first. */
    static List<String> inOrder(Handle handle, Map<String, Integer> numbers) {
        List<String> slugs = new ArrayList<>(numbers.keySet());
        return handle
                .createQuery(
                        "select slug from industry where slug = any(:slugs) and retired_at is null order by position, name")
                .bindArray("slugs", String.class, slugs)
                .mapTo(String.class)
                .stream()
                .sorted(Comparator.comparing(slug -> numbers.getOrDefault(slug, 0)))
                .toList();
    }
}
