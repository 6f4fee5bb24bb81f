package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.LiveBreaksTest.Room;
import press.masthead.Press.Person;
import press.masthead.platform.db.TestDatabase;

/** Two nodes behind a balancer, on one database and with the folder of recordings in common: parts, viewers and questions go to either. */
@Tag("browser")
class LiveNodesTest {
    private static Evening node(String database, Path data) throws Exception {
        return new Evening(
                Map.of(
                        "DATABASE_URL",
                        database,
                        "MASTHEAD_DATA",
                        data.toString(),
                        "MASTHEAD_SECRET_KEY",
                        "the-same-on-every-node-of-a-newsroom"),
                Clock.systemUTC());
    }

    @Test
    void a_journalists_parts_on_one_node_are_watched_and_asked_about_on_the_other() throws Exception {
        String database = Press.text(TestDatabase.freshUrl());
        Path first = Files.createTempDirectory(Path.of("target"), "node").toAbsolutePath();
        Path second = Files.createTempDirectory(Path.of("target"), "node").toAbsolutePath();
        Files.createDirectory(first.resolve("live"));
        Files.createSymbolicLink(second.resolve("live"), first.resolve("live"));
        try (var here = node(database, first);
                var there = node(database, second)) {
            Room room = Room.open(here, "Two nodes");
            Room other = new Room(there, there.editor(), room.desk());
            Person viewer = there.member("ana@guest.example");
            byte[] film = LiveBreaksTest.film();
            long take = room.take(room.journalist());
            // The balancer sends each part where it likes.
            for (int n = 0; n < LiveBreaksTest.PARTS; n++)
                (n % 2 == 0 ? room : other).part(take, n, LiveBreaksTest.slice(film, n));
            Studio.until(
                    "pictures on the other node",
                    () -> Playlist.of(viewer, "two-nodes").contains(".ts"));
            String segment = Playlist.of(viewer, "two-nodes")
                    .lines()
                    .filter(one -> one.endsWith(".ts"))
                    .findFirst()
                    .orElseThrow();
            assertThat(viewer.bytes(Playlist.base(viewer, "two-nodes") + segment)
                            .body()[0])
                    .as("the mark of each packet (ISO/IEC 13818-1, 2.4.3.3)")
                    .isEqualTo((byte) 0x47);

            var heard = new AtomicReference<>("");
            Person bo = here.member("bo@guest.example");
            Thread listening = Thread.ofVirtual().start(() -> {
                try (var lines = bo.lines("/live/two-nodes/events").body()) {
                    lines.filter(one -> one.contains("Do you hear me?"))
                            .findFirst()
                            .ifPresent(heard::set);
                } catch (Exception e) {
                    heard.set("the stream broke off: " + e);
                }
            });
            viewer.post("/live/two-nodes/questions", "question", "Do you hear me?");
            Studio.until(
                    "whoever is on the first node hears of it",
                    () -> !heard.get().isEmpty());
            assertThat(heard.get()).contains("\"body\":\"Do you hear me?\"");
            listening.join();

            double whole = other.whole();
            assertThat(whole).as("all parts of both").isBetween(5.5, 7.0);
            assertThat(Playlist.of(bo, "two-nodes"))
                    .isEqualTo(Playlist.of(viewer, "two-nodes"))
                    .contains("#EXT-X-ENDLIST");
        }
    }
}
