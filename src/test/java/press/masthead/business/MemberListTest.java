package press.masthead.business;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestSite;

/** The list of members among 200,000: each filter by an index of its own, and page after page without one twice. */
class MemberListTest {
    private static final TestSite SITE = new TestSite();
    private static final MemberList LIST = new MemberList(SITE.jdbi, SITE.clock, SITE.letterhead::zone);

    @BeforeAll
    static void fill() {
        SITE.jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into price (plan_id, amount, currency, "interval") select id, 3000, 'USD', 'month' from plan where slug = 'pro'
                    """);
            handle.execute("""
                    insert into reader (email, email_key, name, created_at)
                    select 'm' || n || '@crowd.example', 'm' || n || '@crowd.example', 'Person Crowd' || n, '2024-01-01'
                    from generate_series(1, 200000) n
                    """);
            handle.execute("""
                    insert into membership (reader_id, price_id, payment, started_at, trial_ends_at, until, ended_at, cancelled_at, source)
                    select id, case when n % 5000 = 0 then month else year end,
                           case when n % 4000 = 1 then 'complimentary' else 'invoice' end, start,
                           case when n > 199900 then timestamptz '2026-12-20' end,
                           timestamptz '2026-12-20', case when n % 6000 = 7 then timestamptz '2026-11-01' end,
                           case when n % 7000 = 8 then timestamptz '2026-11-01' end,
                           case when n % 2500 = 3 then 'spring' else '' end
                    from (select id, row_number() over (order by id) as n,
                                 timestamptz '2024-01-01' + row_number() over (order by id) * interval '7 minutes' as start from reader) r,
                         (select min(id) as year, max(id) as month from price) p
                    """);
            handle.execute("""
                    insert into invoice (number, membership_id, what, email, amount, currency, period_from, period_until, issued_at, due_at, paid_at)
                    select n, id, 'PRO', '', 30000, 'USD', started_at, until, started_at, '2026-11-20',
                           case when n % 9000 <> 10 then timestamptz '2026-11-10' end
                    from (select *, row_number() over (order by id) as n from membership) m
                    """);
            handle.execute(
                    "insert into offer (code, percent, from_at, created_at) values ('SPRING', 10, '2026-01-01', '2026-01-01')");
            handle.execute("""
                    insert into offer_use (offer_id, reader_id, membership_id, used_at)
                    select o.id, m.reader_id, m.id, m.started_at from offer o, (select * from membership order by id limit 3) m
                    """);
            handle.execute(
                    "insert into team (name, zone, created_at) select case n when 500 then 'Harbour Board' else 'Team ' || n end, 'Europe/Brussels', now() from generate_series(1, 1000) n");
            handle.execute("""
                    insert into contract (team_id, plan_id, seats, seat_price, currency, since, until, grace_until, terms_days, billing_name,
                                          contact_email, created_at)
                    select t.id, p.id, 5, 1000, 'USD', '2026-01-01', '2027-01-01', '2027-01-10', 30, 'Harbour', 'a@b.example', '2026-01-01'
                    from team t, plan p where p.slug = 'pro'
                    """);
            handle.execute("""
                    insert into seat (team_id, email, email_key, reader_id, came_by, created_at, taken_at)
                    select t.id, r.email, r.email_key, r.id, 'invitation', '2026-02-01', '2026-02-02'
                    from team t join reader r on r.id between t.id * 20 and t.id * 20 + 3
                    """);
            handle.execute("analyze");
        });
    }

    @AfterAll
    static void close() {
        SITE.close();
    }

    private static MemberFilter filter(String... parts) {
        var all = new ArrayList<>(List.of("", "", "", "", "", "", "", "", "", ""));
        List<String> names =
                List.of("words", "state", "plan", "interval", "pays", "source", "offer", "team", "from", "until");
        for (int i = 0; i < parts.length; i += 2) all.set(names.indexOf(parts[i]), parts[i + 1]);
        return new MemberFilter(
                all.get(0),
                all.get(1),
                all.get(2),
                all.get(3),
                all.get(4),
                all.get(5),
                all.get(6),
                all.get(7),
                all.get(8),
                all.get(9));
    }

    private static long many(String... parts) {
        return LIST.page(filter(parts), Moves.Place.FIRST, 1_000).size();
    }

    @Test
    void each_filter_is_answered_by_an_index() {
        var asked = List.of(
                filter(),
                filter("state", "trial"),
                filter("state", "paying"),
                filter("state", "given"),
                filter("state", "cancelled"),
                filter("state", "due"),
                filter("state", "paused"),
                filter("state", "ended"),
                filter("interval", "month"),
                filter("plan", "pro"),
                filter("pays", "complimentary"),
                filter("pays", "stripe"),
                filter("source", "spring"),
                filter("source", "nowhere"),
                filter("offer", "SPRING"),
                filter("team", "harbour board"),
                filter("words", "crowd777"),
                filter("from", "2024-03-01", "until", "2024-03-02"),
                filter("words", "crowd777", "state", "paying", "source", "spring"));
        for (MemberFilter one : asked)
            assertThat(LIST.explain(one, 51))
                    .as(one.toString())
                    .doesNotContain(
                            "Seq Scan on membership", "Seq Scan on reader", "Seq Scan on seat", "Seq Scan on invoice");
        assertThat(LIST.explain(filter("source", "nowhere"), 51)).contains("membership_by_source");
        assertThat(LIST.explain(filter("state", "cancelled"), 51)).contains("membership_cancelled");
        assertThat(LIST.explain(filter("state", "due"), 51)).contains("invoice_open_due");
        assertThat(LIST.explain(filter("words", "crowd777"), 51)).contains("reader_words");
    }

    @Test
    void each_filter_finds_those_and_no_others() {
        assertThat(many("state", "trial")).isBetween(90L, 100L);
        assertThat(many("state", "ended")).isEqualTo(34);
        assertThat(many("state", "cancelled")).isEqualTo(29);
        assertThat(many("state", "due")).isEqualTo(23);
        assertThat(many("state", "given")).isEqualTo(50);
        assertThat(many("pays", "complimentary")).isEqualTo(50);
        assertThat(many("interval", "month")).isEqualTo(40);
        assertThat(many("source", "spring")).isEqualTo(80);
        assertThat(many("offer", "SPRING")).isEqualTo(3);
        assertThat(many("team", "HARBOUR board")).isEqualTo(4);
        assertThat(many("team", "harbour board", "words", "crowd10001")).isEqualTo(1);
        assertThat(many("words", "crowd777@ nobody")).isZero();
        assertThat(many("words", "%%%")).isZero();
        assertThat(many("from", "2024-01-02", "until", "2024-01-02")).isBetween(204L, 207L);
        assertThat(LIST.count(filter())).isEqualTo(MemberList.MOST_COUNTED + 1);
    }

    @Test
    void pages_follow_each_other_without_one_twice_or_left_out() {
        var seen = new ArrayList<Long>();
        var place = Moves.Place.FIRST;
        for (; ; ) {
            var page = LIST.page(filter("source", "spring"), place, 7);
            if (page.isEmpty()) break;
            page.forEach(row -> seen.add(row.id()));
            place = new Moves.Place(page.getLast().since(), page.getLast().id());
        }
        assertThat(seen).hasSize(80).doesNotHaveDuplicates();
    }

    @Test
    void who_came_back_is_listed_once_as_they_stand_now() {
        long reader = SITE.reader("back@reader.example");
        SITE.jdbi.useHandle(
                handle -> handle.createUpdate("""
                        insert into membership (reader_id, price_id, started_at, until, ended_at, source)
                        select :reader, min(id), timestamptz '2025-01-01', timestamptz '2026-01-01', timestamptz '2026-01-01', 'return' from price
                        union all select :reader, min(id), '2026-05-01', '2027-05-01', null, 'return' from price
                        """).bind("reader", reader).execute());
        assertThat(LIST.page(filter("source", "return"), Moves.Place.FIRST, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.words()).isEqualTo("Paying"));
    }
}
