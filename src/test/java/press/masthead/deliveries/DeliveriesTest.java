package press.masthead.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static press.masthead.platform.mail.TestSmtp.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.mail.SmtpServer;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.platform.mail.TestSmtp.Manners;

class DeliveriesTest {
    private Database database;
    private SendingRoom room;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh(12);
        room = new SendingRoom(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void every_reader_gets_one_letter_and_the_books_agree() {
        var owed = room.owe("1", 203);
        assertThat(owed.expected()).isEqualTo(203);
        try (var smtp = new TestSmtp();
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> room.progress(owed).settled() == 203);
            assertThat(smtp.recipients()).hasSize(203).doesNotHaveDuplicates();
            assertThat(smtp.letters.getFirst().text())
                    .contains("Reader ", "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        }
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
        assertThat(room.progress(owed).accepted()).isEqualTo(203);
    }

    @Test
    void a_message_id_comes_from_the_row_and_no_two_are_alike() {
        var owed = room.owe("1", 60);
        try (var smtp = new TestSmtp();
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> room.progress(owed).settled() == 60);
            assertThat(smtp.letters.stream()
                            .map(letter -> letter.text().replaceAll("(?s).*?Message-ID: <([^>]+)>.*", "$1")))
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.matches(owed.mailing() + "\\.\\d+\\.[0-9a-f]{12}@parallel\\.example"));
        }
    }

    @Test
    void an_address_that_comes_up_twice_gets_one_letter() {
        var owed = database.jdbi().inTransaction(handle -> {
            handle.execute(
                    "insert into reader (email, email_key, created_at) values ('A@x.example', 'a@x.example', now())");
            return room.owe("1", 1);
        });
        assertThat(owed.expected()).isEqualTo(1);
    }

    @Test
    void the_same_edition_cannot_be_owed_twice() {
        room.owe("1", 3);
        assertThatThrownBy(() -> room.owe("1", 3)).hasMessageContaining("mailing_kind_reference_key");
    }

    @Test
    void a_server_that_says_later_is_asked_again_later_and_never_is_final() {
        var tries = new AtomicInteger();
        var clock = new MovableClock();
        room = new SendingRoom(database, clock);
        var owed = room.owe("1", 40);
        var manners = new Manners() {
            @Override
            public String rcpt(String address) {
                if (address.startsWith("reader-7@")) return "550 5.1.1 no such person";
                if (address.startsWith("reader-9@")) return tries.incrementAndGet() < 3 ? "451 4.3.0 later" : "250 ok";
                return "250 ok";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> room.progress(owed).settled() == 39);
            assertThat(room.progress(owed).deferred()).isEqualTo(1);
            assertThat(room.deliveries.troubled(owed.mailing(), LetterState.REFUSED, 0, 10))
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(letter.address()).isEqualTo("reader-7@reader.example");
                        assertThat(letter.reply()).contains("no such person");
                    });
            room.reconciler().run();
            assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENDING);
            clock.advance(Duration.ofMinutes(2));
            await(() -> tries.get() == 2);
            clock.advance(Duration.ofMinutes(5));
            await(() -> room.progress(owed).accepted() == 39);
        }
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
    }

    @Test
    void an_answer_lost_after_the_dot_is_a_doubt_with_a_name_and_not_sent_again() {
        var owed = room.owe("1", 30);
        var manners = new Manners() {
            @Override
            public String dot(String address, int count) {
                return address.startsWith("reader-5@") ? TestSmtp.DROP : "250 ok";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> room.progress(owed).accepted() == 29);
            room.reconciler().run();
            assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENDING);
            assertThat(room.deliveries.troubled(owed.mailing(), LetterState.DOUBTFUL, 0, 10))
                    .singleElement()
                    .extracting(TroubledLetter::address)
                    .isEqualTo("reader-5@reader.example");
            assertThat(smtp.recipients()).doesNotHaveDuplicates();
        }
        assertThat(room.deliveries.countDoubtfulAsAccepted(owed.mailing())).isEqualTo(1);
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
    }

    @Test
    void a_server_that_hangs_up_or_is_away_costs_no_reader_a_letter() {
        var owed = room.owe("1", 90);
        var count = new AtomicInteger();
        var manners = new Manners() {
            @Override
            public String mail(String sender) {
                return count.incrementAndGet() % 31 == 0 ? TestSmtp.DROP : "250 ok";
            }
        };
        int port;
        try (var away = new TestSmtp()) {
            port = away.port();
        }
        try (var hands = room.hands(SmtpServer.plain("127.0.0.1", port), Optional.empty())) {
            await(() -> !room.progress(owed).trouble().isEmpty());
            assertThat(room.progress(owed).owed()).isEqualTo(90);
        }
        var clock = new MovableClock();
        room = new SendingRoom(database, clock);
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> {
                clock.advance(Duration.ofSeconds(5));
                return room.progress(owed).accepted() == 90;
            });
            assertThat(smtp.recipients()).hasSize(90).doesNotHaveDuplicates();
        }
    }

    @Test
    void two_nodes_send_one_mailing_together_and_no_letter_twice() {
        var owed = room.owe("1", 400);
        try (var smtp = new TestSmtp();
                var one = room.hands(smtp.server(), Optional.empty());
                var two = room.hands(smtp.server(), Optional.empty())) {
            await(() -> room.progress(owed).settled() == 400);
            assertThat(smtp.recipients()).hasSize(400).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_late_mailing_waits_for_a_person() {
        var clock = new MovableClock();
        room = new SendingRoom(database, clock);
        var owed = room.owe("1", 5, clock.instant().plus(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(2));
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.HELD);
        assertThat(room.progress(owed).heldBecause()).contains("5 letters had not left");
        try (var smtp = new TestSmtp();
                var hands = room.hands(smtp.server(), Optional.empty())) {
            room.deliveries.release(owed.mailing(), clock.instant().plus(Duration.ofHours(1)));
            await(() -> room.progress(owed).accepted() == 5);
        }
    }

    @Test
    void what_a_person_cancels_never_leaves_and_the_mailing_ends() {
        var owed = room.owe("1", 12);
        assertThat(room.deliveries.cancelRest(owed.mailing())).isEqualTo(12);
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENT);
        assertThat(room.progress(owed).cancelled()).isEqualTo(12);
    }

    @Test
    void books_that_do_not_agree_are_named_and_the_mailing_is_not_called_sent() {
        var owed = room.owe("1", 4);
        room.deliveries.cancelRest(owed.mailing());
        database.jdbi()
                .useHandle(
                        handle -> handle.execute("delete from letter where mailing_id = ? and id = 2", owed.mailing()));
        room.reconciler().run();
        assertThat(room.progress(owed).state()).isEqualTo(MailingState.SENDING);
        assertThat(room.progress(owed).trouble()).contains("4 letters were expected and 3 are settled");
    }

    @Test
    void a_full_mailbox_does_not_keep_a_mailing_open_past_its_deadline() {
        var clock = new MovableClock();
        room = new SendingRoom(database, clock);
        var owed = room.owe("1", 3, clock.instant().plus(Duration.ofSeconds(20)));
        var manners = new Manners() {
            @Override
            public String rcpt(String address) {
                return address.startsWith("reader-2@") ? "452 4.2.2 mailbox full" : "250 ok";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> room.progress(owed).settled() == 3);
        }
        assertThat(room.deliveries.troubled(owed.mailing(), LetterState.REFUSED, 0, 10))
                .singleElement()
                .satisfies(letter -> assertThat(letter.reply())
                        .isEqualTo("Given up after 1 attempts, the last answer: 452 4.2.2 mailbox full"));
        room.reconciler().run();
        assertThat(room.deliveries.progress("edition", "1").orElseThrow().state())
                .isEqualTo(MailingState.SENT);
        assertThat(room.deliveries.open()).isEmpty();
    }

    @Test
    void a_server_that_rejects_the_sender_costs_no_reader_an_attempt() {
        var owed = room.owe("1", 30);
        var manners = new Manners() {
            @Override
            public String mail(String sender) {
                return "550 5.7.1 you may not send as this";
            }
        };
        try (var smtp = new TestSmtp(manners);
                var hands = room.hands(smtp.server(), Optional.empty())) {
            await(() -> room.progress(owed).trouble().contains("you may not send as this"));
            await(() -> room.progress(owed).owed() == 30);
        }
        assertThat(room.deliveries.troubled(owed.mailing(), LetterState.OWED, 0, 100))
                .hasSize(30)
                .allMatch(letter -> letter.attempts() == 0);
    }

    @Test
    void letters_of_a_hand_that_left_no_trace_are_doubted_and_named() {
        var owed = room.owe("1", 5);
        database.jdbi()
                .useTransaction(handle ->
                        new LetterRows(owed.mailing(), 2).take(handle, 4711, LetterRows.Place.START, Instant.now()));
        room.reconciler().run();
        assertThat(room.deliveries.troubled(owed.mailing(), LetterState.DOUBTFUL, 0, 10))
                .hasSize(2);
        assertThat(room.progress(owed).doubtful()).isEqualTo(2);
        assertThat(room.deliveries.sendDoubtfulAgain(owed.mailing())).isEqualTo(2);
        assertThat(room.progress(owed).owed()).isEqualTo(5);
    }

    @Test
    void an_audience_with_an_unknown_variant_is_owed_nothing() {
        assertThatThrownBy(() -> room.owe("1", 3, clockPlusAnHour(), "unknown")).hasMessageContaining("variant");
        assertThat(room.deliveries.open()).isEmpty();
    }

    @Test
    void letters_of_finished_mailings_are_forgotten_and_their_counts_stay() {
        var owed = room.owe("1", 4);
        room.deliveries.cancelRest(owed.mailing());
        room.reconciler().run();
        assertThat(room.deliveries.forgetLetters(Instant.now().plusSeconds(60))).isEqualTo(1);
        assertThat(room.deliveries.forgetLetters(Instant.now().plusSeconds(60))).isZero();
        assertThat(room.progress(owed).cancelled()).isEqualTo(4);
        assertThat(room.deliveries.troubled(owed.mailing(), LetterState.CANCELLED, 0, 10))
                .isEmpty();
    }

    private static Instant clockPlusAnHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    /** A clock that a test moves. */
    static final class MovableClock extends Clock {
        private volatile Instant now = Instant.now();

        synchronized void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
