package press.masthead.business;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Everyone who is or was a member, each once with their latest membership, and whoever reads on a team's seats. */
final class MemberList {
    /** Beyond this many the page says "200+": nobody waits for a count. */
    static final int MOST_COUNTED = 200;

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    private final Jdbi jdbi;
    private final Clock clock;
    private final Supplier<ZoneId> zone;

    MemberList(Jdbi jdbi, Clock clock, Supplier<ZoneId> zone) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * @param state as {@link MemberState} is stored; {@code seat} for whoever reads through a team
     * @param until until when it is paid, free or given
     * @param team whose seat it is; empty for a membership
     */
    record Row(
            long id,
            long readerId,
            String email,
            String name,
            String state,
            String plan,
            String interval,
            String payment,
            String source,
            Instant since,
            Instant until,
            String team) {
        String who() {
            return name.isBlank() ? email : name;
        }

        String words() {
            return MemberState.of(state).map(known -> known.words).orElse("On a seat");
        }

        String tone() {
            return MemberState.of(state).map(known -> known.tone).orElse("member");
        }
    }

    private static final String FOUND = """
            with found as materialized (
              select id from reader where reader_words(name, email_key) @@ to_tsquery('simple', :words))
            """;

    private static final String SELECT = """
            select m.id, m.reader_id, r.email, r.name, now_is.state, p.name as plan, pr."interval", m.payment, m.source,
                   m.started_at as since, coalesce(m.ended_at, m.until) as until, '' as team
            from membership m
            join reader r on r.id = m.reader_id
            join price pr on pr.id = m.price_id
            join plan p on p.id = pr.plan_id
            cross join lateral (select case
              when m.ended_at is not null then 'ended'
              when m.paused_from <= :now and m.paused_until > :now then 'paused'
              when m.payment in ('gift', 'complimentary') then 'given'
              when m.cancelled_at is not null then 'cancelled'
              when m.grace_until is not null then 'due'
              when m.trial_ends_at >= m.until then 'trial'
              when exists (select from invoice i where i.membership_id = m.id and i.paid_at is null and i.voided_at is null
                           and i.due_at < :now) then 'due'
              else 'paying' end as state) now_is
            where m.reader_id is not null and (m.started_at, m.id) < (:at, :id)
              and m.started_at >= :from and m.started_at < :until
              and not exists (select from membership later where later.reader_id = m.reader_id and later.id > m.id)
              and (:state = '' or now_is.state = :state)
              and (:pays = '' or m.payment = :pays)
              and (:source = '' or m.source = :source)
              and (:anyPrice or m.price_id = any(:prices))
            """;

    private static final String SEATS = """
            select s.id, s.reader_id, r.email, r.name, 'seat' as state, coalesce(c.plan, '') as plan, '' as "interval", 'team' as payment,
                   s.came_by as source, s.taken_at as since, coalesce(c.until, s.taken_at) as until, t.name as team
            from team t
            join seat s on s.team_id = t.id and s.ended_at is null and s.taken_at is not null
            join reader r on r.id = s.reader_id
            left join lateral (
              select p.name as plan, c.until from contract c join plan p on p.id = c.plan_id
              where c.team_id = t.id order by c.since desc limit 1) c on true
            where lower(t.name) = lower(:team) and (s.taken_at, s.id) < (:at, :id) and s.taken_at >= :from and s.taken_at < :until
            """;

    /** The question for a filter, of fixed pieces: an index serves only what stands in it, so what is not asked is left out. */
    static String sql(MemberFilter filter) {
        boolean seats = !filter.team().isEmpty();
        var sql = new StringBuilder(filter.words().isEmpty() ? "" : FOUND).append(seats ? SEATS : SELECT);
        if (!filter.words().isEmpty())
            sql.append(" and ").append(seats ? "s" : "m").append(".reader_id in (select id from found)");
        if (!seats) {
            MemberState.of(filter.state())
                    .ifPresent(state -> sql.append(" and ").append(state.condition));
            if (!filter.offer().isEmpty())
                sql.append(" and m.id in (select u.membership_id from offer_use u join offer o on o.id = u.offer_id")
                        .append(" where o.code = :offer)");
        }
        return sql.append(seats ? " order by s.taken_at desc, s.id desc" : " order by m.started_at desc, m.id desc")
                .append(" limit :most")
                .toString();
    }

    /** Where a page ended is where the next begins. */
    List<Row> page(MemberFilter filter, Moves.Place after, int most) {
        return jdbi.inTransaction(handle ->
                query(handle, sql(filter), filter, after, most).mapTo(Row.class).list());
    }

    /** How many there are, at most one more than {@link #MOST_COUNTED}. */
    int count(MemberFilter filter) {
        return jdbi.inTransaction(handle -> query(
                        handle,
                        "select count(*) from (" + sql(filter) + ") counted",
                        filter,
                        Moves.Place.FIRST,
                        MOST_COUNTED + 1)
                .mapTo(Integer.class)
                .one());
    }

    /** All of them, one after the other. */
    void each(MemberFilter filter, Consumer<Row> to) {
        jdbi.useTransaction(handle -> query(handle, sql(filter), filter, Moves.Place.FIRST, Integer.MAX_VALUE)
                .setFetchSize(1_000)
                .mapTo(Row.class)
                .forEach(to));
    }

    /** The plan that PostgreSQL makes of a page. */
    String explain(MemberFilter filter, int most) {
        List<String> lines =
                jdbi.inTransaction(handle -> query(handle, "explain " + sql(filter), filter, Moves.Place.FIRST, most)
                        .mapTo(String.class)
                        .list());
        return String.join("\n", lines);
    }

    private Query query(Handle handle, String sql, MemberFilter filter, Moves.Place after, int most) {
        // What is asked decides by which index it is found, so it is planned each time.
        handle.execute("set local plan_cache_mode = force_custom_plan");
        return handle.createQuery(sql)
                .bind("now", clock.instant())
                .bind("words", filter.beginnings())
                .bind("at", after.at())
                .bind("id", after.membership())
                .bind("from", filter.from().isEmpty() ? Instant.EPOCH : start(LocalDate.parse(filter.from())))
                .bind(
                        "until",
                        filter.until().isEmpty()
                                ? EVER
                                : start(LocalDate.parse(filter.until()).plusDays(1)))
                .bind("state", filter.state())
                .bind("pays", filter.pays())
                .bind("source", filter.source())
                .bind("offer", filter.offer())
                .bind("team", filter.team())
                .bind("anyPrice", filter.plan().isEmpty() && filter.interval().isEmpty())
                .bindArray("prices", Long.class, prices(handle, filter))
                .bind("most", most);
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone.get()).toInstant();
    }

    private static List<Long> prices(Handle handle, MemberFilter filter) {
        if (filter.plan().isEmpty() && filter.interval().isEmpty()) return List.of();
        return handle.createQuery("""
                        select pr.id from price pr join plan p on p.id = pr.plan_id
                        where (:plan = '' or p.slug = :plan) and (:interval = '' or pr."interval" = :interval)
                        """)
                .bind("plan", filter.plan())
                .bind("interval", filter.interval())
                .mapTo(Long.class)
                .list();
    }

    /** What the fields propose: the first of each, by name. */
    record Choices(List<String> sources, List<String> offers, List<String> teams) {}

    Choices choices() {
        return jdbi.withHandle(handle -> new Choices(
                handle.createQuery("""
                                with recursive step (source, n) as (
                                  select (select source from membership where reader_id is not null and source > ''
                                          order by source limit 1), 1
                                  union all
                                  select (select m.source from membership m where m.reader_id is not null and m.source > step.source
                                          order by m.source limit 1), n + 1 from step where step.source is not null and n < 200)
                                select source from step where source is not null
                                """).mapTo(String.class).list(),
                handle.createQuery("select code from offer order by code limit 200")
                        .mapTo(String.class)
                        .list(),
                handle.createQuery("select name from team order by lower(name) limit 200")
                        .mapTo(String.class)
                        .list()));
    }
}
