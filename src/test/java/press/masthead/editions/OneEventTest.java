package press.masthead.editions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import press.masthead.editions.EditionForm.Entry;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;

/** Stories on one event are one item of an edition, until an editor parts them. */
class OneEventTest {
    private static final String LEAD = "Kolomar ferry aground off Port Calder";
    private final Room room = new Room("2026-11-23T12:00:00Z");

    @BeforeEach
    void fiveStoriesOnOneEventAndTwoOthers() {
        room.morning("waits");
        room.story("Port Calder ferry aground: crew questioned", "2026-11-23T09:00:00Z");
        room.story("Bees come back to the orchard", "2026-11-23T09:30:00Z");
        room.story("Port Calder pilots saw the ferry go aground", "2026-11-23T07:00:00Z");
        room.story("Tugs reach the ferry aground off Port Calder", "2026-11-23T10:00:00Z");
        room.story("The ferry aground off Port Calder was checked", "2026-11-23T08:00:00Z");
        room.story("Who owns the night sky", "2026-11-23T11:00:00Z");
        room.story(LEAD, "2026-11-23T06:45:00Z", "world", true);
        room.draftEditions.run();
    }

    @AfterEach
    void close() {
        room.close();
    }

    private List<Item.Story> stories(String day) {
        return room.editions.items(room.edition("morning", day)).stream()
                .map(Item.Story.class::cast)
                .toList();
    }

    private static List<String> titles(List<Item.Story> stories) {
        return stories.stream().map(story -> story.card().title()).toList();
    }

    private Newsletter newsletter() {
        return room.newsletters.byId(edition("2026-11-24").newsletterId()).orElseThrow();
    }

    private Edition edition(String day) {
        return room.editions.byId(room.edition("morning", day)).orElseThrow();
    }

    private void save(String day, List<Entry> entries) {
        room.set(
                "insert into reader (email, email_key, created_at) values ('ed', 'ed', now()) on conflict (email_key) do nothing");
        var edition = edition(day);
        assertThat(room.editions.save(edition.id(), new EditionForm(edition.revision(), "", "", entries), 1))
                .isInstanceOf(Editions.Saved.Done.class);
    }

    private void part(String day) {
        save(
                day,
                stories(day).stream()
                        .flatMap(story -> Stream.concat(Stream.of(story), story.more().stream()))
                        .<Entry>map(story -> new Entry.Story(story.card().id(), List.of(), true))
                        .toList());
    }

    @Test
    void five_stories_on_one_event_are_one_item_that_the_heaviest_leads() {
        var stories = stories("2026-11-24");
        assertThat(titles(stories)).containsExactly(LEAD, "Who owns the night sky", "Bees come back to the orchard");
        assertThat(titles(stories.getFirst().more()))
                .containsExactly(
                        "Tugs reach the ferry aground off Port Calder",
                        "Port Calder ferry aground: crew questioned",
                        "The ferry aground off Port Calder was checked",
                        "Port Calder pilots saw the ferry go aground");
        assertThat(edition("2026-11-24").subject()).isEqualTo(LEAD);
    }

    @Test
    void an_item_is_not_counted_as_five_so_that_there_is_room_for_eight() {
        for (int i = 0; i < 10; i++) room.story("Other " + "abcdefghij".charAt(i), "2026-11-23T05:00:00Z");
        room.draftEditions.run();
        assertThat(stories("2026-11-24")).hasSize(8);
        assertThat(room.titles("morning", "2026-11-24")).hasSize(12);
    }

    @Test
    void of_an_event_told_all_day_an_item_has_six_links_at_most() {
        for (int i = 0; i < 6; i++)
            room.story("Ferry aground off Port Calder, hour " + "abcdef".charAt(i), "2026-11-23T05:00:00Z");
        room.draftEditions.run();
        assertThat(stories("2026-11-24").getFirst().more()).hasSize(6);
        assertThat(stories("2026-11-24")).hasSize(3);
    }

    @Test
    void what_an_editor_parts_is_five_items_and_stays_so_when_it_is_drafted_again() {
        part("2026-11-24");
        room.draftEditions.run();
        assertThat(stories("2026-11-24"))
                .hasSize(7)
                .allSatisfy(story -> assertThat(story.more()).isEmpty());

        room.editions.skip(room.edition("morning", "2026-11-24"), "An editor skipped it.");
        room.at("2026-11-24T06:30:00Z");
        room.draftEditions.run();
        assertThat(titles(stories("2026-11-25"))).hasSize(7).contains(LEAD);
        room.at("2026-11-24T06:40:00Z");
        room.draftEditions.run();
        assertThat(stories("2026-11-25")).hasSize(7);
    }

    @Test
    void another_newsletter_has_them_together_still() {
        part("2026-11-24");
        room.newsletter("evening", "pm", "daily", "18:00", "waits", "");
        room.draftEditions.run();
        assertThat(room.editions.items(room.edition("evening", "2026-11-23"))).hasSize(3);
    }

    @Test
    void where_the_first_is_withdrawn_the_next_leads() {
        save("2026-11-24", entriesAsDrafted());
        room.set("update story set state = 'withdrawn' where title = '" + LEAD + "'");
        var first = stories("2026-11-24").getFirst();
        assertThat(first.card().title()).isEqualTo("Tugs reach the ferry aground off Port Calder");
        assertThat(first.more()).hasSize(3);
    }

    private List<Entry> entriesAsDrafted() {
        return stories("2026-11-24").stream()
                .<Entry>map(story -> new Entry.Story(
                        story.card().id(),
                        story.more().stream().map(more -> more.card().id()).toList(),
                        false))
                .toList();
    }

    @Test
    void a_letter_leaves_out_what_was_carried_and_lets_the_next_lead() {
        save("2026-11-24", entriesAsDrafted());
        room.set("""
                with before as (
                  insert into edition (newsletter_id, day, due_at, subject, drafted_at, since, state)
                  select id, '2026-11-02', '2026-11-02', '', now(), now(), 'sent' from newsletter returning id)
                insert into edition_item (edition_id, story_id, position) select before.id, s.id, 1 from before, story s
                where s.title in ('%s', 'Port Calder ferry aground: crew questioned')
                """.formatted(LEAD));
        String text = letter().text(sheet());
        assertThat(text)
                .contains(
                        "Tugs reach the ferry aground", "More on this:\nThe ferry aground off Port Calder was checked")
                .doesNotContain(LEAD, "crew questioned");
    }

    private EditionLetter letter() {
        return new EditionLetter(new Html(), new Publication(room.jdbi), () -> "http://parallel.example");
    }

    private Sheet sheet() {
        var edition = edition("2026-11-24");
        return letter().sheet(edition, newsletter(), room.editions.items(edition.id()), "Ben", false);
    }

    @Test
    void the_letter_and_its_plain_text_have_the_others_as_links() {
        var page = Jsoup.parse(letter().html(sheet()));
        assertThat(page.select("h2").eachText().getFirst()).isEqualTo(LEAD);
        assertThat(page.select("h2").eachText()).doesNotContain("Port Calder ferry aground: crew questioned");
        assertThat(page.text()).containsOnlyOnce("More on this:");
        assertThat(page.expectFirst("a:containsOwn(crew questioned)").attr("href"))
                .isEqualTo("http://parallel.example/port-calder-ferry-aground:-crew-questioned/");

        assertThat(letter().text(sheet())).contains("""
                More on this:
                Tugs reach the ferry aground off Port Calder
                http://parallel.example/tugs-reach-the-ferry-aground-off-port-calder/
                Port Calder ferry aground: crew questioned
                """);
    }

    @ParameterizedTest
    @CsvSource({"ar, المزيد عن هذا الموضوع:", "he, עוד בנושא:"})
    void a_newsroom_of_another_language_says_it_in_that(String language, String words) {
        room.set(
                "insert into setting (name, value) values ('language', '%s') on conflict (name) do update set value = excluded.value"
                        .formatted(language));
        assertThat(letter().text(sheet())).contains(words);
        assertThat(letter().html(sheet())).contains(words);
    }

    @Test
    void the_page_of_the_edition_has_them_too() {
        room.set("update edition set state = 'sent', sent_at = due_at where day = '2026-11-24'");
        var past = new PastEditions(room.jdbi, new Html())
                .open(newsletter(), LocalDate.parse("2026-11-24"), false)
                .orElseThrow();
        var page = Jsoup.parse(past.html());
        assertThat(page.select("article")).hasSize(3);
        assertThat(page.select("ul.edition-more a").eachText())
                .hasSize(4)
                .contains("Port Calder ferry aground: crew questioned");
        assertThat(page.expectFirst("p.edition-more").text()).isEqualTo("More on this:");
    }

    @Test
    void a_memo_among_the_others_is_marked_and_nothing_of_its_body_is_told() {
        room.set("""
                insert into story (kind, slug, title, standfirst, access, opening, rest, words, state, published_at, created_at, updated_at)
                values ('memo', 'claims', 'Who pays for the ferry aground off Port Calder', 'Order of claims.', 'member',
                        '<p>Opening words.</p>', '<p>Beyond: the Copper Almanac.</p>', 900, 'published', '2026-11-23T05:00Z', now(), now())
                """);
        long memo = Long.parseLong(room.text("select max(id)::text from story"));
        var drafted = new ArrayList<>(entriesAsDrafted());
        drafted.set(0, new Entry.Story(((Entry.Story) drafted.getFirst()).id(), List.of(memo), false));
        save("2026-11-24", drafted);
        assertThat(letter().text(sheet()))
                .contains("More on this:\nWho pays for the ferry aground off Port Calder (PRO)\n")
                .doesNotContain("Copper");
        assertThat(letter().html(sheet())).doesNotContain("Copper");
    }

    /** A direction mostly along one of four axes; those of one axis are alike. */
    private void read(String title, int axis) {
        var direction = new byte[384];
        Arrays.fill(direction, axis * 96, axis * 96 + 96, (byte) 50);
        room.jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into story_meaning (story_id, model, digest, opening, rest)
                        select id, 'tried', '', :opening, '' from story where title = :title
                        """)
                .bind("title", title)
                .bind("opening", direction)
                .execute());
    }

    @Test
    void what_the_model_reads_as_nearly_the_same_is_one_event_within_three_days() {
        room.newsletter("weekly", "weekly", "tue", "07:00", "waits", "");
        room.story("Stars for sale", "2026-11-23T08:30:00Z");
        room.story("Orchards hum again", "2026-11-23T08:20:00Z");
        room.story("A law of the heavens", "2026-11-19T08:00:00Z");
        for (String sky : List.of("Who owns the night sky", "Stars for sale", "A law of the heavens")) read(sky, 0);
        read("Bees come back to the orchard", 1);
        read("Orchards hum again", 2);
        room.draftEditions.run();
        var weekly = room.editions.items(room.edition("weekly", "2026-11-24")).stream()
                .map(Item.Story.class::cast)
                .toList();
        assertThat(titles(weekly))
                .contains("Bees come back to the orchard", "Orchards hum again", "A law of the heavens");
        var sky = weekly.stream()
                .filter(story -> story.card().title().equals("Who owns the night sky"))
                .findFirst()
                .orElseThrow();
        assertThat(titles(sky.more())).containsExactly("Stars for sale");
    }
}
