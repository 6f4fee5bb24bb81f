package press.masthead.deliveries;

import static press.masthead.platform.mail.TestSmtp.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import press.masthead.plans.Memberships;
import press.masthead.platform.db.Database;
import press.masthead.platform.mail.TestSmtp;

/** Lets everything leave that is owed at this moment, over SMTP to a server on loopback. */
public final class Leaving {
    private Leaving() {}

    /** What arrived, when every letter is settled. */
    public static List<TestSmtp.Received> of(Database database, Clock clock) {
        var deliveries = new Deliveries(database.jdbi(), clock);
        var settings = new HandSettings(
                1,
                25,
                Duration.ofMillis(20),
                Duration.ofSeconds(30),
                Duration.ofHours(24),
                Doubt.WAIT_FOR_A_PERSON,
                Duration.ZERO);
        try (var smtp = new TestSmtp();
                var hands = new Hands(
                        database.jdbi(),
                        deliveries,
                        new Memberships(database.jdbi(), clock),
                        smtp::server,
                        Optional.empty(),
                        clock,
                        settings)) {
            hands.start();
            await(() -> deliveries.open().stream().allMatch(mailing -> mailing.settled() == mailing.expected()));
            return List.copyOf(smtp.letters);
        }
    }
}
