package press.masthead.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static press.masthead.platform.mail.TestSmtp.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.mail.SmtpTimeouts;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.platform.mail.TestSmtp.Manners;

/** What becomes of a mailing when the mail server, the database, the program or the audience is not as it should be. */
class TroubledSendingTest {
    private static final SmtpTimeouts SHORT = SmtpTimeouts.all(Duration.ofMillis(400));

    private DatabaseUrl url;
    private Database database;
    private SendingRoom room;

    @BeforeEach
    void open() {
        url = TestDatabase.freshUrl();
        database = Database.open(url, 12);
        room = new SendingRoom(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_server_that_refuses_everybody_is_not_believed_and_the_mailing_waits_for_a_person() {
        var owed = room.owe("1", 120);
        var manners = new Manners() {
            @Override
            public String rcpt(String address) {
                return "554 5.7.1 <" + address + ">: Relay access denied";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> room.progress(owed).state() == MailingState.HELD
                    && room.progress(owed).owed() == 120);
            assertThat(room.progress(owed).heldBecause())
                    .startsWith("The mail server refuses every letter, the last one with: 554 5.7.1 <reader-")
                    .endsWith("They are still owed; release them when it takes mail again.");
            room.reconciler().run();
            assertThat(room.progress(owed).state()).isEqualTo(MailingState.HELD);
            assertThat(room.deliveries.troubled(owed.mailing(), LetterState.OWED, 0, 200))
                    .hasSize(120)
                    .allMatch(letter -> letter.attempts() == 0);

            smtp.behave(new Manners() {});
            room.deliveries.release(owed.mailing(), Instant.now().plus(Duration.ofHours(1)));
            await(() -> room.progress(owed).accepted() == 120);
            assertThat(smtp.recipients()).hasSize(120).doesNotHaveDuplicates();
        }
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
    }

    @Test
    void a_server_whose_daily_measure_is_full_costs_the_rest_of_the_readers_nothing() {
        var owed = room.owe("1", 150);
        var asked = new AtomicInteger();
        var manners = new Manners() {
            @Override
            public String rcpt(String address) {
                return asked.incrementAndGet() > 50 ? "550 5.4.5 Daily sending quota exceeded" : "250 ok";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server(), Optional.empty(), SendingRoom.ONE_HAND)) {
            await(() -> room.progress(owed).state() == MailingState.HELD);
            assertThat(room.progress(owed).accepted()).isEqualTo(50);
            assertThat(room.progress(owed).owed()).isEqualTo(100);
        }
    }

    @Test
    void dead_addresses_in_a_row_are_believed_once_the_server_has_taken_letters() {
        var owed = room.owe("1", 100);
        var manners = new Manners() {
            @Override
            public String rcpt(String address) {
                int number = Integer.parseInt(address.replaceAll("\\D", ""));
                return number > 50 ? "550 5.1.1 no such person" : "250 ok";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server(), Optional.empty(), SendingRoom.ONE_HAND)) {
            await(() -> room.progress(owed).settled() == 100);
        }
        room.reconciler().run();
        assertThat(room.progress(owed).refused()).isEqualTo(50);
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
    }

    @Test
    void a_server_that_falls_silent_in_the_middle_of_a_letter_leaves_that_one_in_doubt_and_the_hand_goes_on() {
        var owed = room.owe("1", 30);
        var manners = new Manners() {
            @Override
            public String data(String address) {
                return address.startsWith("reader-5@") ? TestSmtp.STALL : "354 go on";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server().withTimeouts(SHORT), Optional.empty(), SendingRoom.ONE_HAND)) {
            await(() -> room.progress(owed).accepted() == 29);
            assertThat(smtp.recipients()).hasSize(29).doesNotHaveDuplicates();
        }
        assertThat(room.deliveries.troubled(owed.mailing(), LetterState.DOUBTFUL, 0, 10))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.address()).isEqualTo("reader-5@reader.example");
                    assertThat(letter.reply()).endsWith("did not answer in time.");
                });
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENDING);
    }

    @Test
    void a_server_that_never_asks_for_the_letter_puts_none_in_doubt() {
        var owed = room.owe("1", 30);
        var hung = new AtomicBoolean();
        var manners = new Manners() {
            @Override
            public String data(String address) {
                return address.startsWith("reader-5@") && !hung.getAndSet(true) ? TestSmtp.HANG : "354 go on";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server().withTimeouts(SHORT), Optional.empty(), SendingRoom.ONE_HAND)) {
            await(() -> room.progress(owed).accepted() == 30);
            assertThat(smtp.recipients()).hasSize(30).doesNotHaveDuplicates();
        }
        assertThat(hung).isTrue();
        assertThat(room.progress(owed).trouble()).isEmpty();
    }

    @Test
    void an_address_that_is_none_is_settled_with_a_plain_reason_and_the_others_get_their_letters() {
        var owed = room.owe(
                "1",
                List.of(
                        "ben@reader.example",
                        "two@at@signs.example",
                        "nobody",
                        "a b@reader.example",
                        "cleo@reader.example"));
        try (var smtp = new TestSmtp();
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> room.progress(owed).settled() == 5);
            assertThat(smtp.recipients()).containsExactlyInAnyOrder("ben@reader.example", "cleo@reader.example");
        }
        assertThat(room.deliveries.troubled(owed.mailing(), LetterState.REFUSED, 0, 10))
                .hasSize(3)
                .allMatch(letter -> letter.reply().equals("This is not an e-mail address."));
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
    }

    @Test
    void two_programs_on_one_database_share_a_mailing_and_no_reader_gets_two_letters() {
        var owed = room.owe("1", 400);
        try (var otherDatabase = Database.open(url, 6);
                var smtp = new TestSmtp()) {
            var other = new SendingRoom(otherDatabase, Clock.systemUTC());
            try (var here = room.hands(smtp.server(), Optional.empty());
                    var there = other.hands(smtp.server(), Optional.empty())) {
                await(() -> room.progress(owed).settled() == 400);
                var ours = room.reconciler();
                var theirs = other.reconciler();
                var together = List.of(Thread.startVirtualThread(ours), Thread.startVirtualThread(theirs));
                await(() -> together.stream().noneMatch(Thread::isAlive));
            }
            assertThat(smtp.recipients()).hasSize(400).doesNotHaveDuplicates();
        }
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
        assertThat(room.progress(owed).accepted()).isEqualTo(400);
    }

    @Test
    void an_answer_of_the_database_that_got_lost_neither_loses_nor_doubles_a_letter() throws Exception {
        var owed = room.owe("1", 150);
        try (var cable = new ForgetfulCable(url, 1, 3, 5);
                var farDatabase = Database.open(cable.url(), 6);
                var smtp = new TestSmtp()) {
            var far = new SendingRoom(farDatabase, Clock.systemUTC());
            try (var hands = far.hands(smtp.server(), Optional.empty(), SendingRoom.ONE_HAND)) {
                await(() -> room.progress(owed).accepted() == 150);
            }
            assertThat(cable.commits.get()).isGreaterThan(5);
            assertThat(smtp.recipients()).hasSize(150).doesNotHaveDuplicates();
        }
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
    }

    @Test
    void a_database_that_hangs_up_on_everybody_in_mid_send_loses_nothing() {
        var owed = room.owe("1", 600);
        var hungUp = new AtomicInteger();
        var manners = new Manners() {
            @Override
            public String dot(String address, int count) {
                if (count % 150 == 0) hungUp.addAndGet(hangUp());
                return "250 ok";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> settled(owed) == 600);
            assertThat(smtp.recipients()).hasSize(600).doesNotHaveDuplicates();
        }
        assertThat(hungUp).hasPositiveValue();
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
    }

    /** Ends every connection to this test's database, from another one of the same server. */
    private int hangUp() {
        try (var admin = Database.open(url.withDatabase("postgres"), 1)) {
            return admin.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = :name")
                            .bind("name", url.database())
                            .mapTo(Integer.class)
                            .one());
        }
    }

    /** Asked again while the connections are gone. */
    private long settled(Deliveries.Owed owed) {
        try {
            return room.progress(owed).settled();
        } catch (RuntimeException hungUp) {
            return 0;
        }
    }

    @Test
    void what_a_hand_held_that_an_error_ended_is_doubted_though_its_program_lives() {
        var clock = new FailingClock();
        room = new SendingRoom(database, clock);
        var owed = room.owe("1", 300);
        var manners = new Manners() {
            @Override
            public String dot(String address, int count) {
                if (count == 30) clock.armed.set(true);
                return "250 ok";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(
                        smtp.server(),
                        Optional.empty(),
                        SendingRoom.BRISK.withHands(2).withSilence(Duration.ofSeconds(2)))) {
            var reconciler = room.reconciler(SendingRoom.BRISK.withSilence(Duration.ofSeconds(2)));
            await(() -> {
                reconciler.run();
                return room.progress(owed).doubtful() > 0
                        && room.progress(owed).accepted() + room.progress(owed).doubtful() == 300;
            });
            assertThat(smtp.recipients()).hasSize(300).doesNotHaveDuplicates();
        }
        assertThat(room.progress(owed).doubtful()).isLessThanOrEqualTo(25);
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENDING);
    }

    /** Ends the first hand that asks it after it was armed: with an error, as from a broken installation. */
    private static final class FailingClock extends Clock {
        final AtomicBoolean armed = new AtomicBoolean();

        @Override
        public Instant instant() {
            if (Thread.currentThread().getName().startsWith("hand-") && armed.getAndSet(false))
                throw new StackOverflowError("made by the test");
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void letters_that_are_lost_or_that_nobody_decided_are_named_and_the_mailing_is_not_called_sent() {
        var owed = room.owe("1", 4);
        room.deliveries.cancelRest(owed.mailing());
        database.jdbi().useHandle(handle -> {
            handle.execute("delete from letter where mailing_id = ? and id = 2", owed.mailing());
            handle.execute("""
                    insert into letter (mailing_id, id, reader_id, address, name, variant, token, state, next_attempt)
                    select mailing_id, id, reader_id, address, name, variant, token, state, next_attempt from (
                      select mailing_id, n + 100 as id, reader_id, 'eve@reader.example' as address, name, variant, token, state, next_attempt
                      from letter, generate_series(1, 2) n where mailing_id = ? and id = 1) more
                    """, owed.mailing());
        });
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENDING);
        assertThat(room.progress(owed).trouble())
                .contains(
                        "4 letters were expected and 5 are settled",
                        "letter 2  (lost)",
                        "letter 101 eve@reader.example (never expected)",
                        "letter 102 eve@reader.example (never expected)");
    }
}
