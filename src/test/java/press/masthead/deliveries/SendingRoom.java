package press.masthead.deliveries;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.plans.Memberships;
import press.masthead.platform.db.Database;
import press.masthead.platform.mail.Dkim;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.Slot;
import press.masthead.platform.mail.SmtpServer;

/** What a delivery test needs: readers, a mailing to them, hands that send it. */
final class SendingRoom {
    static final HandSettings BRISK = new HandSettings(
            4,
            25,
            Duration.ofMillis(20),
            Duration.ofSeconds(3),
            Duration.ofHours(24),
            Doubt.WAIT_FOR_A_PERSON,
            Duration.ZERO);
    static final HandSettings ONE_HAND = BRISK.withHands(1);

    final Database database;
    final Clock clock;
    final Deliveries deliveries;

    SendingRoom(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        deliveries = new Deliveries(database.jdbi(), clock);
    }

    /** One letter owed to each of reader-1@ to reader-N@reader.example. */
    Deliveries.Owed owe(String reference, int readers, Instant deadline) {
        return owe(reference, readers, deadline, "all");
    }

    Deliveries.Owed owe(String reference, int readers, Instant deadline, String variant) {
        return owe(reference, deadline, new Audience("""
                select n as reader_id, 'reader-' || n || '@reader.example' as address, 'Reader ' || n as name,
                       cast(:variant as text) as variant, 'token-' || n as token, null::jsonb as personal
                from generate_series(1, :readers) n
                """, Map.of("readers", readers, "variant", variant)));
    }

    /** One letter owed to each of these addresses. */
    Deliveries.Owed owe(String reference, List<String> addresses) {
        return owe(
                reference,
                clock.instant().plus(Duration.ofHours(6)),
                new Audience("""
                select n as reader_id, address, 'Reader ' || n as name, 'all' as variant, 'token-' || n as token,
                       null::jsonb as personal
                from unnest(:addresses) with ordinality as a (address, n)
                """, Map.of("addresses", addresses.toArray(String[]::new))));
    }

    private Deliveries.Owed owe(String reference, Instant deadline, Audience audience) {
        var message = Mailing.draft(new MailAddress("Morning Parallel", "morning@parallel.example"))
                .subject("The morning in six stories")
                .date(Instant.parse("2026-11-23T06:00:00Z"), ZoneOffset.UTC)
                .header("List-Unsubscribe", "<https://parallel.example/unsubscribe/" + Slot.mark(Mailing.TOKEN) + ">")
                .header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .text("Good morning, " + Slot.mark(Mailing.NAME) + ".\n\nA sample letter.")
                .html("<p>Good morning, " + Slot.mark(Mailing.NAME) + ".</p><p>A sample letter.</p>")
                .freeze();
        var mailing = new Mailing(
                "edition",
                reference,
                "The morning in six stories",
                "bounce-*@parallel.example",
                "parallel.example",
                Map.of("all", message),
                clock.instant(),
                deadline);
        return database.jdbi().inTransaction(handle -> deliveries.owe(handle, mailing, audience));
    }

    Deliveries.Owed owe(String reference, int readers) {
        return owe(reference, readers, clock.instant().plus(Duration.ofHours(6)));
    }

    Hands hands(SmtpServer server, Optional<Dkim> dkim) {
        return hands(server, dkim, BRISK);
    }

    Hands hands(SmtpServer server, Optional<Dkim> dkim, HandSettings settings) {
        var hands = new Hands(
                database.jdbi(),
                deliveries,
                new Memberships(database.jdbi(), clock),
                () -> server,
                dkim,
                clock,
                settings);
        hands.start();
        return hands;
    }

    Reconciler reconciler() {
        return reconciler(BRISK);
    }

    Reconciler reconciler(HandSettings settings) {
        return new Reconciler(database.jdbi(), clock, settings);
    }

    Progress progress(Deliveries.Owed owed) {
        return deliveries.progress(owed.mailing()).orElseThrow();
    }
}
