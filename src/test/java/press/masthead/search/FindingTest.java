package press.masthead.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.access.Standing;

/** What is found by which words, in several languages, and in which order; in a node's own index and in a cluster's. */
@ParameterizedClass
@EnumSource(Place.class)
class FindingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");

    @TempDir
    private Path folder;

    private final Place place;

    private Place.Shelf index;

    FindingTest(Place place) {
        this.place = place;
    }

    @BeforeEach
    void fill() throws Exception {
        index = place.open(folder);
        put(1, "en", "Harbours are dredged deeper", "The ports of the north prepare for larger ships.");
        put(2, "en", "A vote on fishing", "Fishermen's quotas were decided in the capital.");
        put(3, "ar", "المكتبات العامة تفتح أبوابها", "افتتحت المدينة مكتبة جديدة للأطفال");
        put(4, "tr", "Istanbul'da yeni köprüler", "Köprülerin yapımı İstanbul'un trafiğini rahatlatacak.");
        put(5, "fr", "L'énergie des marées", "Les éoliennes de Genève tournent.");
        put(6, "de", "Die Städte wachsen", "Häuser werden gebaut.");
        put(7, "he", "ספריות חדשות בעיר", "העירייה פתחה ספרייה.");
        put(8, "en", "The Who", "And to be or not to be, that is it.");
        index.show();
    }

    private void put(long id, String language, String title, String text) {
        index.put(new Piece(
                id,
                "article",
                language,
                title,
                "",
                text,
                "",
                Rule.of(Audience.PUBLIC),
                NOW.minusSeconds(id * 86_400),
                List.of(),
                List.of(id % 2 == 0 ? "sea" : "land"),
                List.of(),
                List.of()));
    }

    @AfterEach
    void close() throws Exception {
        index.close();
    }

    private List<Long> found(String typed) {
        return found(Wanted.of(typed, new Standing.Visitor(), NOW));
    }

    private List<Long> found(Wanted wanted) {
        return index.lookup().find(wanted, Optional.empty(), 0).stream()
                .map(Hit::piece)
                .toList();
    }

    @Test
    void words_are_found_in_their_other_forms() {
        assertThat(found("harbour dredging")).containsExactly(1L);
        assertThat(found("voted fisherman")).contains(2L);
        assertThat(found("مكتبة")).contains(3L);
        assertThat(found("المكتبة")).contains(3L);
        assertThat(found("köprü")).containsExactly(4L);
        assertThat(found("istanbul")).containsExactly(4L);
        assertThat(found("ISTANBUL")).containsExactly(4L);
        assertThat(found("eolienne geneve")).containsExactly(5L);
        assertThat(found("énergies")).containsExactly(5L);
        assertThat(found("stadt haus")).contains(6L);
        assertThat(found("ספרייה")).contains(7L);
    }

    @Test
    void languages_may_be_mixed_in_one_search() {
        assertThat(found("ports مكتبة köprü")).containsExactlyInAnyOrder(1L, 3L, 4L);
    }

    @Test
    void words_that_every_text_has_are_looked_for_when_nothing_else_is_typed() {
        assertThat(found("the who")).startsWith(8L);
        assertThat(found("\"to be or not to be\"")).containsExactly(8L);
    }

    @Test
    void a_phrase_must_stand_as_it_is() {
        assertThat(found("\"larger ships\"")).containsExactly(1L);
        assertThat(found("\"ships larger\"")).isEmpty();
        assertThat(found("« Larger SHIPS »")).containsExactly(1L);
    }

    @Test
    void a_phrase_that_stands_nowhere_is_let_go_beside_other_words() {
        assertThat(found("harbours \"ships larger\"")).containsExactly(1L);
        assertThat(found("which ports of the north did the paper \"Harbour News\" mean"))
                .startsWith(1L);
    }

    @Test
    void what_narrows_a_search_narrows_it() {
        var sea = new Narrowed(
                Optional.empty(),
                Optional.empty(),
                Optional.of("sea"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var wanted = new Wanted("ports fishing", List.of(), sea, new Standing.Visitor(), NOW, Wanted.Order.BEST, 200);
        assertThat(found(wanted)).containsExactly(2L);
        var early = new Narrowed(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOW.minusSeconds(86_400)),
                Optional.empty());
        assertThat(found(new Wanted(
                        "ports fishing", List.of(), early, new Standing.Visitor(), NOW, Wanted.Order.NEWEST, 200)))
                .containsExactly(1L);
    }

    @Test
    void words_that_mean_the_same_find_each_other() {
        assertThat(found("seaports")).isEmpty();
        var wanted = new Wanted(
                "seaports",
                List.of(List.of("harbours")),
                Narrowed.NOT,
                new Standing.Visitor(),
                NOW,
                Wanted.Order.BEST,
                200);
        assertThat(found(wanted)).containsExactly(1L);
    }

    @Test
    void nothing_that_can_be_typed_breaks_it() {
        for (String typed : List.of(
                "\"",
                "\"\"",
                "(((",
                "a OR b AND NOT *",
                "title:harbours^1e9",
                "\u0000",
                "\ud83d",
                "🦑🦑",
                "~~~ ///",
                "x ".repeat(5000),
                "\"" + "port ".repeat(400) + "\"",
                "<script>alert(1)</script>"))
            assertThat(found(typed))
                    .as(typed.substring(0, Math.min(20, typed.length())))
                    .isNotNull();
    }

    /** Some seventy words, each in a script of its turn and none twice. */
    private static String longText() {
        var roots = List.of("quoll", "مكتب", "ספר", "рыба", "ψάρι", "मछली", "köprü");
        var words = new StringBuilder("quollfish");
        for (int at = 0; at < 140; at++)
            words.append(' ').append(roots.get(at % roots.size())).append(at);
        return words.toString();
    }

    @Test
    void however_much_is_typed_in_however_many_languages_it_is_looked_for() {
        long id = 100;
        for (String language : Analysis.keys()) put(id++, language, "Quollfish", "A text in " + language + ".");
        index.show();
        var other = new ArrayList<List<String>>();
        for (int at = 0; at < 40; at++) other.add(List.of("way" + at, "to" + at, "say" + at));
        String phrases = IntStream.range(0, 60)
                .mapToObj(at -> "\"fish " + at + " and nets\"")
                .collect(Collectors.joining(" "));
        String stopWords =
                "the a an and are as at be but by for if in into is it no not of on or such that their then there these they this to was will with";
        for (var order : Wanted.Order.values())
            for (Standing standing : List.of(
                    new Standing.Visitor(),
                    new Standing.Member(Set.of("pro", "team", "lite"), NOW.plusSeconds(86_400)),
                    new Standing.Staff()))
                for (String typed : List.of(
                        longText(),
                        "quollfish " + phrases,
                        phrases,
                        stopWords,
                        "quollfish " + "x".repeat(10_000),
                        "quollfish " + "y ".repeat(5_000),
                        longText().repeat(10))) {
                    var hits = found(new Wanted(typed, other, Narrowed.NOT, standing, NOW, order, 200));
                    if (typed.startsWith("quollfish") && !typed.contains("\""))
                        assertThat(hits).as("%s %s", order, standing).hasSizeGreaterThanOrEqualTo(18);
                    else assertThat(hits).isNotNull();
                }
    }

    @Test
    void what_holds_no_word_finds_nothing() {
        String controls = IntStream.concat(IntStream.range(0, 32), IntStream.range(127, 160))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        for (String typed : List.of("", " ", "?!…,;:—«»()[]{}".repeat(600), controls, "\u202e\u2066\u200b", "\"\" ''"))
            assertThat(found(typed)).isEmpty();
        assertThat(found("harbours" + controls)).contains(1L);
        assertThat(found(controls + " harbours")).contains(1L);
    }

    @Test
    void a_wrong_spelling_is_put_right_by_what_is_open_and_headlines_are_found_by_how_they_begin() {
        assertThat(index.lookup().better(List.of("harbuors", "dredged", "qqqqqqqq")))
                .isEqualTo(Map.of("harbuors", "harbours"));
        assertThat(index.lookup().better(List.of("z".repeat(10_000), "𝔷".repeat(300))))
                .isEmpty();
        assertThat(index.lookup().beginningWith(List.of("harbours", "ar"), 6)).containsExactly(1L);
        assertThat(index.lookup().beginningWith(List.of("z".repeat(10_000)), 6)).isEmpty();
        assertThat(index.lookup().beginningWith(List.of("d"), 6)).containsExactly(1L, 5L, 6L);
        assertThat(index.lookup().beginningWith(List.of("i"), 6)).containsExactly(4L);
        assertThat(index.lookup().beginningWith(List.of("deeper", "larg"), 6)).isEmpty();
    }

    @Test
    void a_word_is_the_rarer_the_fewer_pieces_have_it() {
        double port = index.lookup().rarity("en", "port");
        assertThat(index.lookup().rarity("en", "quarkxyz")).isGreaterThan(port);
        assertThat(port).isCloseTo(Math.log(9 / 1.5), within(1e-9));
    }

    @Test
    void a_long_word_a_word_of_many_parts_and_a_sign_of_many_words_are_found() {
        put(9, "und", "w" + "ö".repeat(400), "Peace ﷺ and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢");
        index.show();
        assertThat(found("wö" + "ö".repeat(399))).containsExactly(9L);
        assertThat(found("ﷺ")).contains(9L);
        assertThat(found("\"ﷺ and unicode\"")).containsExactly(9L);
    }

    @Test
    void an_excerpt_is_the_sentence_in_which_the_words_stand() {
        var runs = Excerpt.of(
                Optional.empty(),
                "A standfirst.",
                "<p>Nothing here. The <b>ports</b> of the north &amp; their ships &lt;b&gt;.</p><table><tr><td>ports ports</td></tr></table>",
                "",
                "port ship",
                "en");
        assertThat(runs.stream().map(Excerpt.Run::text).reduce("", String::concat))
                .isEqualTo("The ports of the north & their ships <b>.");
        assertThat(runs.stream().filter(Excerpt.Run::marked).map(Excerpt.Run::text))
                .containsExactly("ports", "ships");
    }
}
