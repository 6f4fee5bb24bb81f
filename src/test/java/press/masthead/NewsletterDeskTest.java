package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import press.masthead.readers.EmailAddress;

/** What editors decide about newsletters, as they do it in the newsroom. */
class NewsletterDeskTest {
    private static Press press;
    private static Press.Person ada;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
        ada = signedIn("ada@parallel.example");
    }

    @AfterAll
    static void stop() throws IOException {
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

    private static void set(String sql) {
        press.running.newsroom().database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    private static String text(String sql) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(h -> h.createQuery(sql).mapTo(String.class).one());
    }

    /** A form without a flaw, with some fields put otherwise; a field that is given empty is not sent. */
    private static String[] form(String... otherwise) {
        var fields = new ArrayList<String[]>();
        for (String[] field : new String[][] {
            {"name", "Tide Table"},
            {"slug", "tide-table"},
            {"audience", "everyone"},
            {"slot", "weekly"},
            {"day", "fri"},
            {"at", "16:45"},
            {"zone", "Asia/Tokyo"},
            {"release", "by_itself"},
            {"lateness", "90"},
            {"on-holidays", "next_working_day"},
            {"sender-name", "The Tide Table"},
            {"reply-to", "tides@parallel.example"},
            {"own-accent", "yes"},
            {"accent", "#125e5a"},
            {"topic", "energy"},
            {"industry", "supply-chain"}
        }) fields.add(field);
        for (int i = 0; i < otherwise.length; i += 2) {
            String name = otherwise[i];
            fields.removeIf(field -> field[0].equals(name));
        }
        for (int i = 0; i < otherwise.length; i += 2)
            if (!otherwise[i + 1].isEmpty()) fields.add(new String[] {otherwise[i], otherwise[i + 1]});
        return fields.stream().flatMap(Arrays::stream).toArray(String[]::new);
    }

    @Test
    void an_editor_begins_a_newsletter_and_readers_find_it_on_the_hub() throws Exception {
        var begun = ada.post("/desk/newsletters/new", form());
        assertThat(begun.statusCode()).isEqualTo(200);
        assertThat(begun.body()).contains("Tide Table", "Fridays at 16:45, Tokyo", "#125e5a");
        assertThat(press.person().get("/newsletters/").body()).contains("Tide Table", "Fridays at 16:45, Tokyo");
        assertThat(text("""
                select string_agg(t.slug, ',') || ' ' || (select string_agg(i.slug, ',') from newsletter_industry ni join industry i on i.id = ni.industry_id where ni.newsletter_id = n.id)
                from newsletter n join newsletter_topic nt on nt.newsletter_id = n.id join topic t on t.id = nt.topic_id
                where n.slug = 'tide-table' group by n.id
                """)).isEqualTo("energy supply-chain");
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "name       | ''             | A newsletter needs a name.",
                "slug       | Tide Table!    | An address has small letters, digits and single hyphens, at most 60 of them.",
                "slug       | join           | The site itself uses “join”; choose another address.",
                "slug       | morning        | Another newsletter has the address “morning”.",
                "at         | 25:00          | Write the time like 07:00.",
                "zone       | Europe/Sarrin  | There is no time zone called “Europe/Sarrin”. Write it like Europe/Brussels.",
                "lateness   | 900            | The lateness is a whole number of minutes from 0 to 720.",
                "lateness   | soon           | The lateness is a whole number of minutes from 0 to 720.",
                "sender-name| ''             | The sender needs a name of at most 80 characters.",
                "reply-to   | tides at sea   | “tides at sea” is not an e-mail address.",
                "accent     | teal           | Write the colour like #b3261e.",
                "release    | ''             | Choose whether it goes out by itself or waits for an editor.",
                "day        | ''             | This newsletter will never go out: no day is chosen.",
            })
    void what_is_wrong_is_said_in_one_sentence_and_nothing_is_saved(String field, String value, String sentence)
            throws Exception {
        String before = text("select count(*)::text from newsletter");
        var refused = ada.post(
                "/desk/newsletters/new",
                field.equals("slug") ? form("slug", value) : form("slug", "other", field, value));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(sentence);
        if (!field.equals("sender-name")) assertThat(refused.body()).contains("value=\"The Tide Table\"");
        assertThat(text("select count(*)::text from newsletter")).isEqualTo(before);
    }

    @Test
    void one_that_can_never_go_out_is_refused_and_one_that_became_so_is_shown_in_the_week() throws Exception {
        String[] weekend = form("slug", "weekend", "slot", "weekdays", "day", "sat");
        assertThat(ada.post("/desk/newsletters/new", weekend).body())
                .contains("This newsletter will never go out: it comes on weekdays, and only Saturday is chosen.");
        String[] rests = form(
                "slug",
                "rests",
                "holiday-day",
                "2026-01-01",
                "holiday-until",
                "2026-12-31",
                "holiday-name",
                "Sabbatical",
                "holiday-yearly",
                "yes");
        var refused = ada.post("/desk/newsletters/new", rests);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "This newsletter will never go out: each of its days in the coming year is a holiday.",
                        "value=\"Sabbatical\"");
        set("update newsletter set days = '{}' where slug = 'culture-letter'");
        assertThat(ada.get("/desk/editions").body())
                .contains("The Culture Letter</a>. This newsletter will never go out: no day is chosen.");
        set("update newsletter set days = '{sat}' where slug = 'culture-letter'");
    }

    @Test
    void a_flaw_in_a_list_of_holidays_is_named() throws Exception {
        assertThat(ada.post("/desk/newsletters/holidays", "holiday-day", "2026-02-30", "holiday-name", "Leap")
                        .body())
                .contains("A holiday's day is no date: “2026-02-30”.");
        assertThat(ada.post("/desk/newsletters/holidays", "holiday-day", "2026-12-25")
                        .body())
                .contains("The holiday on 2026-12-25 needs a name.");
        assertThat(ada.post(
                                "/desk/newsletters/holidays",
                                "holiday-day",
                                "2026-12-25",
                                "holiday-until",
                                "2026-12-24",
                                "holiday-name",
                                "Christmas")
                        .statusCode())
                .isEqualTo(422);
        assertThat(text("select count(*)::text from holiday")).isEqualTo("0");
    }

    @Test
    void a_holiday_for_all_takes_tomorrows_editions_away_that_nobody_has_touched() throws Exception {
        press.running.newsroom().draftEditions.run();
        String holiday = text(
                "select coalesce(min(day), current_date + 1)::text from edition where state = 'drafted' and edited_at is null and due_at > now()");
        assertThat(ada.post("/desk/newsletters/holidays", "holiday-day", holiday, "holiday-name", "Charter Day")
                        .body())
                .contains("Saved. Every newsletter keeps these holidays.");
        assertThat(text(
                        "select count(*)::text from edition where state = 'drafted' and edited_at is null and due_at > now() and day = '"
                                + holiday + "'"))
                .isEqualTo("0");
        assertThat(ada.get("/desk/editions").body()).contains("keeps Charter Day.");
        ada.post("/desk/newsletters/holidays", "holiday-day", "");
    }

    @Test
    void an_archived_newsletter_leaves_the_hub_and_can_come_back() throws Exception {
        String id = text("select id::text from newsletter where slug = 'cities-weekly'");
        ada.post("/desk/newsletters/" + id + "/archive");
        assertThat(press.person().get("/newsletters/").body()).doesNotContain("City Desk");
        assertThat(ada.get("/desk/newsletters").body()).contains("Archived", "City Desk");
        ada.post("/desk/newsletters/" + id + "/restore");
        assertThat(press.person().get("/newsletters/").body()).contains("City Desk");
    }

    @Test
    void a_reporter_may_look_and_not_change() throws Exception {
        var ivo = signedIn("ivo@parallel.example");
        assertThat(ivo.get("/desk/newsletters").statusCode()).isEqualTo(200);
        assertThat(ivo.post("/desk/newsletters/new", form("slug", "mine")).statusCode())
                .isEqualTo(403);
        assertThat(press.person().get("/desk/newsletters").body())
                .contains("Sign in")
                .doesNotContain("Comes out");
    }
}
