package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.search.Openings;
import press.masthead.search.Place;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/**
 * What goes by meaning, with the model in the box: suggestions, what stands under a story, events, and how well a piece fits its industry; wherever
 * the index lies.
 */
@ParameterizedClass
@EnumSource(Place.class)
class RealModelTest {
    private static final List<String> BANKS = List.of(
            "Lender raises rates on home loans|The bank of the coast charges a quarter point more on new mortgages from Monday.",
            "Savers move deposits abroad|Households took two billion crowns out of savings accounts in the spring.",
            "Regulator fines a broker|The securities watchdog says the firm hid losses on bonds from its clients.",
            "Central bank holds its rate|The governor said inflation would fall without dearer credit.",
            "A pension fund sells its shares|The fund moved its money from stocks into treasury bills.",
            "Banks close branches in villages|Three lenders will serve rural customers by telephone alone.",
            "Credit cards cost shops more|Payment companies raised the fee on each purchase.",
            "An insurer merges with a lender|The two boards agreed on a price for the shares.",
            "Small firms wait longer for credit|Loan officers ask for two more years of accounts.");
    private static final List<String> FARMS = List.of(
            "Bees come back to the orchard|Pollinators returned to the apple trees after three years without sprays.",
            "Goats eat the vineyard|A herd broke through a fence and spoiled half of the grapes.",
            "Rice farmers drain their paddies|Growers let fields dry for a week to save water.",
            "A late frost kills the almonds|Blossoms froze in the valley on two nights of March.",
            "Wheat is sown into stubble|Ploughing less keeps the soil moist, growers found.");

    @SuppressWarnings("NullAway.Init") // set before each place's turn
    private static Desk desk;

    private static long ferry;

    RealModelTest(Place place) {
        assertThat(place).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void open(Place place) throws Exception {
        var settings = new HashMap<>(place.settings());
        settings.putAll(Map.of("MASTHEAD_SAMPLE", "no", "MASTHEAD_MODEL", "yes"));
        desk = Desk.opened(settings);
        desk.jdbi.useHandle(handle -> {
            handle.execute("insert into topic (slug, name, position) values ('farming', 'Farming', 3)");
            handle.execute("""
                    insert into industry (slug, name, description, position) values ('finance', 'Finance', '', 0)
                    """);
            handle.execute("""
                    insert into newsletter (slug, name, sender_name, slot, days, at, zone, release, cadence_since)
                    values ('dawn', 'Dawn', 'Dawn', 'am', '{mon,tue,wed,thu,fri,sat,sun}', '07:00', 'UTC', 'waits', now())
                    """);
        });
        for (String one : BANKS) publish(one, "money", "finance");
        for (String one : FARMS) publish(one, "farming", "");
        publish(
                "Mushrooms after the rain|Foragers fill their baskets with boletus in the beech woods.",
                "money",
                "finance");
        ferry = publish(
                "Passenger ship runs onto rocks near Calder|A ferry with 140 people on board struck rocks off Port Calder at dawn on Monday.",
                "ports",
                "");
        publish(
                "Vessel stranded on reef, travellers rescued|Rescuers took 140 passengers from a ferry that struck rocks off Port Calder at dawn.",
                "energy",
                "");
        publish(
                "Dam above Sarrin breaches|The dam on the upper river broke at night and water reached the town of Sarrin by morning.",
                "energy",
                "");
        publish(
                "Town under water after embankment fails|Sarrin was flooded by morning when the dam on the upper river broke at night.",
                "energy",
                "");
        publish(
                "Passenger ship runs onto rocks near Calder, again|A ferry with 140 people on board struck rocks off Port Calder at dawn on Monday.",
                "ports",
                "");
        publish(
                "Cargo ships wait for a pilot|Freighters lie at anchor off the harbour until the storm is over.",
                "ports",
                "");
        soon(() -> desk.value("select count(*) from story_meaning").equals("21"));
        soon(() -> desk.press.running.newsroom().searchIndex.isReady());
        desk.press.running.newsroom().draftEditions.run();
    }

    @AfterParameterizedClassInvocation
    static void close() {
        desk.close();
    }

    private static void soon(Callable<Boolean> right) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (Instant.now().isBefore(end) && !right.call()) Thread.onSpinWait();
        assertThat(right.call()).isTrue();
    }

    private static long publish(String story, String topic, String industry) {
        String[] parts = story.split("\\|");
        return desk.jdbi.inTransaction(handle -> {
            var draft = new Draft(
                    "article",
                    "",
                    parts[0],
                    "",
                    "<p>" + parts[1] + "</p>",
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.PUBLIC),
                    false,
                    List.of(topic),
                    industry.isEmpty() ? List.of() : List.of(industry),
                    List.of(),
                    List.of(),
                    "");
            var newsroom = desk.press.running.newsroom();
            long id = ((Drafts.Saved) newsroom.drafts.create(handle, draft, null)).id();
            newsroom.drafts.publishing().publish(handle, id, null);
            return id;
        });
    }

    @Test
    void a_topic_is_suggested_for_a_text_that_shares_no_word_with_what_is_filed_there() throws Exception {
        var ada = desk.signedIn("ada");
        String text =
                "Borrowing dries up for entrepreneurs and homeowners alike, and monetary policy tightens further as interest climbs.";
        soon(() -> Desk.page(
                        ada.post("/desk/assist", "title", "Financiers grow careful", "text", text, "language", "en"))
                .select("[data-kind=topic][data-value=money]")
                .text()
                .contains("earlier stories about the same are filed there"));
    }

    @Test
    void under_a_story_stands_what_opens_much_like_it_and_never_the_same_text_again() throws Exception {
        var ada = desk.signedIn("ada");
        String path = "/desk/stories/" + ferry + "/related";
        soon(() -> !Desk.page(ada.get(path))
                .select("section[aria-labelledby=shown] li")
                .isEmpty());
        Document page = Desk.page(ada.get(path));
        Element first = page.select("section[aria-labelledby=shown] tbody tr").getFirst();
        assertThat(first.text()).contains("Vessel stranded on reef", "Opens much like it");
        assertThat(page.select("section[aria-labelledby=shown] .cell-title").eachText())
                .contains("Cargo ships wait for a pilot")
                .noneMatch(title -> title.contains("again"));
    }

    @Test
    void the_archive_is_asked_in_words_that_stand_nowhere_in_it() throws Exception {
        var ada = desk.signedIn("ada");
        soon(() -> {
            desk.jdbi.useHandle(handle -> handle.execute("delete from rate"));
            return Desk.page(ada.post("/pro/ask/", "question", "Does tilling the ground rarely help?"))
                    .select(".ask-turn")
                    .text()
                    .contains("Wheat is sown into stubble");
        });
    }

    @Test
    void stories_on_one_event_in_other_words_are_one_item_of_an_edition() throws Exception {
        String edition = desk.value("select id::text from edition order by due_at limit 1");
        Document page = Desk.page(desk.signedIn("ada").get("/desk/editions/" + edition));
        assertThat(page.select(".order-row").stream()
                        .filter(item -> item.text().contains("Sarrin"))
                        .toList())
                .hasSize(1)
                .first()
                .extracting(Element::text)
                .asString()
                .contains("Town under water after embankment fails", "Dam above Sarrin breaches");
    }

    @Test
    void what_is_filed_where_it_does_not_belong_fits_worst() {
        var filed = desk.jdbi.withHandle(handle -> handle.createQuery("select story_id from story_industry")
                .mapTo(Long.class)
                .list());
        var fits = desk.jdbi.withHandle(handle -> Openings.of(handle, filed)).fits(filed);
        long worst = fits.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        assertThat(desk.value("select title from story where id = ?", worst)).isEqualTo("Mushrooms after the rain");
        assertThat(fits.get(worst)).isLessThan(-1.5);
    }
}
