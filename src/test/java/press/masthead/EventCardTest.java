package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.readers.EmailAddress;

/** A seat that costs something: by card on Stripe's page, by invoice, and what becomes of the money when somebody does not come. */
class EventCardTest {
    private static final String CARD = "4242424242424242";
    private static final String DINNER = "/events/dinner/";
    private CardRoom room;

    @BeforeEach
    void open() throws Exception {
        open(Optional.empty());
    }

    private void open(Optional<OddStripe> between) throws Exception {
        room = new CardRoom(false, between);
        room.jdbi.useHandle(handle -> handle.execute(
                """
                insert into event (slug, title, starts_at, ends_at, zone, place, access, capacity, plus_one, price, currency, uid, state, created_at)
                values ('dinner', 'Dinner', ?, ?, 'Europe/Zurich', 'Auberge', 'sign_in', 2, true, 4500, 'CHF', 'u@x.example', 'published', now())
                """,
                room.clock.instant().plus(Duration.ofDays(10)),
                room.clock.instant().plus(Duration.ofDays(11))));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Person signedIn(String name) throws Exception {
        String email = name + "@guest.example";
        room.person(email);
        var person = new Person(room.url());
        person.post(room.newsroom.signIn.linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static String page(String html) {
        Matcher link = Pattern.compile("href=\"(http://[^\"]*/c/pay/[^\"]+|http://[^\"]*checkout[^\"]*)\"")
                .matcher(html);
        assertThat(link.find()).as(html).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    private String one(String sql) {
        return room.jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).findOne().orElse(""));
    }

    private void settle() {
        room.work();
        room.newsroom.line.run();
        room.newsroom.cardTickets.run();
        room.work();
    }

    @Test
    void a_seat_is_paid_by_card_has_its_receipt_and_goes_back_with_the_money() throws Exception {
        Person ana = signedIn("ana");
        String answer =
                ana.post(DINNER + "register", "pay", "card", "bring", "yes").body();
        assertThat(ana.get(DINNER).body()).contains("Your seat waits for its payment", "Pay by card");
        assertThat(ana.get(DINNER + "ticket/").statusCode()).isEqualTo(404);
        assertThat(page(ana.post(DINNER + "pay").body()))
                .as("one page for one seat")
                .isEqualTo(page(answer));
        room.pay(page(answer), CARD);
        settle();
        assertThat(ana.get(DINNER).body()).contains("You are coming");
        assertThat(ana.get(DINNER + "ticket/").body()).contains("No. 0001", "No. 0002");
        assertThat(one("select sum(amount) from ledger_entry")).isEqualTo("9000");
        assertThat(one("select body_text from outbox where subject = 'You are coming: Dinner'")
                        + one("select count(*) from outbox where subject = 'You are coming: Dinner'"))
                .endsWith("1");
        assertThat(
                        one(
                                "select r.amount || ' ' || r.currency from receipt r join registration g on g.receipt_number = r.number"))
                .isEqualTo("9000 CHF");
        ana.post(DINNER + "give-back");
        assertThat(ana.get(DINNER + "ticket/").statusCode()).isEqualTo(404);
        settle();
        settle();
        assertThat(one("select sum(amount) from ledger_entry")).isEqualTo("0");
        assertThat(one("select count(*) from registration where refunded_at is not null"))
                .isEqualTo("1");
        assertThat(one("select count(*) from ledger_entry where kind = 'refund'"))
                .as("once")
                .isEqualTo("1");
    }

    /** Both seats of the dinner, on one payment. */
    private Person withCompanion() throws Exception {
        Person ana = signedIn("ana");
        room.pay(
                page(ana.post(DINNER + "register", "pay", "card", "bring", "yes", "guest", "Omar")
                        .body()),
                CARD);
        settle();
        assertThat(ana.get(DINNER + "ticket/").body())
                .contains("No. 0001", "No. 0002", "Give only this seat back", "Give all seats back");
        return ana;
    }

    private String letters(String to, String subject) {
        return one("select string_agg(body_text, ';' order by id) from outbox where to_address = '" + to
                + "@guest.example' and subject = '" + subject + "'");
    }

    @Test
    void one_of_two_seats_goes_back_with_its_half_and_the_other_later_with_the_rest() throws Exception {
        room.close();
        try (var odd = new OddStripe()) {
            open(Optional.of(odd));
            Person ana = withCompanion();
            Person bo = signedIn("bo");
            assertThat(bo.post(DINNER + "register", "pay", "invoice").body()).contains("You are on the waiting list");
            String own = DINNER + "ticket/" + one("select id from ticket where reader_id is not null") + "/give-back";
            String companion = DINNER + "ticket/" + one("select id from ticket where reader_id is null") + "/give-back";
            assertThat(bo.post(companion).statusCode()).as("nobody else's").isEqualTo(404);
            assertThat(ana.post(own).statusCode()).as("one's own goes with all").isEqualTo(404);

            odd.down = true;
            assertThat(ana.post(companion).body())
                    .contains("That seat goes to the next in line; yours stays.", "No. 0001")
                    .doesNotContain("No. 0002", "Give only this seat back");
            assertThat(ana.post(companion).statusCode()).as("sent twice").isEqualTo(404);
            assertThat(letters("ana", "A seat was given back: Dinner"))
                    .contains("Your CHF 45.00 go back to your card", "Your own ticket stays good.");
            assertThat(bo.get(DINNER).body()).contains("A seat is free for you");
            room.newsroom.cardTickets.run();
            assertThat(room.ledger()).as("Stripe is away").containsExactly("charge 9000 CHF");
            odd.down = false;
            settle();
            assertThat(room.ledger()).containsExactly("charge 9000 CHF", "refund -4500 CHF");
            // As if the server had been stopped before it could write down that it is done.
            room.jdbi.useHandle(handle -> handle.execute("update registration set seat_back_at = null"));
            settle();
            assertThat(ana.get(DINNER + "ticket/").body()).contains("No. 0001");

            ana.post(DINNER + "give-back");
            assertThat(letters("ana", "You are not coming: Dinner")).contains("Your CHF 45.00 go back to your card");
            settle();
            settle();
            assertThat(room.ledger()).containsExactly("charge 9000 CHF", "refund -4500 CHF", "refund -4500 CHF");
            assertThat(odd.requests.stream().filter(asked -> asked.startsWith("POST /v1/refunds")))
                    .as("asked for once each")
                    .hasSize(2);
        }
    }

    @Test
    void whoever_paid_hears_of_the_money_for_a_seat_that_somebody_else_gave_back() throws Exception {
        Person ana = withCompanion();
        Person bo = signedIn("bo");
        ana.post(
                DINNER + "ticket/" + one("select id from ticket where reader_id is null") + "/hand-on",
                "to",
                "bo@guest.example");
        bo.post(DINNER + "give-back");
        settle();
        assertThat(letters("bo", "You are not coming: Dinner")).isNotEmpty().doesNotContain("CHF");
        assertThat(letters("ana", "A seat was given back: Dinner")).contains("Your CHF 45.00 go back to your card");
        assertThat(room.ledger()).containsExactly("charge 9000 CHF", "refund -4500 CHF");
        ana.post(DINNER + "give-back");
        settle();
        assertThat(one("select sum(amount) from ledger_entry")).isEqualTo("0");
    }

    @Test
    void two_seats_given_back_one_after_the_other_before_stripe_is_asked_never_bring_more_than_was_paid()
            throws Exception {
        Person ana = withCompanion();
        ana.post(DINNER + "ticket/" + one("select id from ticket where reader_id is null") + "/give-back");
        ana.post(DINNER + "give-back");
        settle();
        settle();
        assertThat(room.ledger()).isEqualTo(List.of("charge 9000 CHF", "refund -9000 CHF"));
    }

    @Test
    void a_seat_back_takes_no_more_than_is_left_and_the_other_seat_stays() throws Exception {
        Person ana = withCompanion();
        room.owner();
        var ada = new Person(room.url());
        ada.post(room.newsroom.newsroomLink());
        ada.post(
                "/desk/business/payments/" + one("select id from ledger_entry") + "/refund",
                "amount",
                "60.00",
                "why",
                "No heating");
        ana.post(DINNER + "ticket/" + one("select id from ticket where reader_id is null") + "/give-back");
        settle();
        settle();
        assertThat(room.ledger()).containsExactly("charge 9000 CHF", "refund -6000 CHF", "refund -3000 CHF");
        assertThat(ana.get(DINNER + "ticket/").body()).contains("No. 0001");
    }

    @Test
    void the_payments_page_knows_a_seat_and_gives_its_money_back() throws Exception {
        Person ana = signedIn("ana");
        room.pay(page(ana.post(DINNER + "register", "pay", "card").body()), CARD);
        settle();
        room.owner();
        var ada = new Person(room.url());
        ada.post(room.newsroom.newsroomLink());
        String payment = one("select id from ledger_entry");
        assertThat(ada.get("/desk/business/payments/" + payment).body())
                .contains("A seat at an event", "ana@guest.example");
        assertThat(ada.post(
                                "/desk/business/payments/" + payment + "/refund",
                                "amount",
                                "10.00",
                                "why",
                                "No vegetarian dish")
                        .body())
                .contains("CHF 10.00 given back");
        assertThat(ana.get(DINNER + "ticket/").body())
                .as("a part leaves the seat")
                .contains("No. 0001");
        ada.post("/desk/business/payments/" + payment + "/refund", "amount", "35.00", "why", "Ill");
        assertThat(ana.get(DINNER + "ticket/").statusCode()).isEqualTo(404);
        assertThat(one("select sum(amount) from ledger_entry")).isEqualTo("0");
        assertThat(one("select count(*) from outbox where subject like 'Your registration was taken back%'"))
                .isEqualTo("1");
    }

    @Test
    void a_seat_that_nobody_pays_goes_to_the_next_and_money_that_comes_too_late_goes_back() throws Exception {
        Person ana = signedIn("ana");
        String answer =
                ana.post(DINNER + "register", "pay", "card", "bring", "yes").body();
        Person bo = signedIn("bo");
        assertThat(bo.post(DINNER + "register", "pay", "invoice").body()).contains("You are on the waiting list");
        room.clock.pass(Duration.ofMinutes(20));
        // Paid at Stripe, and nothing is heard of it before the seat has lapsed and both are gone.
        room.stripe.advance(room.clock.instant());
        room.pay(page(answer), CARD);
        room.jdbi.useHandle(handle ->
                handle.execute("update registration set until = ? where state = 'held'", room.clock.instant()));
        room.newsroom.line.run();
        assertThat(bo.get(DINNER).body()).contains("A seat is free for you");
        bo.post(DINNER + "accept", "pay", "invoice");
        assertThat(one("select count(*) from invoice where what = 'Dinner' and paid_at is null"))
                .isEqualTo("1");
        settle();
        settle();
        assertThat(one("select state || ' ' || why from registration where seats = 2"))
                .isEqualTo("cancelled unpaid");
        assertThat(one("select sum(amount) from ledger_entry"))
                .as("both seats are not there any more")
                .isEqualTo("0");
        assertThat(one("select sum(seats) from registration where state in ('held', 'offered', 'confirmed')"))
                .isEqualTo("1");
    }

    @Test
    void of_an_invoice_that_was_paid_half_is_owed_for_one_of_two_seats_and_the_rest_for_the_other() throws Exception {
        Person bo = signedIn("bo");
        bo.post(DINNER + "register", "pay", "invoice", "bring", "yes", "guest", "Omar");
        String number = one("select invoice_number from registration");
        room.owner();
        var ada = new Person(room.url());
        ada.post(room.newsroom.newsroomLink());
        ada.post(
                "/desk/invoices/" + number + "/paid",
                "on",
                java.time.LocalDate.ofInstant(room.clock.instant(), java.time.ZoneOffset.UTC)
                        .toString());
        assertThat(room.ledger()).containsExactly("charge 9000 CHF");
        String guests = "/desk/events/" + one("select id from event") + "/guests";
        assertThat(ada.get(guests).body()).doesNotContain("Money to give back");

        bo.post(DINNER + "ticket/" + one("select id from ticket where reader_id is null") + "/give-back");
        assertThat(letters("bo", "A seat was given back: Dinner"))
                .contains("We send your CHF 45.00 back to the account that they came from.");
        assertThat(ada.get(guests).body()).contains("Money to give back: CHF 45.00");
        settle();
        assertThat(room.ledger()).as("no card is asked").containsExactly("charge 9000 CHF");
        String payment = "/desk/business/payments/" + one("select id from ledger_entry") + "/refund";
        ada.post(payment, "amount", "20.00", "why", "One seat given back");
        assertThat(ada.get(guests).body()).contains("Money to give back: CHF 25.00");
        ada.post(payment, "amount", "25.00", "why", "One seat given back");
        assertThat(ada.get(guests).body()).doesNotContain("Money to give back");
        assertThat(bo.get(DINNER + "ticket/").body()).contains("No. 0001").doesNotContain("No. 0002");

        bo.post(DINNER + "give-back");
        assertThat(letters("bo", "You are not coming: Dinner"))
                .contains("We send your CHF 45.00 back to the account that they came from.");
        assertThat(ada.get(guests).body()).contains("Money to give back: CHF 45.00");
        ada.post(payment, "amount", "45.00", "why", "The other seat given back");
        assertThat(ada.get(guests).body()).doesNotContain("Money to give back");
        assertThat(room.ledger())
                .containsExactly("charge 9000 CHF", "refund -2000 CHF", "refund -2500 CHF", "refund -4500 CHF");
    }

    @Test
    void an_open_invoice_is_void_when_the_seat_goes_back_and_a_paid_one_is_shown_as_owed() throws Exception {
        Person bo = signedIn("bo");
        bo.post(DINNER + "register", "pay", "invoice");
        String number = one("select invoice_number from registration");
        assertThat(bo.get("/account/invoices/" + number).body()).contains("Dinner");
        assertThat(signedIn("cem").get("/account/invoices/" + number).statusCode())
                .isEqualTo(404);
        bo.post(DINNER + "give-back");
        assertThat(one("select voided_at is not null from invoice where number = " + number))
                .isEqualTo("t");
        bo.post(DINNER + "register", "pay", "invoice");
        String second = one("select max(invoice_number) from registration");
        room.jdbi.useHandle(handle ->
                handle.execute("update invoice set paid_at = issued_at where number = ?", Long.parseLong(second)));
        room.owner();
        var ada = new Person(room.url());
        ada.post(room.newsroom.newsroomLink());
        String event = one("select id from event");
        assertThat(ada.get("/desk/events/" + event + "/guests").body()).contains("paid");
        ada.post("/desk/events/" + event + "/call-off", "note", "");
        assertThat(ada.get("/desk/events/" + event + "/guests").body()).contains("Money to give back");
        assertThat(one("select string_agg(subject, ';' order by id) from outbox where to_address = 'bo@guest.example'"))
                .endsWith("Called off: Dinner");
    }
}
