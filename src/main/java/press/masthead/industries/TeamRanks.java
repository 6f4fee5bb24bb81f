package press.masthead.industries;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.industries.IndustryRanks.Ranked;

/** The order of industries that a team's members have until they choose their own. */
public final class TeamRanks {
    private final Jdbi jdbi;

    public TeamRanks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All industries: first those that the team ranked, in that order, then the others in the newsroom's. */
    public List<Ranked> of(long team) {
        return jdbi.withHandle(handle -> of(handle, team));
    }

    static List<Ranked> of(Handle handle, long team) {
        return handle.createQuery("""
                        select i.slug, i.name, coalesce(r.rank, 0) as rank
                        from industry i left join team_industry_rank r on r.industry_id = i.id and r.team_id = :team
                        where i.retired_at is null
                        order by r.rank nulls last, i.position, i.name
                        """).bind("team", team).mapTo(Ranked.class).list();
    }

    /** Has the team's industries be these and no others; with none its members have no order but their own. */
    public void choose(long team, Map<String, Integer> numbers) {
        jdbi.useTransaction(handle -> {
            List<String> ranked = IndustryRanks.inOrder(handle, numbers);
            handle.createUpdate("""
                            delete from team_industry_rank r using industry i
                            where r.team_id = :team and i.id = r.industry_id and i.retired_at is null
                            """).bind("team", team).execute();
            handle.createUpdate("""
                            insert into team_industry_rank (team_id, industry_id, rank)
                            select :team, i.id, w.rank
                            from unnest(cast(:slugs as text[])) with ordinality as w (slug, rank) join industry i using (slug)
                            """)
                    .bind("team", team)
                    .bindArray("slugs", String.class, ranked)
                    .execute();
        });
    }
}
