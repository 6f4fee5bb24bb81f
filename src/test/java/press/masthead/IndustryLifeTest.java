package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** An industry from its first day to its last, with the newsletter of its own: nothing that readers did is lost on the way. */
class IndustryLifeTest {
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

    private static Jdbi jdbi() {
        return press.running.newsroom().database.jdbi();
    }

    private static Press.Person signedIn(String email) throws Exception {
        run(
                "insert into reader (email, email_key, created_at, confirmed_at) values (?, ?, now(), now()) on conflict (email_key) do nothing",
                email,
                email);
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static Press.Person member(String email) throws Exception {
        var person = signedIn(email);
        run("""
                insert into membership (reader_id, price_id, payment, started_at, until)
                select r.id, p.id, 'complimentary', now(), now() + interval '1 year' from reader r, price p where r.email_key = ? limit 1
                """, email);
        return person;
    }

    private static String value(String sql, Object... values) {
        return jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql);
            for (int i = 0; i < values.length; i++) query.bind(i, values[i]);
            return query.mapTo(String.class).findOne().orElse("");
        });
    }

    private static void run(String sql, Object... values) {
        jdbi().useHandle(handle -> handle.execute(sql, values));
    }

    /** Adds one over HTTP. Returns its number. */
    private static String added(String name) throws Exception {
        assertThat(ada.post("/desk/industries/new", "name", name, "description", "All about " + name + ".")
                        .body())
                .contains("with a weekly newsletter of its own");
        return value("select id from industry where name = ?", name);
    }

    private static String ranked(String email) {
        return value("""
                select coalesce(string_agg(i.slug || ' ' || k.rank, ', ' order by k.rank), '') from industry_rank k
                join industry i on i.id = k.industry_id join reader r on r.id = k.reader_id where r.email_key = ?
                """, email);
    }

    @Test
    void a_new_industry_has_a_page_and_a_newsletter_that_members_get_and_visitors_see() throws Exception {
        added("Deep sea mining");
        assertThat(value("""
                select n.name || ' / ' || n.audience || ' / ' || n.slot || ' / ' || n.release from newsletter n
                where n.slug = 'deep-sea-mining-weekly'
                """)).isEqualTo("Deep sea mining weekly / members / weekly / waits");

        var visitor = press.person();
        String page = visitor.get("/industry/deep-sea-mining/").body();
        assertThat(page)
                .contains("All about Deep sea mining.", "/newsletters/deep-sea-mining-weekly/", "It comes to members")
                .doesNotContain("value=\"deep-sea-mining-weekly\"");
        String hub = visitor.get("/newsletters/").body();
        assertThat(hub)
                .contains("Once a week on one industry", "Deep sea mining weekly", "For members: see PRO")
                .doesNotContain("value=\"deep-sea-mining-weekly\"", "value=\"weekly-review\"");
        var refused = visitor.post(
                "/newsletters/join", "email", "new@reader.example", "newsletter", "deep-sea-mining-weekly");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("This newsletter is for members");

        var pia = member("pia@reader.example");
        assertThat(pia.get("/industry/deep-sea-mining/").body()).contains("value=\"deep-sea-mining-weekly\"");
        pia.post("/newsletters/join", "newsletter", "deep-sea-mining-weekly");
        assertThat(pia.get("/newsletters/deep-sea-mining-weekly/").body()).contains("You get this newsletter");
        assertThat(pia.get("/newsletters/").body()).contains("value=\"deep-sea-mining-weekly\" checked");
    }

    @Test
    void the_sample_has_one_for_each_of_its_nine_with_a_letter_to_look_at() throws Exception {
        assertThat(
                        value(
                                "select count(*) from industry i join newsletter n on n.id = i.newsletter_id where i.position < 9"))
                .isEqualTo("9");
        String page = press.person().get("/newsletters/green-energy-weekly/").body();
        assertThat(page).contains("Green energy weekly", "The latest letter", "It comes to members", "PRO memo");
        assertThat(value("""
                select count(*) from edition_item i join edition e on e.id = i.edition_id join newsletter n on n.id = e.newsletter_id
                where n.slug = 'green-energy-weekly' and not exists (
                  select from story_industry si join industry x on x.id = si.industry_id and x.slug = 'green-energy' where si.story_id = i.story_id)
                """)).as("pieces of other industries").isEqualTo("0");
    }

    @Test
    void a_new_name_is_the_newsletters_too_unless_it_has_one_of_its_own() throws Exception {
        String id = added("Fusion");
        ada.post(
                "/desk/industries/" + id,
                "name",
                "Fusion power",
                "slug",
                "fusion-power",
                "description",
                "Suns in jars.");
        assertThat(
                        value(
                                "select name || ' / ' || description || ' / ' || slug from newsletter where name like 'Fusion%'"))
                .isEqualTo("Fusion power weekly / Suns in jars. / fusion-power-weekly");
        assertThat(press.person().get("/industry/fusion/").uri().getPath()).isEqualTo("/industry/fusion-power/");
        assertThat(press.person().get("/newsletters/fusion-weekly/").uri().getPath())
                .isEqualTo("/newsletters/fusion-power-weekly/");

        run("update newsletter set name = 'The Tokamak' where name = 'Fusion power weekly'");
        ada.post(
                "/desk/industries/" + id, "name", "Fusion and fission", "slug", "fusion-power", "description", "Suns.");
        assertThat(value(
                        "select n.name from newsletter n join industry i on i.newsletter_id = n.id where i.id = ?",
                        Long.parseLong(id)))
                .isEqualTo("The Tokamak");
    }

    @Test
    void a_merge_moves_everything_keeps_the_better_rank_and_leads_on() throws Exception {
        String from = added("Hydrogen");
        String into = added("Clean gases");
        var mia = member("mia@reader.example");
        var nils = member("nils@reader.example");
        mia.post("/pro/industries/", "by", "order", "rank", "hydrogen", "rank", "banking", "rank", "clean-gases");
        nils.post("/pro/industries/", "by", "order", "rank", "banking", "rank", "hydrogen");
        nils.post("/newsletters/join", "newsletter", "hydrogen-weekly");
        run("""
                insert into story_industry (story_id, industry_id, published_at)
                select id, ?, published_at from story where slug = 'calder-tidal-auction'
                """, Long.parseLong(from));
        run("""
                insert into edition (newsletter_id, day, due_at, drafted_at, since)
                select id, current_date + 40, now() + interval '40 days', now(), now() from newsletter where slot = 'personal'
                """);
        for (String[] said : List.of(new String[] {from, "On hydrogen."}, new String[] {into, "On gases."}))
            run("""
                    insert into review_foreword (edition_id, industry_id, text, at)
                    select id, ?, ?, now() from edition where day = current_date + 40
                    """, Long.parseLong(said[0]), said[1]);

        assertThat(ada.get("/desk/industries/" + from + "/end").body())
                .contains(
                        "2 members rank it", "1 piece carries it", "1 member reads its newsletter", "can’t be undone");
        var unsure = ada.post("/desk/industries/" + from + "/merge", "into", into);
        assertThat(unsure.statusCode()).isEqualTo(422);
        assertThat(unsure.body()).contains("Tick that you mean it").contains("value=\"" + into + "\" selected");
        assertThat(ada.post("/desk/industries/" + from + "/merge", "into", from, "sure", "yes")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ada.post("/desk/industries/" + from + "/merge", "into", into, "sure", "yes")
                        .body())
                .contains("Hydrogen is part of Clean gases now");

        assertThat(ranked("mia@reader.example")).isEqualTo("clean-gases 1, banking 2");
        assertThat(ranked("nils@reader.example")).isEqualTo("banking 1, clean-gases 2");
        assertThat(value("select industry_slugs::text from story where slug = 'calder-tidal-auction'"))
                .contains("clean-gases")
                .doesNotContain("hydrogen");
        assertThat(value(
                        "select string_agg(text, '|') from review_foreword where industry_id = ?",
                        Long.parseLong(into)))
                .contains("On gases.", "On hydrogen.");
        assertThat(nils.get("/newsletters/clean-gases-weekly/").body()).contains("You get this newsletter");
        assertThat(press.person().get("/newsletters/hydrogen-weekly/").body()).contains("no longer comes out");
        assertThat(press.person().get("/industry/hydrogen/").uri().getPath()).isEqualTo("/industry/clean-gases/");
        assertThat(ada.get("/desk/industries").body()).doesNotContain("Hydrogen<");
        assertThat(ada.get("/desk/industries/" + from).statusCode()).isEqualTo(404);
    }

    @Test
    void one_that_is_retired_says_goodbye_rests_and_comes_back_as_it_was() throws Exception {
        String id = added("Whaling");
        var olga = member("olga@reader.example");
        olga.post("/pro/industries/", "by", "order", "rank", "banking", "rank", "whaling");
        olga.post("/newsletters/join", "newsletter", "whaling-weekly");

        var refused = ada.post("/desk/industries/" + id + "/retire", "goodbye", "yes", "farewell", " ");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Write the farewell");
        ada.post(
                "/desk/industries/" + id + "/retire", "goodbye", "yes", "farewell", "The last whale has been counted.");

        TestSmtp.await(() -> value("""
                select count(*) from caught_letter where recipient = 'olga@reader.example' and subject = 'Goodbye from Whaling weekly'
                """).equals("1"));
        assertThat(press.person().get("/industry/whaling/").body())
                .contains("not followed any more")
                .doesNotContain("whaling-weekly");
        assertThat(press.person().get("/newsletters/whaling-weekly/").body()).contains("no longer comes out");
        String industries = olga.get("/pro/industries/").body();
        assertThat(industries).doesNotContain("Whaling");
        olga.post("/pro/industries/", "by", "order", "rank", "banking");
        var again = ada.post("/desk/industries/" + id + "/retire", "goodbye", "no");
        assertThat(again.statusCode()).isEqualTo(409);

        assertThat(ada.post("/desk/industries/" + id + "/restore").body()).contains("Whaling is back");
        assertThat(ranked("olga@reader.example"))
                .as("her place for it was kept")
                .contains("whaling 2");
        assertThat(olga.get("/newsletters/whaling-weekly/").body()).contains("You get this newsletter");
    }

    @Test
    void one_that_carries_anything_is_not_removed_and_one_that_never_did_is() throws Exception {
        String banking = value("select id from industry where slug = 'banking'");
        var refused = ada.post("/desk/industries/" + banking + "/remove");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Retire it instead");

        String mistake = added("Mistake");
        ada.post("/desk/industries/" + mistake + "/remove");
        assertThat(value("select count(*) from industry where id = ?", Long.parseLong(mistake)))
                .isEqualTo("0");
        assertThat(value("select count(*) from newsletter where slug = 'mistake-weekly'"))
                .isEqualTo("0");
    }

    @Test
    void its_own_editor_writes_the_foreword_though_a_reporter_and_no_other_reporter_does() throws Exception {
        var ivo = signedIn("ivo@parallel.example");
        run("""
                insert into edition (newsletter_id, day, due_at, drafted_at, since)
                select id, current_date + 50, now() + interval '50 days', now(), now() - interval '7 days' from newsletter where slot = 'personal'
                """);
        String week = value("select id from edition where day = current_date + 50");
        String own =
                value("select i.id from industry i join author a on a.id = i.editor_id where a.slug = 'ivo-castellan'");
        String page = ivo.get("/desk/reviews/" + week).body();
        assertThat(page).contains("id=\"text-" + own + "\"", ">yours<").containsOnlyOnce("name=\"text\"");
        assertThat(ivo.post("/desk/reviews/" + week + "/foreword", "industry", own, "text", "Cranes stand still.")
                        .statusCode())
                .isEqualTo(200);
        assertThat(value("select text from review_foreword where edition_id = ?", Long.parseLong(week)))
                .isEqualTo("Cranes stand still.");
        String other = value("select id from industry where slug = 'banking'");
        assertThat(ivo.post("/desk/reviews/" + week + "/foreword", "industry", other, "text", "Mine too.")
                        .statusCode())
                .isEqualTo(403);
    }
}
