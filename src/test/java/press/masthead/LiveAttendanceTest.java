package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.bench.MovedClock;

/** A minute of watching counts once, for whoever holds the pass: by what was fetched, never by what a browser says of itself. */
class LiveAttendanceTest {
    private static Evening evening;
    private static MovedClock clock;

    @BeforeAll
    static void open() throws Exception {
        clock = new MovedClock(Instant.now().truncatedTo(ChronoUnit.MINUTES).plusSeconds(2));
        evening = new Evening(clock);
    }

    @AfterAll
    static void close() {
        evening.close();
    }

    @Test
    void two_windows_many_fetches_and_a_forged_pass_make_no_more_minutes_and_a_replay_is_told_apart() throws Exception {
        Person edda = evening.editor();
        String path = Studio.announced(evening, "Counted");
        long id = Long.parseLong(path.replaceAll("\\D", ""));
        evening.jdbi.useHandle(handle -> handle.execute(
                "update live_session set state = 'live', began_at = ? where id = ?", clock.instant(), id));
        Recorded.seconds(evening, id, 60);
        String take = evening.one("select id from live_take where session_id = " + id) + "-1";
        Files.write(
                evening.press.running.newsroom().config.data().resolve("live/" + id + "/" + take + "/v0-00000.ts"),
                new byte[188]);
        String segment = take + "-v0-00000.ts";
        Person ana = evening.member("ana@guest.example");
        Person tab = evening.signedIn("ana@guest.example");
        Person bo = evening.member("=bo@guest.example");
        for (int minute = 0; minute < 3; minute++) {
            for (int n = 0; n < 5; n++)
                for (Person one : new Person[] {ana, tab})
                    assertThat(one.get(Playlist.base(one, "counted") + segment).statusCode())
                            .isEqualTo(200);
            clock.pass(Duration.ofMinutes(1));
        }
        bo.get(Playlist.base(bo, "counted") + segment);
        // Signed in, asking for another's minutes or for none: neither counts.
        String forged = Playlist.base(bo, "counted").replaceFirst("/(\\d+)-", "/999999-");
        assertThat(evening.press.person().get(forged + segment).statusCode()).isEqualTo(410);
        clock.pass(Duration.ofMinutes(1));
        assertThat(bo.get("/live/counted/pass").statusCode())
                .as("a pass alone is no minute")
                .isEqualTo(200);
        assertThat(bo.get(Playlist.base(bo, "counted") + take + "-v0-99999.ts").statusCode())
                .isEqualTo(404);
        evening.jdbi.useHandle(handle -> handle.execute(
                "update live_session set state = 'ended', ended_at = ? where id = ?", clock.instant(), id));
        clock.pass(Duration.ofHours(2));
        ana.get(Playlist.base(ana, "counted") + segment);
        clock.pass(Duration.ofMinutes(1));
        ana.get(Playlist.base(ana, "counted") + segment);
        evening.press.running.newsroom().attendance.write();

        var page = Jsoup.parse(edda.get(path).body());
        assertThat(page.select("#who ~ table tbody tr").eachText()).containsExactly("ana 3 2", "=bo 1 0");
        var csv = edda.get(path + "/attendance.csv");
        assertThat(csv.body())
                .startsWith("\uFEFFreader,name,team,minutes_live,minutes_later\r\n")
                .contains("\"ana@guest.example\",\"ana\",\"\",3,2\r\n")
                .contains("\"'=bo@guest.example\",\"'=bo\",\"\",1,0\r\n");
        assertThat(evening.reporter().get(path + "/attendance.csv").statusCode())
                .isEqualTo(403);
        assertThat(ana.get(path + "/attendance.csv").statusCode()).isIn(403, 404);
    }
}
