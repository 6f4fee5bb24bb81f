package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.billing.BuyGiftMembership;
import press.masthead.books.BillingDetails;
import press.masthead.books.LedgerEntry;
import press.masthead.books.Receipt;
import press.masthead.plans.Because;
import press.masthead.plans.Interval;
import press.masthead.plans.Membership.State;
import press.masthead.plans.Offer;
import press.masthead.plans.Offers;
import press.masthead.plans.Price;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** What a card is charged: monthly, with each kind of offer, with tax; its receipts; gifts; and what is left after a deletion. */
class CardMoneyTest {
    private static final String GOOD = "4242424242424242";

    private final OddStripe odd = new OddStripe();
    private final CardRoom room = new CardRoom(false, Optional.of(odd));
    private final Reader ben = room.person("ben@reader.example");

    CardMoneyTest() throws Exception {
        room.newsroom.addMonthlyPrice();
        room.jdbi.useHandle(handle -> handle.execute("update price set trial_days = 0 where \"interval\" = 'month'"));
    }

    @AfterEach
    void close() {
        room.close();
        odd.close();
    }

    private Price monthly() {
        return room.newsroom.plans.onOffer().stream()
                .filter(price -> price.interval() == Interval.MONTH)
                .findFirst()
                .orElseThrow();
    }

    private Press.Person signedIn(String email) throws Exception {
        var person = new Press.Person(room.url());
        person.post(room.newsroom
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow())
                .substring(room.url().length()));
        return person;
    }

    private List<String> charges(Reader reader) {
        return room.newsroom.ledger.of(reader.id()).reversed().stream()
                .filter(entry -> entry.kind().equals("charge"))
                .map(entry -> entry.amount() + " " + entry.currency())
                .toList();
    }

    private void tax(String country, String rate, String readers, String companies, boolean home) {
        room.jdbi.useHandle(handle -> handle.execute(
                "insert into tax_rate (country, name, rate, readers, companies, home) values (?, 'VAT', ?::numeric, ?, ?, ?)",
                country,
                rate,
                readers,
                companies,
                home));
    }

    private static String text(byte[] pdf) throws Exception {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void whoever_chooses_the_monthly_price_pays_it_at_checkout_and_every_month_from_then_on() throws Exception {
        var person = signedIn(ben.email());
        var sent = person.post("/pro/trial", "price", Long.toString(monthly().id()), "pay", "card");
        String page = sent.headers().firstValue("Refresh").orElseThrow().replaceFirst("^0; url=", "");
        assertThat(page).contains("/c/pay/");
        assertThat(person.get("/account/membership/").body()).contains("No membership yet");
        room.pay(page, GOOD);
        room.work();
        assertThat(room.state(ben)).isEqualTo(State.ACTIVE);
        assertThat(room.membership(ben).price().interval()).isEqualTo(Interval.MONTH);
        assertThat(room.membership(ben).until()).isEqualTo("2026-12-23T08:00:00Z");
        assertThat(charges(ben)).containsExactly("2500 USD");
        assertThat(room.stripe.all("subscription").getFirst()).contains("\"interval\":\"month\"");
        room.days(62);
        assertThat(charges(ben)).containsExactly("2500 USD", "2500 USD", "2500 USD");
        assertThat(room.membership(ben).until()).isEqualTo("2027-02-23T08:00:00Z");
        assertThat(signedIn(ben.email()).get("/account/membership/").body())
                .contains("MR-000003", "Paid by card", "USD 25.00");
    }

    private Offer offer(String code, int percent, long amount, String payments, int trial) {
        room.jdbi.useHandle(handle -> handle.execute(
                "insert into offer (code, words, percent, amount, currency, payments, trial_days, from_at, created_at) values (?, '', ?, ?, ?, ?::int, ?, '2026-01-01', '2026-01-01')",
                code,
                percent,
                amount,
                amount > 0 ? "USD" : null,
                payments.isEmpty() ? null : payments,
                trial));
        return ((Offers.Asked.Good) room.newsroom.offers.ask(code, Optional.empty())).offer();
    }

    private Reader bought(String email, Offer offer) throws Exception {
        Reader reader = room.person(email);
        room.pay(room.checkout(reader, offer.trialOf(monthly()), Optional.of(offer)), GOOD);
        room.work();
        return reader;
    }

    @Test
    void each_kind_of_offer_costs_at_checkout_what_it_says_and_for_as_long() throws Exception {
        Reader fifth = bought("a@reader.example", offer("FIFTH", 20, 0, "1", 0));
        Reader five = bought("b@reader.example", offer("FIVER", 0, 500, "2", 0));
        Reader half = bought("c@reader.example", offer("HALF", 50, 0, "", 0));
        Reader late = bought("d@reader.example", offer("LATER", 10, 0, "1", 30));
        Reader free = bought("e@reader.example", offer("GRATIS", 100, 0, "1", 0));
        Reader always = bought("f@reader.example", offer("ALWAYS", 0, 700, "", 0));
        assertThat(room.state(late)).isEqualTo(State.TRIALING);
        assertThat(room.reads(free)).isTrue();
        assertThat(charges(free)).isEmpty();
        room.days(65);
        assertThat(charges(fifth)).containsExactly("2000 USD", "2500 USD", "2500 USD");
        assertThat(charges(five)).containsExactly("2000 USD", "2000 USD", "2500 USD");
        assertThat(charges(half)).containsExactly("1250 USD", "1250 USD", "1250 USD");
        assertThat(charges(late)).containsExactly("2250 USD", "2500 USD");
        assertThat(charges(free)).containsExactly("2500 USD", "2500 USD");
        assertThat(charges(always)).containsExactly("1800 USD", "1800 USD", "1800 USD");
        assertThat(room.count("select count(*) from offer_use")).isEqualTo(6);
    }

    @Test
    void each_payment_has_one_numbered_receipt_with_its_tax_as_a_page_and_as_paper_and_nobody_elses() throws Exception {
        tax("BE", "21", "included", "pay", true);
        room.pay(room.checkout(ben, monthly()), GOOD);
        room.work();
        room.newsroom.stripe.orElseThrow().handleEvents().run();
        room.days(31);
        List<Receipt> receipts = room.newsroom.receipts.of(ben.id());
        assertThat(receipts).extracting(Receipt::label).containsExactly("MR-000002", "MR-000001");
        assertThat(receipts.getLast().taxed().tax()).as("21 % in 25.00").isEqualTo(434);
        assertThat(room.stripe.all("invoice").getFirst()).contains("\"tax_behavior\":\"inclusive\"", "\"total\":2500");
        assertThat(room.count("select count(*) from outbox where body_text like '%of which USD 4.34 are VAT 21\\%%'"))
                .as("the renewal's letter says so")
                .isOne();

        var person = signedIn(ben.email());
        assertThat(person.get("/account/membership/").body()).contains("/account/receipts/1", "MR-000001", "MR-000002");
        assertThat(person.get("/account/receipts/1").body())
                .contains("Receipt MR-000001", "Paid by card on", "VAT 21% in it", "/account/receipts/1/pdf")
                .doesNotContain("Due on", "How to pay");
        assertThat(text(person.bytes("/account/receipts/1/pdf").body()))
                .contains("Receipt MR-000001", "Paid by card on 23 November 2026", "VAT 21%", "USD 4.34", "USD 25.00")
                .doesNotContain("Due on", "How to pay");
        LedgerEntry charge = room.newsroom.ledger.of(ben.id()).getLast();
        room.newsroom
                .stripe
                .orElseThrow()
                .payments()
                .refund(charge, 1_000, Because.desk(room.owner(), "a page was missing"));
        assertThat(person.get("/account/receipts/1").body()).contains("Given back", "USD 10.00");
        assertThat(text(person.bytes("/account/receipts/1/pdf").body())).contains("Given back on", "USD 10.00");

        var eve = signedIn(room.person("eve@reader.example").email());
        for (String path : List.of(
                "/account/receipts/1", "/account/receipts/1/pdf", "/account/receipts/99", "/account/receipts/x"))
            assertThat(eve.get(path).statusCode()).as(path).isEqualTo(404);
        assertThat(eve.get("/desk/receipts/1/pdf").statusCode()).isEqualTo(403);
        var ada = signedIn(room.owner().email());
        assertThat(text(ada.bytes("/desk/receipts/2/pdf").body())).contains("Receipt MR-000002");
    }

    @Test
    void tax_goes_to_stripe_as_the_rule_says_for_each_country_and_follows_a_reader_who_moves() throws Exception {
        tax("BE", "21", "included", "pay", true);
        tax("US", "8.875", "added", "pay", false);
        tax("DE", "19", "included", "owe", false);
        var details = new BillingDetails(room.jdbi);
        Reader cara = room.person("cara@reader.example");
        details.keep(cara.id(), BillingDetails.read("", "", "US", ""));
        Reader dirk = room.person("dirk@reader.example");
        details.keep(dirk.id(), BillingDetails.read("Dirk GmbH", "1 Quay", "DE", "DE123456789"));
        Reader fay = room.person("fay@reader.example");
        details.keep(fay.id(), BillingDetails.read("", "", "BR", ""));
        for (Reader reader : List.of(ben, cara, dirk, fay)) room.pay(room.checkout(reader, monthly()), GOOD);
        room.work();
        assertThat(charges(ben)).containsExactly("2500 USD");
        assertThat(charges(cara)).as("8.875 % on top").containsExactly("2722 USD");
        assertThat(charges(dirk)).as("less the 19 % that he owes himself").containsExactly("2101 USD");
        assertThat(charges(fay)).containsExactly("2500 USD");
        assertThat(room.newsroom.receipts.of(cara.id()).getFirst().taxed().tax())
                .isEqualTo(222);
        assertThat(room.newsroom.receipts.of(cara.id()).getFirst().taxed().label())
                .isEqualTo("VAT 8.875%");
        assertThat(room.newsroom.receipts.of(dirk.id()).getFirst().taxed().reverseCharge())
                .isTrue();
        assertThat(room.newsroom.receipts.of(fay.id()).getFirst().taxed().isDue())
                .isFalse();
        assertThat(room.membership(dirk).price().id())
                .as("a price without tax is the same price")
                .isEqualTo(monthly().id());
        assertThat(room.stripe.all("tax_rate")).hasSize(2);

        // Dirk moves home and gives no number; Ben moves to where tax comes on top.
        details.keep(dirk.id(), BillingDetails.read("", "", "BE", ""));
        assertThat(room.newsroom.stripe.orElseThrow().payments().taxChanged(dirk.id()))
                .isTrue();
        odd.down = true;
        var person = signedIn(ben.email());
        assertThat(person.post("/account/membership/payment", "country", "US").body())
                .contains("Saved. Your next receipt is written like this.");
        odd.down = false;
        room.days(31);
        assertThat(charges(dirk)).containsExactly("2101 USD", "2500 USD");
        assertThat(charges(ben)).containsExactly("2500 USD", "2722 USD");
        assertThat(room.newsroom.receipts.of(ben.id()).getFirst().taxed().tax()).isEqualTo(222);
    }

    @Test
    void a_deleted_account_is_deleted_at_stripe_as_soon_as_stripe_answers_and_once() throws Exception {
        room.pay(room.checkout(ben, monthly()), GOOD);
        room.work();
        odd.down = true;
        room.newsroom.deleteAccount.run(ben);
        room.work();
        assertThat(room.stripe.all("customer").getFirst()).contains(ben.email());
        odd.down = false;
        room.pass(Duration.ofMinutes(30));
        assertThat(room.stripe.all("customer").getFirst())
                .contains("\"deleted\":true")
                .doesNotContain(ben.email());
        assertThat(room.stripe.all("subscription").getFirst()).contains("\"status\":\"canceled\"");
        assertThat(room.count("select count(*) from stripe_customer where forgotten_at is not null"))
                .isOne();
        long deletions = deletions();
        room.days(40);
        assertThat(deletions()).isEqualTo(deletions);
        assertThat(room.ledger()).containsExactly("charge 2500 USD");
        assertThat(room.count("select count(*) from receipt where amount = 2500"))
                .isOne();

        // One whom somebody has deleted in the dashboard is deleted, too.
        Reader cleo = room.person("cleo@reader.example");
        room.pay(room.checkout(cleo, monthly()), GOOD);
        room.work();
        room.newsroom.deleteAccount.run(cleo);
        room.jdbi.useHandle(
                handle -> handle.execute(
                        "update stripe_customer set customer = 'cus_gone' where forgotten_at is null and customer not in (select customer from stripe_subscription)"));
        room.work();
        room.pass(Duration.ofMinutes(20));
        assertThat(room.count(
                        "select count(*) from stripe_customer where forget_at is not null and forgotten_at is null"))
                .isZero();
    }

    private long deletions() {
        return odd.requests.stream()
                .filter(request -> request.startsWith("DELETE /v1/customers/"))
                .count();
    }

    /** Closing what stands between holds every request against Stripe's description; this makes those that other tests do not. */
    @Test
    void each_request_of_a_whole_life_is_as_stripe_describes_it() throws Exception {
        tax("BE", "21", "included", "pay", true);
        room.pay(room.checkout(ben, monthly()), GOOD);
        room.work();
        var yearly = room.newsroom.plans.offered();
        room.days(3);
        var quote = room.newsroom.changePlan.quote(ben, yearly.id());
        assertThat(room.newsroom.changePlan.run(ben, quote.id())).isPresent();
        room.work();
        var later = room.newsroom.changePlan.quote(ben, monthly().id());
        assertThat(room.newsroom.changePlan.run(ben, later.id())).isPresent();
        assertThat(room.newsroom.leave.cancel(ben)).isTrue();
        assertThat(room.newsroom.leave.resume(ben)).isTrue();
        room.newsroom.pause.run(ben, 1);
        assertThat(room.newsroom.stripe.orElseThrow().payments().cardPage(ben.id()))
                .isPresent();
        room.work();
        room.newsroom.stripe.orElseThrow().sweep().run();
        room.newsroom.checkBooks.lines();
        assertThat(odd.requests.stream()
                        .map(request -> request.replaceFirst("\\?.*|(?<=\\S \\S{1,200}) .*", "")
                                .replaceAll("X-\\d+|[a-z_]+_L\\d+", "{id}"))
                        .distinct())
                .contains(
                        "POST /v1/customers",
                        "POST /v1/prices",
                        "POST /v1/tax_rates",
                        "POST /v1/checkout/sessions",
                        "POST /v1/invoices/create_preview",
                        "POST /v1/subscriptions/{id}",
                        "POST /v1/billing_portal/sessions")
                .hasSizeGreaterThan(12);
    }

    private BuyGiftMembership.Typed gift(String on) {
        return new BuyGiftMembership.Typed(
                "gil@reader.example",
                "Gil",
                "omar@reader.example",
                "Omar",
                "With my best wishes",
                monthly().id(),
                3,
                on,
                Optional.empty(),
                "test");
    }

    private String giftPage(String on) {
        return room.newsroom.buyGiftMembership.byCard(
                gift(on), room.newsroom.stripe.orElseThrow().gifts());
    }

    @Test
    void a_gift_is_bought_by_card_from_the_form_paid_once_and_delivered_on_its_day() throws Exception {
        tax("BE", "21", "included", "pay", true);
        var gil = new Press.Person(room.url());
        assertThat(gil.get("/pro/gift/").body()).contains("Pay by card", "Pay by invoice");
        var sent = gil.post(
                "/pro/gift/",
                "pay",
                "card",
                "price",
                Long.toString(monthly().id()),
                "months",
                "3",
                "to_email",
                "omar@reader.example",
                "giver_email",
                "gil@reader.example",
                "giver_name",
                "Gil",
                "on",
                "2026-11-30");
        String page = sent.headers().firstValue("Refresh").orElseThrow().replaceFirst("^0; url=", "");
        String session = page.replaceFirst(".*/c/pay/", "");
        assertThat(gil.get("/pro/gift/paid?session=" + session).body()).contains("Your payment is on its way");
        room.pay(page, GOOD);
        assertThat(gil.get("/pro/gift/paid?session=" + session).body())
                .contains("Thank you for your gift", "It is paid for")
                .doesNotContain("omar@", "gil@");
        room.work();
        room.work();
        assertThat(room.ledger()).containsExactly("charge 7500 USD");
        assertThat(room.letters("gil@reader.example"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Receipt MR-000001");
        assertThat(room.count("select count(*) from outbox where body_text like '%of which USD 13.02 are VAT 21\\%%'"))
                .isOne();
        assertThat(room.stripe.all("customer")).as("a giver is no customer").isEmpty();
        room.owner();
        var ada = signedIn("ada@parallel.example");
        assertThat(ada.get("/desk/business/payments").body())
                .as("who paid stands on the receipt, as there is no membership yet")
                .contains("Gil", "USD 75.00")
                .doesNotContain("Deleted account");
        assertThat(ada.get("/desk/business/payments/1").body()).contains("Gil").doesNotContain("Deleted account");
        room.newsroom.buyGiftMembership.run();
        assertThat(room.letters("omar@reader.example")).isEmpty();
        room.days(8);
        room.newsroom.buyGiftMembership.run();
        assertThat(room.letters("omar@reader.example")).hasSize(1);
        assertThat(gil.get("/pro/gift/paid?session=cs_test_nobody").statusCode())
                .isEqualTo(404);
        assertThat(gil.post("/pro/gift/", "pay", "card", "months", "3").statusCode())
                .isEqualTo(422);
        LedgerEntry charge = room.newsroom.ledger.find(1).orElseThrow();
        assertThatThrownBy(() -> refund(charge, 7_500))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("before it is delivered");
    }

    private void refund(LedgerEntry charge, long amount) {
        room.newsroom
                .stripe
                .orElseThrow()
                .payments()
                .refund(charge, amount, Because.desk(room.owner(), "changed their mind"));
    }

    @Test
    void a_gifts_webhooks_may_come_turned_round_twice_or_never_and_it_is_one_gift() throws Exception {
        odd.hold = true;
        String first = giftPage("2026-12-01");
        String second = giftPage("2026-12-02");
        room.pay(first, GOOD);
        room.stripe.settle();
        odd.deliverTurnedRound();
        room.work();
        assertThat(room.ledger()).containsExactly("charge 7500 USD");
        assertThat(room.letters("gil@reader.example")).hasSize(1);
        // Of the second nothing is told at all.
        odd.hold = true;
        room.pay(second, GOOD);
        room.pass(Duration.ofHours(2));
        assertThat(room.ledger()).hasSize(1);
        room.newsroom.stripe.orElseThrow().sweep().run();
        room.newsroom.stripe.orElseThrow().sweep().run();
        assertThat(room.ledger()).containsExactly("charge 7500 USD", "charge 7500 USD");
        assertThat(room.newsroom.receipts.find(2)).isPresent();
        // Given back in the dashboard: told by the charge alone.
        odd.hold = false;
        String charge = room.newsroom.receipts.find(2).orElseThrow().charge().replace("X-", "");
        String known = room.stripe.all("charge").stream()
                .filter(one -> one.contains(charge))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
        room.post(room.stripe.url() + "/v1/refunds", "charge", known);
        room.work();
        assertThat(room.ledger()).hasSize(3).last().isEqualTo("refund -7500 USD");
        assertThat(room.letters("gil@reader.example")).last().asString().contains("given back");
        room.days(12);
        room.newsroom.buyGiftMembership.run();
        assertThat(room.letters("omar@reader.example"))
                .as("the first alone is delivered")
                .hasSize(1);
    }

    @Test
    void a_gift_is_given_back_from_the_desk_before_its_day_and_one_that_nobody_paid_for_is_forgotten()
            throws Exception {
        room.pay(giftPage("2026-12-20"), GOOD);
        giftPage("2026-12-21");
        room.work();
        LedgerEntry charge = room.newsroom.ledger.find(1).orElseThrow();
        assertThatThrownBy(() -> refund(charge, 100)).hasMessageContaining("as a whole");
        refund(charge, 7_500);
        room.work();
        assertThat(room.ledger()).containsExactly("charge 7500 USD", "refund -7500 USD");
        assertThat(signedIn("ada@parallel.example")
                        .get("/desk/business/payments?only=refunds")
                        .body())
                .contains("Gil")
                .doesNotContain("Deleted account");
        assertThatThrownBy(() -> refund(charge, 7_500)).isInstanceOf(Problem.class);
        room.days(4);
        room.newsroom.stripe.orElseThrow().sweep().run();
        room.newsroom.stripe.orElseThrow().sweep().run();
        assertThat(room.count("select count(*) from gift_membership where paid_at is null"))
                .isZero();
        room.days(30);
        room.newsroom.buyGiftMembership.run();
        assertThat(room.letters("omar@reader.example")).isEmpty();
    }

    @Test
    void where_stripe_is_away_a_giver_is_told_so_and_nothing_is_charged() {
        odd.down = true;
        assertThatThrownBy(() -> giftPage("2026-12-20"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("does not answer");
        assertThat(room.ledger()).isEmpty();
    }
}
