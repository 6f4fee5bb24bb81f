package press.masthead.teams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a manager learns about reading: how many and how much, by month; nothing about one person. */
class UsageTest {
    private final TeamRoom room = new TeamRoom();

    @AfterEach
    void close() {
        room.close();
    }

    private void story(String slug, String kind) {
        room.jdbi.useHandle(handle -> handle.execute(
                "insert into story (slug, kind, title, state, published_at, created_at, updated_at) values (?, ?, ?, 'published', now(), now(), now())",
                slug,
                kind,
                slug));
    }

    private long read(Team team, int people, String slug) {
        IntStream.range(0, people).forEach(n -> {
            String email = "p" + n + "@ministry.example";
            if (room.count("select count(*) from seat where email_key = '" + email + "'") == 0)
                room.seated(team, email);
            room.usage.opened(room.reader(email).id(), slug);
        });
        room.usage.write();
        return people;
    }

    @Test
    void five_readers_are_counted_and_fewer_are_hidden() {
        story("a-memo", "memo");
        story("a-story", "article");
        Team team = room.team(20, false);
        read(team, 4, "a-memo");
        assertThat(room.usage.months(team, 12)).singleElement().satisfies(month -> {
            assertThat(month.isHidden()).isTrue();
            assertThat(month.used()).isEqualTo(4);
            assertThat(month.pieces()).isEmpty();
        });
        read(team, 5, "a-story");
        assertThat(room.usage.months(team, 12)).singleElement().satisfies(month -> {
            assertThat(month.active()).isEqualTo(5);
            assertThat(month.pieces()).isEqualTo(Map.of("memo", 4L, "article", 5L));
        });
        assertThat(room.seat(team, "p0@ministry.example").lastRead()).hasToString("Optional[2026-11-01]");
    }

    @Test
    void who_has_no_seat_counts_nowhere_and_what_was_read_stands_beside_no_name() {
        story("a-memo", "memo");
        Team team = room.team(20, false);
        room.usage.opened(room.reader("stranger@elsewhere.example").id(), "a-memo");
        room.usage.write();
        assertThat(room.count("select count(*) from team_month") + room.count("select count(*) from seat_month"))
                .isZero();
        read(team, 5, "a-memo");
        List<String> columns = room.jdbi.withHandle(
                handle -> handle.createQuery("""
                        select column_name from information_schema.columns where table_name in ('seat_month', 'team_month')
                        and column_name like '%story%' or table_name = 'team_month' and column_name in ('seat_id', 'reader_id')
                        """).mapTo(String.class).list());
        assertThat(columns).isEmpty();
    }

    @Test
    void a_chart_says_in_words_what_it_shows() {
        String svg = UsageChart.svg(
                List.of(
                        new Usage.Month(YearMonth.of(2026, 10), 40, 31, Map.of("memo", 12L)),
                        new Usage.Month(YearMonth.of(2026, 11), 42, -1, Map.of())),
                "Ports & <Harbours>");
        assertThat(svg)
                .contains(
                        "role=\"img\"",
                        "Ports &amp; &lt;Harbours&gt;, November 2026: 42 seats in use, fewer than 5 active readers.",
                        ">31<");
        assertThat(svg).doesNotContain("style=");
    }

    private long session(String slug) {
        return room.jdbi.withHandle(handle -> handle.createQuery("""
                        insert into live_session (slug, title, starts_at, zone, state, created_at)
                        values (:slug, :slug, cast(:at as timestamptz), 'UTC', 'ended', now()) returning id
                        """)
                .bind("slug", slug)
                .bind("at", room.clock.instant())
                .mapTo(Long.class)
                .one());
    }

    private void watched(long session, String email, int minutes) {
        long reader = room.reader(email).id();
        room.jdbi.useHandle(handle -> handle.execute("""
                insert into live_minute select ?, ?, date_trunc('minute', cast(? as timestamptz)) + n * interval '1 minute'
                from generate_series(1, ?) n
                """, session, reader, room.clock.instant(), minutes));
    }

    @Test
    void a_manager_learns_how_much_the_own_people_watched_and_nothing_of_another_team() {
        Team ministry = room.team(20, false);
        Team bank = room.team("Harbour Bank", 20, false, "2026-11-01T00:00:00+01:00", "2027-11-01T00:00:00+01:00");
        for (int n = 0; n < 5; n++) room.seated(ministry, "p" + n + "@ministry.example");
        for (int n = 0; n < 6; n++) room.seated(bank, "b" + n + "@bank.example");
        long asked = session("ask-the-energy-desk");
        long few = session("ask-the-port-desk");
        for (int n = 0; n < 5; n++) watched(asked, "p" + n + "@ministry.example", 10);
        for (int n = 0; n < 6; n++) watched(asked, "b" + n + "@bank.example", 2);
        watched(asked, "stranger@elsewhere.example", 60);
        watched(few, "p0@ministry.example", 30);
        assertThat(room.usage.sessions(ministry, 10))
                .extracting(Usage.Session::title, Usage.Session::people, Usage.Session::minutes)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ask-the-port-desk", -1L, 0L),
                        org.assertj.core.groups.Tuple.tuple("ask-the-energy-desk", 5L, 50L));
        assertThat(room.usage.sessions(bank, 10))
                .extracting(Usage.Session::title, Usage.Session::people, Usage.Session::minutes)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("ask-the-energy-desk", 6L, 12L));
    }
}
