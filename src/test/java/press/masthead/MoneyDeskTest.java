package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** Plans, prices, offers, tax and invoices in the newsroom, and what a form can't be made to do. */
class MoneyDeskTest {
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Press.Person signedIn(String email) throws Exception {
        var person = press.person();
        String link = press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow());
        assertThat(person.post(link).statusCode()).isEqualTo(200);
        return person;
    }

    private static <T> T one(String sql, Class<T> type) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(type).one());
    }

    @Test
    void only_the_owner_and_the_business_staff_see_the_money() throws Exception {
        press.running.newsroom().database.jdbi().useHandle(handle -> handle.execute("""
                insert into staff (reader_id, role)
                select id, 'reporter' from reader where email_key = 'idris@reader.example' on conflict do nothing"""));
        var reporter = signedIn("idris@reader.example");
        var visitor = press.person();
        for (String path : List.of(
                "/desk/invoices",
                "/desk/invoices/1",
                "/desk/invoices/bank",
                "/desk/plans",
                "/desk/offers",
                "/desk/tax")) {
            assertThat(reporter.get(path).statusCode()).as(path).isEqualTo(403);
            assertThat(visitor.get(path).body()).as(path).doesNotContain("MH-0000");
        }
        assertThat(reporter.post("/desk/offers", "code", "FREE", "percent", "100")
                        .statusCode())
                .isEqualTo(403);
        assertThat(reporter.post("/desk/business/payments/1/refund", "amount", "1", "why", "x")
                        .statusCode())
                .isEqualTo(403);
        assertThat(one("select count(*) from offer where code = 'FREE'", Long.class))
                .isZero();
    }

    @Test
    void a_price_is_never_edited_and_who_has_it_keeps_it() throws Exception {
        var ada = signedIn("ada@parallel.example");
        long plan = one("select id from plan where slug = 'pro'", Long.class);
        long members = one(
                "select count(*) from membership m join price p on p.id = m.price_id where p.currency = 'USD' and m.ended_at is null",
                Long.class);
        assertThat(ada.post(
                                "/desk/plans/" + plan + "/prices",
                                "amount",
                                "12.345",
                                "currency",
                                "USD",
                                "interval",
                                "year",
                                "trial",
                                "7")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ada.post(
                                "/desk/plans/" + plan + "/prices",
                                "amount",
                                "4.500",
                                "currency",
                                "KWD",
                                "interval",
                                "month",
                                "trial",
                                "7")
                        .body())
                .contains("KWD 4.500 a month");
        assertThat(ada.post(
                                "/desk/plans/" + plan + "/prices",
                                "amount",
                                "4600.5",
                                "currency",
                                "JPY",
                                "interval",
                                "month",
                                "trial",
                                "7")
                        .body())
                .contains("Please give an amount in JPY");
        ada.post(
                "/desk/plans/" + plan + "/prices",
                "amount",
                "30",
                "currency",
                "GBP",
                "interval",
                "month",
                "trial",
                "0");
        assertThat(one(
                        "select string_agg(amount || ' ' || active, ', ' order by id) from price where currency = 'GBP' and interval = 'month'",
                        String.class))
                .isEqualTo("2400 false, 3000 true");
        assertThat(one(
                        "select count(*) from membership m join price p on p.id = m.price_id where p.currency = 'USD' and m.ended_at is null",
                        Long.class))
                .isEqualTo(members);
    }

    @Test
    void an_offer_is_made_taken_once_and_ended() throws Exception {
        var ada = signedIn("ada@parallel.example");
        assertThat(ada.post("/desk/offers", "code", "x", "percent", "10").body())
                .contains("A code has 3 to 32");
        assertThat(ada.post(
                                "/desk/offers",
                                "code",
                                "MAY25",
                                "words",
                                "May",
                                "percent",
                                "10",
                                "amount",
                                "5",
                                "currency",
                                "EUR")
                        .body())
                .contains("a percentage or an amount, not both", "value=\"MAY25\"");
        assertThat(ada.post("/desk/offers", "code", "may25", "percent", "25", "payments", "1", "at_most", "1")
                        .body())
                .contains("MAY25", "25% off the first payment");
        assertThat(ada.post("/desk/offers", "code", "MAY25", "percent", "30").body())
                .contains("this code already");
        var eli = signedIn("eli@reader.example");
        String page = eli.get("/pro/?offer=may25").body();
        assertThat(page).contains("<s>USD 300</s>", "USD 225");
        String price = page.replaceAll("(?s).*name=\"price\" value=\"(\\d+)\".*", "$1");
        eli.post("/pro/trial", "price", price, "offer", "MAY25");
        assertThat(eli.get("/account/membership/").body()).contains("USD 225.00");
        assertThat(press.person().get("/pro/?offer=MAY25").body()).contains("has been taken as often as it was there");
        long id = one("select id from offer where code = 'AUTUMN20'", Long.class);
        ada.post("/desk/offers/" + id + "/end");
        assertThat(press.person().get("/pro/?offer=AUTUMN20").body()).contains("The offer AUTUMN20 has ended.");
    }

    @Test
    void a_price_plan_currency_or_offer_changed_in_the_form_is_refused() throws Exception {
        var gone = signedIn("hana@reader.example");
        long before = one("select count(*) from membership", Long.class);
        for (String price : List.of("999999", "0", "-1", "1 or 1=1"))
            assertThat(gone.post("/pro/trial", "price", price, "offer", "NOSUCH")
                            .statusCode())
                    .isEqualTo(409);
        assertThat(gone.post("/pro/trial", "price", "999999").body()).contains("not on offer any more");
        assertThat(gone.post("/pro/trial", "pay", "card").body()).contains("do not take this kind of payment");
        assertThat(one("select count(*) from membership", Long.class)).isEqualTo(before);
        var cleo = signedIn("cleo@reader.example");
        assertThat(cleo.post("/account/membership/quote", "price", "999999").statusCode())
                .isEqualTo(422);
        assertThat(cleo.post("/account/membership/change", "quote", "1", "price", "999999")
                        .statusCode())
                .isEqualTo(422);
        assertThat(cleo.post("/account/membership/pause", "months", "12").statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_browser_from_a_country_sees_its_money_first_and_keeps_what_it_chose() throws Exception {
        assertThat(pro("ja-JP,ja;q=0.9", "")).contains("JPY 3,800").doesNotContain("USD 300 billed");
        assertThat(pro("de-AT,de;q=0.9", "")).contains("EUR 23");
        assertThat(pro("de-CH", "")).contains("CHF 24");
        assertThat(pro("en", "")).contains("USD 25");
        assertThat(pro("pt-BR", "")).contains("USD 25");
        assertThat(pro(";;;q=x", "")).contains("USD 25");
        assertThat(pro("de-CH", "currency=GBP")).contains("GBP 20");
        assertThat(pro("de-CH", "currency=XXX")).contains("USD 25");
    }

    private static String pro(String languages, String cookie) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(press.url() + "/pro/")).header("Accept-Language", languages);
        if (!cookie.isEmpty()) request.header("Cookie", cookie);
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void another_readers_invoice_is_nobodys() throws Exception {
        var faye = signedIn("faye@reader.example");
        long cleos = one("select i.number from invoice i where i.email = 'cleo@reader.example'", Long.class);
        for (String path : List.of("", "/pdf", "/credit/1"))
            assertThat(faye.get("/account/invoices/" + cleos + path).statusCode())
                    .isEqualTo(404);
        assertThat(faye.get("/account/invoices/" + cleos).body().replace("/invoices/" + cleos, ""))
                .as("the same words as for one that never was")
                .isEqualTo(faye.get("/account/invoices/999999").body().replace("/invoices/999999", ""));
    }

    @Test
    void an_invoice_is_found_marked_and_given_back() throws Exception {
        var ada = signedIn("ada@parallel.example");
        assertThat(ada.get("/desk/invoices?q=marchetti").body()).contains("cleo@reader.example");
        long number = one("select number from invoice where email = 'dina@ministry.example'", Long.class);
        assertThat(ada.get("/desk/invoices?q=MH-" + number).body()).contains("dina@ministry.example");
        assertThat(ada.get("/desk/invoices?q=%27%3B--").body()).contains("None found");
        String payment = "/desk/business/payments/"
                + one("select id from ledger_entry where kind = 'charge' and invoice_number = " + number, Long.class);
        assertThat(ada.get("/desk/invoices/" + number).body()).contains(payment);
        assertThat(ada.post(payment + "/refund", "amount", "999999", "why", "x").statusCode())
                .isEqualTo(422);
        assertThat(ada.post("/desk/invoices/" + number + "/paid", "on", "tomorrow")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ada.post("/desk/invoices/" + number + "/paid", "on", "2026-11-20")
                        .statusCode())
                .isEqualTo(409);
        assertThat(ada.post(payment + "/refund", "amount", "10.00", "why", "").body())
                .contains("Please say why");
        assertThat(ada.post(payment + "/refund", "amount", "10.00", "why", "a day without service")
                        .body())
                .contains("USD 10.00 given back");
        assertThat(ada.get("/desk/invoices/" + number).body()).contains("CN-00000", "USD 10.00");
    }
}
