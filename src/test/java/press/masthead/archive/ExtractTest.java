package press.masthead.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import press.masthead.search.Hit;

/** What is quoted for a question, by words alone. */
class ExtractTest {
    private static final String DAM = """
            The Karaseh dam holds less water than in any autumn since 1998. Engineers opened two of its gates on Sunday.
            The ministry of water paid Dr. Olin Marsh 40,000 dinars for the survey. He handed it in four weeks late.
            Farmers downstream plant barley now.""";
    private static final String TRAM = """
            The tram to the harbour opens in March 2027. It will carry 14,000 passengers a day.
            Critics say that the line is too short.""";

    private static Source source(long piece, double score, String language, String title, String text) {
        return new Source(new Hit(piece, score, (float) score, -1, 0, false), language, title, Instant.EPOCH, text, "");
    }

    private static Answer ask(String question, Source... sources) {
        return new Extract(new Asking(question, (language, word) -> 3), Optional.empty()).answer(List.of(sources));
    }

    private static final Source[] BOTH = {
        source(1, 1, "en", "Karaseh dam runs low", DAM), source(2, 0.7, "en", "Harbour tram", TRAM)
    };

    private static List<String> quotes(Answer answer) {
        return switch (answer) {
            case Answer.Found found ->
                found.quotes().stream().map(Answer.Quote::text).toList();
            case Answer.Absent absent -> List.of();
        };
    }

    @Test
    void the_sentence_that_says_it_is_quoted_whole_and_first() {
        assertThat(quotes(ask("When does the tram to the harbour open?", BOTH)).getFirst())
                .isEqualTo("The tram to the harbour opens in March 2027.");
        assertThat(quotes(ask("How many gates of the Karaseh dam did engineers open?", BOTH))
                        .getFirst())
                .isEqualTo("Engineers opened two of its gates on Sunday.");
    }

    @Test
    void an_abbreviation_does_not_cut_a_sentence() {
        assertThat(quotes(ask("What did the ministry of water pay Olin Marsh for the survey?", BOTH))
                        .getFirst())
                .isEqualTo("The ministry of water paid Dr. Olin Marsh 40,000 dinars for the survey.");
    }

    @Test
    void a_sentence_that_leans_on_the_one_before_comes_with_it() {
        assertThat(quotes(ask("How many passengers will the tram to the harbour carry a day?", BOTH)))
                .anyMatch(quote -> quote.contains(
                        "The tram to the harbour opens in March 2027. It will carry 14,000 passengers a day."));
    }

    @Test
    void what_the_texts_do_not_say_is_not_answered() {
        assertThat(ask("Who won the chess tournament in Almena?", BOTH)).isInstanceOf(Answer.Absent.class);
        assertThat(ask("Who designed the opera house?", BOTH)).isInstanceOf(Answer.Absent.class);
        assertThat(ask("Anything?"))
                .isInstanceOfSatisfying(
                        Answer.Absent.class, absent -> assertThat(absent.near()).isEmpty());
    }

    @Test
    void arabic_is_asked_in_arabic() {
        var dam = source(3, 1, "ar", "سد الكراسة", "افتتح سد الكراسة في عام 1974. وكلف بناؤه ثلاثة ملايين دينار.");
        assertThat(quotes(ask("متى افتتح سد الكراسة؟", dam)).getFirst()).isEqualTo("افتتح سد الكراسة في عام 1974.");
        assertThat(ask("من فاز في بطولة الشطرنج؟", dam)).isInstanceOf(Answer.Absent.class);
    }

    @Test
    void the_same_said_in_ten_stories_is_quoted_once() {
        Source[] ten = IntStream.range(0, 10)
                .mapToObj(n -> source(n, 1 - n / 100.0, "en", "Harbour tram " + n, TRAM))
                .toArray(Source[]::new);
        assertThat(quotes(ask("When does the tram to the harbour open?", ten)).stream()
                        .filter(quote -> quote.contains("March 2027")))
                .hasSize(1);
    }

    @Test
    void every_quote_stands_in_its_text_word_for_word() {
        String one = (DAM + " " + TRAM).replaceAll("\\s+", " ");
        for (String question : List.of(
                "What do farmers plant downstream?",
                "Is the tram line too short for critics?",
                "How late was the survey of Olin Marsh?"))
            assertThat(quotes(ask(question, BOTH)))
                    .isNotEmpty()
                    .allMatch(quote -> one.contains(quote.replaceAll("\\s+", " ")));
    }
}
