package press.masthead.reviews;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Answer;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Standing;
import press.masthead.stories.StoryCard;

/**
 * Everyone who gets a review, with what they ranked and what is withheld from them. Three questions to the database for all of
 * them together, read side by side in the order of the readers' numbers; never one for each.
 */
final class Members {
    private static final int ROWS_AT_ONCE = 2_000;

    private final Handle handle;
    private final Candidates.Week week;
    private final Instant now;
    private final Map<Long, List<Candidates.Carried>> carried;
    private final List<Long> usual;
    private final List<Long> stories;
    private final Map<Set<String>, Withheld> beyond = new HashMap<>();

    Members(Handle handle, Candidates.Week week, Instant now) {
        this.handle = handle;
        this.week = week;
        this.now = now;
        this.carried = Candidates.carried(handle, week.catalogue(), now);
        this.usual = week.usual();
        this.stories = week.cards().stream().map(StoryCard::id).toList();
    }

    /**
     * One member.
     *
     * @param ranking industries by id, the most wanted first
     * @param whose who put them in this order
     */
    record Member(long readerId, List<Long> ranking, Whose whose) {
        boolean chosen() {
            return whose == Whose.OWN;
        }
    }

    /** The member, their team, or what members choose most. */
    enum Whose {
        OWN,
        TEAM,
        USUAL
    }

    private record Row(long readerId, List<String> plans, boolean staff, List<Long> own, List<Long> teams) {
        Member member(List<Long> usual) {
            if (!own.isEmpty()) return new Member(readerId, own, Whose.OWN);
            return teams.isEmpty() ? new Member(readerId, usual, Whose.USUAL) : new Member(readerId, teams, Whose.TEAM);
        }
    }

    private record Had(long readerId, List<Long> stories) {}

    private record Gets(long readerId, long newsletterId, Instant since) {}

    /** Whom this is for, one after the other. */
    interface Visitor {
        /** @param withheld of this member; the next one's is written over it */
        void member(Member member, Withheld withheld);
    }

    /** Everyone who gets the newsletter and may read what is for members. */
    void forEach(long newsletter, Visitor visitor) {
        visit(newsletter, 0, EVERYONE, HAD, GETS, visitor);
    }

    /** One person, whether or not they get the newsletter; nobody when they may not read what is for members. */
    void one(long newsletter, long reader, Visitor visitor) {
        visit(newsletter, reader, ONE, HAD_ONE, GETS_ONE, visitor);
    }

    /** Their own order counts; else that of the team on whose seat they have sat longest, of those teams that have set one. */
    /** A member of the plan that the site has had longest, who has chosen nothing, read nothing and gets nothing else. */
    void newcomer(Visitor visitor) {
        List<String> plans = handle.createQuery("select slug from plan order by id limit 1")
                .mapTo(String.class)
                .list();
        var row = new Row(0, plans, false, List.of(), List.of());
        visitor.member(row.member(usual), new Withheld(week.catalogue().size()).addAll(beyond(row)));
    }

    private static final String MEMBER = """
            select r.id as reader_id, coalesce(e.plans, '{}') as plans, st.reader_id is not null as staff,
                   coalesce(k.ranking, '{}') as own, coalesce(t.ranking, '{}') as teams
            from %s
            left join staff st on st.reader_id = r.id
            left join lateral (select array_agg(industry_id order by rank) as ranking
                               from industry_rank k join industry i on i.id = k.industry_id and i.retired_at is null
                               where k.reader_id = r.id) k on true
            left join (
              select distinct on (se.reader_id) se.reader_id, d.ranking
              from (select team_id, array_agg(industry_id order by rank) as ranking
                    from team_industry_rank k join industry i on i.id = k.industry_id and i.retired_at is null group by team_id) d
              join seat s on s.team_id = d.team_id
              join seat_entitlement se on se.via_id = s.id and se.since <= :now and se.until > :now
              order by se.reader_id, s.taken_at, s.id) t on t.reader_id = r.id
            where (e.reader_id is not null or st.reader_id is not null)
            order by r.id
            """;

    private static final String EVERYONE = MEMBER.formatted("""
            subscription s join reader r on r.id = s.reader_id and r.confirmed_at is not null and s.newsletter_id = :newsletter
            left join (select reader_id, array_agg(distinct plan) as plans from entitlement
                       where since <= :now and until > :now group by reader_id) e on e.reader_id = r.id""");
    private static final String ONE = MEMBER.formatted("""
            (select id from reader where id = :reader) r
            left join (select reader_id, array_agg(distinct plan) as plans from entitlement
                       where reader_id = :reader and since <= :now and until > :now group by reader_id) e on e.reader_id = r.id""");

    private static final String HAD = """
            select reader_id, array_agg(story) as stories from (
              select reader_id, story_id as story from member_read where story_id = any(:stories)
              union all
              select m.reader_id, unnest(m.stories) from member_review m where m.edition_id = any(:editions)) had
            group by reader_id order by reader_id
            """;
    private static final String HAD_ONE = """
            select :reader as reader_id, array_agg(story) as stories from (
              select story_id as story from member_read where reader_id = :reader and story_id = any(:stories)
              union all
              select unnest(m.stories) from member_review m where m.reader_id = :reader and m.edition_id = any(:editions)) had
            having count(*) > 0
            """;
    private static final String GETS = """
            select o.reader_id, o.newsletter_id, o.since from subscription s
            join subscription o on o.reader_id = s.reader_id and o.newsletter_id = any(:newsletters)
            where s.newsletter_id = :newsletter order by o.reader_id
            """;
    private static final String GETS_ONE = """
            select reader_id, newsletter_id, since from subscription
            where reader_id = :reader and newsletter_id = any(:newsletters)
            """;

    private void visit(
            long newsletter, long reader, String who, String whatTheyHad, String whatTheyGet, Visitor visitor) {
        Withheld withheld = new Withheld(week.catalogue().size());
        try (var members = ask(who, newsletter, reader).mapTo(Row.class).iterator();
                var had = ask(whatTheyHad, newsletter, reader).mapTo(Had.class).iterator();
                var gets =
                        ask(whatTheyGet, newsletter, reader).mapTo(Gets.class).iterator()) {
            var hadBefore = new Beside<Had>(had, Had::readerId);
            var getsToo = new Beside<Gets>(gets, Gets::readerId);
            while (members.hasNext()) {
                Row row = members.next();
                withheld.clear();
                withheld.addAll(beyond(row));
                hadBefore.of(
                        row.readerId(),
                        before -> before.stories()
                                .forEach(story -> week.catalogue().number(story).ifPresent(withheld::add)));
                getsToo.of(
                        row.readerId(),
                        other -> carried.getOrDefault(other.newsletterId(), List.of()).stream()
                                .filter(edition -> !edition.at().isBefore(other.since()))
                                .forEach(edition -> withheld.addAll(edition.pieces())));
                visitor.member(row.member(usual), withheld);
            }
        }
    }

    /** Of these names each question takes those that it has. */
    private Query ask(String sql, long newsletter, long reader) {
        Query query = handle.createQuery(sql).setFetchSize(ROWS_AT_ONCE);
        query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return query.bind("newsletter", newsletter)
                .bind("reader", reader)
                .bind("now", now)
                .bindArray("stories", Long.class, stories)
                .bindArray("editions", Long.class, earlier(newsletter))
                .bindArray("newsletters", Long.class, List.copyOf(carried.keySet()));
    }

    /** Every industry, those first that members rank most and highest: for whoever has not chosen. */
    static List<Long> usual(Handle handle) {
        return handle.createQuery("""
                        select i.id from industry i left join (
                          select industry_id, sum(1.0 / rank) as weight from industry_rank group by industry_id) k on k.industry_id = i.id
                        where i.retired_at is null
                        order by k.weight desc nulls last, i.position, i.name, i.id
                        """).mapTo(Long.class).list();
    }

    /** Those of the last weeks, whose partitions alone are looked at. */
    private List<Long> earlier(long newsletter) {
        return handle.createQuery("""
                        select id from edition
                        where newsletter_id = :newsletter and due_at >= :oldest and state in ('sending', 'sent')
                        """)
                .bind("newsletter", newsletter)
                .bind("oldest", now.minus(Candidates.OLDEST).minus(Candidates.OLDEST))
                .mapTo(Long.class)
                .list();
    }

    /** What the paywall keeps from someone with these plans, asked once for each set of plans. */
    private Withheld beyond(Row row) {
        Set<String> plans = row.staff() ? Set.of() : Set.copyOf(row.plans());
        return beyond.computeIfAbsent(plans, any -> {
            Standing standing = row.staff() ? new Standing.Staff() : new Standing.Member(plans, Instant.MAX);
            Withheld kept = new Withheld(week.catalogue().size());
            for (int i = 0; i < week.cards().size(); i++)
                if (!(Paywall.ask(standing, week.cards().get(i).rule(), now, Meter.OFF, Gift.NONE)
                        instanceof Answer.Open)) kept.add(i);
            return kept;
        });
    }

    /** Rows in the order of readers, read beside the members' own: each is met once. */
    private static final class Beside<T> {
        private final Iterator<T> rows;
        private final java.util.function.ToLongFunction<T> whose;
        private @Nullable T next;

        Beside(Iterator<T> rows, java.util.function.ToLongFunction<T> whose) {
            this.rows = rows;
            this.whose = whose;
            advance();
        }

        private void advance() {
            next = rows.hasNext() ? rows.next() : null;
        }

        void of(long reader, Consumer<T> each) {
            T row = next;
            while (row != null && whose.applyAsLong(row) <= reader) {
                if (whose.applyAsLong(row) == reader) each.accept(row);
                advance();
                row = next;
            }
        }
    }
}
