package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.readers.Reader;

/** The check of the books: as the operator runs it from a shell, and with a Stripe that says otherwise or nothing. */
class CheckCommandTest {
    private record Ended(int code, String said) {}

    /** In a process of its own, as {@code ./masthead check} starts it. */
    private static Ended check(Map<String, String> settings) throws Exception {
        var shell = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$JAVA\" -Xmx256m --enable-native-access=ALL-UNNAMED -cp \"$CLASSES\" press.masthead.Masthead check");
        shell.environment().put("JAVA", ProcessHandle.current().info().command().orElseThrow());
        shell.environment().put("CLASSES", System.getProperty("java.class.path"));
        shell.environment().putAll(settings);
        Path said = Files.createTempFile(Path.of("target"), "check", ".txt");
        Process process =
                shell.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Ended(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }

    @Test
    void from_a_shell_it_ends_with_0_where_all_agrees_and_else_names_each_difference() throws Exception {
        var address = TestDatabase.freshUrl();
        var settings = Map.of(
                "DATABASE_URL",
                Press.text(address),
                "MASTHEAD_PORT",
                "0",
                "MASTHEAD_SAMPLE",
                "no",
                "MASTHEAD_DATA",
                Files.createTempDirectory(Path.of("target"), "check").toString());
        try (var database = Database.open(address, 2)) {
            database.migrate();
            Ended well = check(settings);
            assertThat(well.said()).contains("agree");
            assertThat(well.code()).isZero();

            database.jdbi().useHandle(handle -> {
                handle.execute(
                        "insert into reader (email, email_key, created_at) values ('a@x.example', 'a@x.example', now())");
                handle.execute("""
                        insert into membership (reader_id, price_id, payment, started_at, until, anchored_at, period_from)
                        select r.id, (select min(id) from price), 'complimentary', now() - interval '2 days', now() - interval '1 day',
                               now(), now() - interval '2 days' from reader r
                        """);
                handle.execute("""
                        insert into invoice (number, membership_id, what, email, amount, currency, period_from, period_until, issued_at, due_at, paid_at)
                        select 1, id, 'PRO', '', 30000, 'USD', now() - interval '9 days', now() - interval '8 days', now(), now(), now() from membership
                        """);
                handle.execute("update invoice_number set last = 1");
            });
            Ended badly = check(settings);
            assertThat(badly.code()).isEqualTo(1);
            assertThat(badly.said())
                    .contains("An invoice is marked as paid, but no money is in the ledger: Invoice 1")
                    .contains("A membership is still open although its time is over")
                    .doesNotContain("memberships and access agree");
        }
    }

    private static Reader joined(CardRoom room, String email) throws Exception {
        Reader reader = room.person(email);
        room.join(reader, "4242424242424242");
        return reader;
    }

    @Test
    void stripe_is_asked_and_each_subscription_that_stands_otherwise_there_is_named() throws Exception {
        try (var room = new CardRoom()) {
            var ben = joined(room, "ben@reader.example");
            var cleo = joined(room, "cleo@reader.example");
            var dan = joined(room, "dan@reader.example");
            assertThat(room.newsroom.checkBooks.lines()).isEmpty();
            room.clock.pass(Duration.ofHours(2));
            room.jdbi.useHandle(handle -> {
                handle.execute(
                        "update membership set ended_at = now() - interval '30 years', until = started_at where reader_id = ?",
                        ben.id());
                handle.execute(
                        "update stripe_subscription set subscription = 'sub_of_old' where membership_id = (select id from membership where reader_id = ?)",
                        cleo.id());
                handle.execute(
                        "update stripe_subscription set status = 'past_due' where membership_id = (select id from membership where reader_id = ?)",
                        dan.id());
            });
            List<String> found = room.newsroom.checkBooks.lines();
            assertThat(found)
                    .anyMatch(line -> line.startsWith("Stripe runs a subscription although the membership ended: sub_"))
                    .anyMatch(line -> line.startsWith("Stripe runs a subscription that is not known here: sub_"))
                    .anyMatch(line -> line.startsWith(
                            "A membership runs on a card, but Stripe runs no subscription for it: sub_of_old"))
                    .anyMatch(line -> line.contains("past_due here"));

            room.stripe.close();
            assertThat(room.newsroom.checkBooks.lines())
                    .as("what Stripe has no part in is checked all the same")
                    .anyMatch(line -> line.startsWith("Stripe could not be asked: "))
                    .noneMatch(line -> line.startsWith("Stripe runs"));
        }
    }
}
