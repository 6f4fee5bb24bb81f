package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** A team's invoice over HTTP: what the desk says of it, its papers for the manager and for staff, and the rule of its tax. */
class TeamInvoiceTest {
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started().holdingLetters();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Press.Person signedIn(String email) throws Exception {
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static String value(String sql) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle -> String.valueOf(
                        handle.createQuery(sql).mapTo(String.class).findOne().orElse("")));
    }

    private static String text(byte[] pdf) throws IOException {
        try (var document = org.apache.pdfbox.Loader.loadPDF(pdf)) {
            return new org.apache.pdfbox.text.PDFTextStripper().getText(document);
        }
    }

    /** A contract of Japan's with its first invoice. Returns the invoice's number. */
    private static String contract(Press.Person ada, String team) throws Exception {
        ada.post(
                "/desk/teams/contracts/new",
                "team",
                team,
                "zone",
                "Asia/Tokyo",
                "plan",
                "1",
                "seats",
                "3",
                "price",
                "30,000",
                "currency",
                "JPY",
                "from",
                "2026-12-01",
                "until",
                "2027-11-30",
                "terms",
                "30",
                "order",
                "PO-4711",
                "billingName",
                team + " KK",
                "billingAddress",
                "3-1 Minato\nTokyo",
                "country",
                "JP",
                "contactName",
                "Aiko",
                "contactEmail",
                "aiko@quay.example",
                "manager",
                "mori@quay.example");
        return value("select number from invoice where company = '" + team + " KK'");
    }

    @Test
    void paid_at_the_desk_it_has_an_organisations_receipt_and_given_back_it_leaves_the_seats_alone() throws Exception {
        var ada = signedIn("ada@parallel.example");
        String number = contract(ada, "Quay Works");
        String page = ada.get("/desk/invoices/" + number).body();
        assertThat(page).contains("Quay Works KK", "PO-4711", "Consumption tax 10%", "JPY 99,000");
        String today = java.time.LocalDate.now(
                        press.running.newsroom().publication.settings().zone())
                .toString();
        page = ada.post("/desk/invoices/" + number + "/paid", "on", today).body();
        assertThat(page).contains("The receipt is on its way");
        assertThat(page).doesNotContain("ends the membership");
        assertThat(value("select subject from outbox where to_address = 'aiko@quay.example' order by id desc limit 1"))
                .endsWith(", Quay Works KK")
                .startsWith("Receipt for invoice");

        var mori = signedIn("mori@quay.example");
        String team = value("select id from team where name = 'Quay Works'");
        String at = "/team/" + team + "/contract/invoices/" + number;
        assertThat(mori.get(at).body()).contains("Consumption tax 10% in it", at + "/pdf", "PO-4711", "JPY 90,000");
        assertThat(text(mori.bytes(at + "/pdf").body()))
                .contains("Quay Works KK", "PO-4711", "Consumption tax 10%", "JPY 9,000", "JPY 99,000")
                .contains("1 December 2026", "30 November 2027")
                .contains("Paid on");

        String payment = value("select id from ledger_entry where kind = 'charge' and invoice_number = " + number);
        assertThat(ada.get("/desk/business/payments/" + payment).body())
                .contains("Quay Works", "The contract and its seats stay as they are.");
        ada.post("/desk/business/payments/" + payment + "/refund", "amount", "33000", "why", "One seat fewer");
        assertThat(value("select count(*) from seat where team_id = " + team)).isEqualTo("0");
        assertThat(value("select seats from contract where team_id = " + team)).isEqualTo("3");
        assertThat(value(
                        "select body_text from outbox where to_address = 'aiko@quay.example' order by id desc limit 1"))
                .contains("JPY 33,000", "One seat fewer", "The contract and its seats stay as they are.");
        String note = value("select number from credit_note where invoice_number = " + number);
        String paper = at + "/credit/" + note;
        assertThat(mori.get(at).body()).contains(paper);
        assertThat(text(mori.bytes(paper).body())).contains("Credit note CN-", "One seat fewer", "JPY -33,000");
        assertThat(ada.get("/desk/invoices/" + number).body()).contains("/desk/invoices/" + number + "/credit/" + note);
        assertThat(text(ada.bytes("/desk/invoices/" + number + "/credit/" + note)
                        .body()))
                .contains("Credit note CN-");

        var petra = signedIn("petra@bank.example");
        String bank = value("select id from team where name = 'Sarrin Maritime Bank'");
        for (String path : new String[] {
            at + "/pdf",
            paper,
            "/team/" + bank + "/contract/invoices/" + number + "/pdf",
            "/team/" + bank + "/contract/invoices/" + number + "/credit/" + note,
            "/account/invoices/" + number + "/pdf"
        }) assertThat(petra.get(path).statusCode()).as(path).isEqualTo(404);
        assertThat(mori.get(at + "/credit/" + note + "0").statusCode()).isEqualTo(404);
        assertThat(petra.get("/desk/invoices/" + number + "/credit/" + note).statusCode())
                .isEqualTo(403);
    }

    @Test
    void marked_as_paid_from_the_teams_page_it_is_answered_in_the_same_way_and_only_once() throws Exception {
        var ada = signedIn("ada@parallel.example");
        String number = contract(ada, "Mole Works");
        String team = value("select id from team where name = 'Mole Works'");
        String path = "/desk/teams/" + team + "/invoices/" + number + "/paid";
        assertThat(ada.post(path).body()).contains("The receipt is on its way to the contact for invoices.");
        assertThat(ada.post(path).statusCode()).isEqualTo(409);
        assertThat(value("select count(*) from outbox where subject like 'Receipt%Mole Works KK'"))
                .isEqualTo("1");
        assertThat(value("select count(*) from ledger_entry where invoice_number = " + number))
                .isEqualTo("1");
    }

    @Test
    void the_newsroom_sets_for_each_country_what_readers_teams_and_companies_pay() throws Exception {
        var ada = signedIn("ada@parallel.example");
        String page = ada.post(
                        "/desk/tax",
                        "country",
                        "no",
                        "name",
                        "MVA",
                        "rate",
                        "25",
                        "readers",
                        "included",
                        "teams",
                        "added",
                        "companies",
                        "owe")
                .body();
        assertThat(page).contains("Norway", "100.00 with 20.00 tax", "125.00 with 25.00 tax", "reader 80.00, no tax");
        var home = ada.post(
                "/desk/tax",
                "country",
                "BE",
                "name",
                "VAT",
                "rate",
                "21",
                "readers",
                "included",
                "teams",
                "added",
                "companies",
                "owe",
                "home",
                "yes");
        assertThat(home.statusCode()).isEqualTo(422);
        assertThat(home.body()).contains("Where this newsroom is registered it charges companies too.");
        assertThat(ada.post("/desk/tax", "country", "SE", "name", "Moms", "rate", "25", "companies", "pay")
                        .statusCode())
                .isEqualTo(422);
        assertThat(value("select count(*) from tax_rate where country = 'SE'")).isEqualTo("0");
        assertThat(value("select companies from tax_rate where country = 'BE'")).isEqualTo("pay");
    }
}
