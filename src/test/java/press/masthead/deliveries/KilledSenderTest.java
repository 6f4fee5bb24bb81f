package press.masthead.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static press.masthead.platform.mail.TestSmtp.await;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.mail.SmtpServer;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.platform.mail.TestSmtp.Manners;

/** kill -9 of the program in mid-send: nobody missed, nobody twice, and the doubt no larger than promised and listed by name. */
@Tag("kill")
class KilledSenderTest {
    private static final int READERS = 3_000;

    @Test
    void after_a_kill_every_reader_has_one_letter_or_stands_on_the_list_of_doubts() throws Exception {
        DatabaseUrl url = TestDatabase.freshUrl();
        try (var database = Database.open(url, 12);
                var smtp = new TestSmtp(new Slow())) {
            var room = new SendingRoom(database, Clock.systemUTC());
            var owed = room.owe("1", READERS);

            Process sender = sender(url, smtp.port());
            await(() -> smtp.letters.size() > READERS / 4);
            sender.destroyForcibly().waitFor();
            int arrivedBefore = smtp.letters.size();
            assertThat(arrivedBefore).isLessThan(READERS);

            // The next start: its hands go on with what is owed, its reconciler buries the dead after their silence.
            var reconciler = room.reconciler();
            try (var hands = room.hands(smtp.server(), Optional.empty())) {
                await(() -> {
                    reconciler.run();
                    var progress = room.progress(owed);
                    return progress.sending() == 0
                            && progress.owed() == 0
                            && progress.accepted() + progress.doubtful() == READERS;
                });
            }
            List<TroubledLetter> doubts = room.deliveries.troubled(owed.mailing(), LetterState.DOUBTFUL, 0, READERS);
            assertThat(doubts.size()).isLessThanOrEqualTo(SendingRoom.BRISK.hands() * SendingRoom.BRISK.batch());
            assertThat(doubts).isNotEmpty().allMatch(letter -> letter.address().endsWith("@reader.example"));

            List<String> arrived = smtp.recipients();
            assertThat(arrived).doesNotHaveDuplicates();
            var accounted = new HashSet<>(arrived);
            doubts.forEach(letter -> accounted.add(letter.address()));
            assertThat(accounted).hasSize(READERS);
            assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENDING);

            room.deliveries.sendDoubtfulAgain(owed.mailing());
            try (var hands = room.hands(smtp.server(), Optional.empty())) {
                await(() -> room.progress(owed).accepted() == READERS);
            }
            reconciler.run();
            assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
            assertThat(new HashSet<>(smtp.recipients())).hasSize(READERS);
        }
    }

    /** Slow enough to be met in the middle. */
    private static final class Slow implements Manners {
        @Override
        public String dot(String address, int count) {
            LockSupport.parkNanos(300_000);
            return "250 2.0.0 Ok: queued as " + count;
        }
    }

    private static Process sender(DatabaseUrl url, int port) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName(),
                        "postgres://%s:%s@%s:%d/%s"
                                .formatted(url.user(), url.password(), url.host(), url.port(), url.database()),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/killed-sender.log").toFile())
                .start();
    }

    /** The program that is killed. */
    static final class Sender {
        public static void main(String[] args) {
            var database = Database.open(DatabaseUrl.parse(args[0]), 12);
            var room = new SendingRoom(database, Clock.systemUTC());
            room.hands(SmtpServer.plain("127.0.0.1", Integer.parseInt(args[1])), Optional.empty());
            while (true) LockSupport.parkNanos(1_000_000_000);
        }
    }
}
