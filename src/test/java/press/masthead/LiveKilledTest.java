package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.bench.MovedClock;
import press.masthead.bench.ServedApart;

/** The server ended from one moment to the next in mid-session, and chapters of a recording that has a hole in it. */
@Tag("kill")
class LiveKilledTest {
    @Test
    void a_server_killed_in_mid_session_keeps_what_was_received_and_viewers_go_on_soon_after_its_start()
            throws Exception {
        var room = new ApartRoom("killed");
        byte[] film = LiveBreaksTest.film();
        ServedApart before = room.start();
        try {
            room.announce();
            String first = room.take(before);
            for (int n = 0; n < 8; n++) room.part(before, first, n, LiveBreaksTest.slice(film, n));
            Studio.until("viewers get pictures", () -> Playlist.segments(room.list(before), first + "-") >= 2);
            before.kill();
            try (var after = room.start()) {
                long begun = System.nanoTime();
                // As the browser does: it goes on with the take until it is told to begin another.
                int next = 8;
                boolean[] again = {false};
                while (!again[0]) {
                    var answer = room.part(after, first, next, LiveBreaksTest.slice(film, Math.min(next, 11)));
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    again[0] = answer.body().contains("\"again\":true");
                    if (next < LiveBreaksTest.PARTS) next++;
                    assertThat(System.nanoTime() - begun).isLessThan(60_000_000_000L);
                }
                String second = room.take(after);
                for (int n = 0; n < LiveBreaksTest.PARTS; n++)
                    room.part(after, second, n, LiveBreaksTest.slice(film, n));
                Studio.until("viewers go on", () -> Playlist.segments(room.list(after), second + "-") >= 2);
                System.out.printf(
                        "pictures again %.1f s after the server was there%n", (System.nanoTime() - begun) / 1e9);
                room.end(after);
                Studio.until("the recording is whole", () -> room.list(after).contains("#EXT-X-ENDLIST"));
                double seconds = Playlist.seconds(room.list(after));
                assertThat(seconds).as("all that was received of both takes").isBetween(8.5, 14.0);
            }
        } finally {
            before.close();
        }
    }

    @Test
    void a_chapter_after_a_break_begins_where_the_recording_has_it() throws Exception {
        var clock = new MovedClock(java.time.Instant.now());
        try (var evening = new Evening(clock)) {
            String desk = Studio.announced(
                    evening,
                    "Broken",
                    "starts",
                    Evening.field(LocalDateTime.now(Evening.GENEVA).plusHours(1)));
            var room = new LiveBreaksTest.Room(evening, evening.editor(), desk);
            var ana = evening.member("ana@guest.example");
            for (String one : java.util.List.of("In the first?", "In the hole?", "In the second?"))
                ana.post("/live/broken/questions", "question", one);
            byte[] film = LiveBreaksTest.film();
            long first = room.take(room.journalist());
            room.parts(first, film, 0, LiveBreaksTest.PARTS);
            clock.pass(java.time.Duration.ofSeconds(3));
            answer(evening, room, "In the first?");
            clock.pass(java.time.Duration.ofSeconds(60));
            answer(evening, room, "In the hole?");
            clock.pass(java.time.Duration.ofSeconds(60));
            room.parts(room.take(room.journalist()), film, 0, LiveBreaksTest.PARTS);
            clock.pass(java.time.Duration.ofSeconds(2));
            answer(evening, room, "In the second?");
            clock.pass(java.time.Duration.ofSeconds(4));
            double whole = room.whole();
            String page = ana.get("/live/broken/").body();
            long half = Math.round(whole / 2);
            assertThat(page).contains("href=\"#t=3\"").contains("href=\"#t=" + half + "\"");
            assertThat(page).containsPattern("href=\"#t=(" + (half + 1) + "|" + (half + 2) + "|" + (half + 3) + ")\"");
        }
    }

    private static void answer(Evening evening, LiveBreaksTest.Room room, String body) throws Exception {
        String id = evening.one("select id from live_question where body = ?", body);
        for (String act : java.util.List.of("answer", "done"))
            assertThat(room.journalist()
                            .post(room.desk() + "/questions/" + id + "/" + act)
                            .statusCode())
                    .isEqualTo(200);
    }
}
