package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.LiveBreaksTest.Room;
import press.masthead.Press.Person;
import press.masthead.bench.MovedClock;

/** Three hours: of noise, which ends soon and with a sentence, and of pictures, whose list stays short while they are live. */
@Tag("browser")
class LiveLongTest {
    private static final String UNREADABLE = "What your browser sends can’t be read as pictures.";

    private static List<ProcessHandle> ffmpegs() {
        return ProcessHandle.current()
                .children()
                .filter(one -> one.info().command().orElse("").endsWith("ffmpeg"))
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static long bytes(Path folder) throws IOException {
        long sum = 0;
        for (Path one : files(folder)) sum += Files.size(one);
        return sum;
    }

    @Test
    void three_hours_of_noise_are_three_takes_and_a_sentence_and_whoever_presses_the_button_goes_on() throws Exception {
        var clock = new MovedClock(Instant.now());
        try (var evening = new Evening(clock)) {
            Room room = Room.open(evening, "Noise");
            Path folder = evening.press.running.newsroom().config.data().resolve("live");
            byte[] film = LiveBreaksTest.film();
            byte[] noise = new byte[256 << 10];
            new Random(11).nextBytes(noise);
            // The first one's beginning can be read, so that whoever reads it goes on looking for what comes.
            byte[] hopeful = noise.clone();
            System.arraycopy(film, 0, hopeful, 0, 600);

            // A page that sends ten seconds at a time, begins anew whenever it is told to, and does not stop when it is
            // told to.
            long take = room.take(room.journalist());
            int part = 0;
            var told = new ArrayList<String>();
            var sizes = new ArrayList<Long>();
            for (int seconds = 0; seconds < 3 * 60 * 60; seconds += 10) {
                HttpResponse<String> answer = room.journalist()
                        .put(
                                room.desk() + "/takes/" + take + "/" + part,
                                part == 0 && told.isEmpty() ? hopeful : noise);
                boolean again = answer.statusCode() == 422 || answer.body().contains("\"again\":true");
                if (answer.statusCode() == 200)
                    part = Integer.parseInt(answer.body().replaceFirst(".*\"next\":(\\d+).*", "$1"));
                if (again) {
                    HttpResponse<String> next = room.journalist().post(room.desk() + "/takes");
                    if (next.statusCode() == 200) {
                        take = Long.parseLong(next.body().replaceAll("\\D", ""));
                        part = 0;
                    } else {
                        assertThat(next.statusCode()).as(next.body()).isEqualTo(422);
                        told.add(next.body());
                    }
                }
                clock.pass(Duration.ofSeconds(10));
                if (seconds % 3600 == 3590) sizes.add(bytes(folder));
            }
            assertThat(told)
                    .as("told again and again")
                    .hasSizeGreaterThan(100)
                    .allMatch(one -> one.contains(UNREADABLE));
            assertThat(evening.one("select count(*) from live_take")).isEqualTo("3");
            assertThat(sizes.getLast()).isLessThan(sizes.get(1) + 100_000).isLessThan(3 * (7L << 20));
            assertThat(files(folder)).hasSizeLessThan(20);
            Studio.until("no program is left", () -> ffmpegs().isEmpty());

            // Another browser, and a person who presses the button: viewers see it, and it is the recording.
            var good = room.journalist().post(room.desk() + "/takes?go=yes");
            assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
            room.parts(Long.parseLong(good.body().replaceAll("\\D", "")), film, 0, LiveBreaksTest.PARTS);
            room.journalist().post(room.desk() + "/end");
            Studio.until("each is made or given up", () -> {
                clock.pass(Duration.ofSeconds(10));
                evening.press.running.newsroom().broadcast.mend();
                return evening.one("select string_agg(state, ' ' order by id) from live_take")
                        .equals("unreadable unreadable unreadable made");
            });
            assertThat(room.whole()).as("the film alone").isBetween(5.5, 7.0);
        }
    }

    @Test
    void three_hours_of_pictures_have_a_short_list_while_they_are_live_and_a_whole_one_afterwards() throws Exception {
        try (var evening = new Evening()) {
            String desk = Studio.announced(evening, "Long");
            long id = Long.parseLong(desk.replaceAll("\\D", ""));
            evening.jdbi.useHandle(handle -> handle.execute(
                    "update live_session set state = 'live', began_at = now() - interval '3 hours' where id = ?", id));
            Recorded.seconds(evening, id, 3 * 60 * 60);
            Person viewer = evening.member("ana@guest.example");
            String live = Playlist.of(viewer, "long");
            assertThat(segments(live)).as("ten minutes to go back").hasSize(600);
            assertThat(live).contains("#EXT-X-MEDIA-SEQUENCE:10200\n").doesNotContain("#EXT-X-ENDLIST");
            assertThat(live.length()).isLessThan(32_000);
            assertThat(segments(live).getLast()).endsWith("v0-10799.ts");

            evening.jdbi.useHandle(handle ->
                    handle.execute("update live_session set state = 'ended', ended_at = now() where id = ?", id));
            Studio.until("the recording", () -> Playlist.of(viewer, "long").contains("#EXT-X-ENDLIST"));
            String whole = Playlist.of(viewer, "long");
            assertThat(segments(whole)).hasSize(10_800);
            assertThat(whole.length()).isLessThan(600_000);
        }
    }

    private static List<String> segments(String list) {
        return list.lines().filter(one -> one.endsWith(".ts")).toList();
    }
}
