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
}
