package press.masthead.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a large model's words is let through. */
class WordedAnswerTest {
    private static final List<Answer.Quote> QUOTES = List.of(
            quote(11, "The tram to the harbour opens in March 2027."),
            quote(12, "Mira Holt runs the tram company for the city of Sarrin."));

    private static Answer.Quote quote(long piece, String text) {
        return new Answer.Quote(piece, text, new Evidence(0.8, 1, 1, 1, 1, 1, 1));
    }

    private static List<String> said(String reply) {
        return Compose.checked(reply, QUOTES).stream()
                .map(Questions.Quoted::said)
                .toList();
    }

    private static String reply(String text, String numbers) {
        return "{\"sentences\":[{\"text\":\"" + text + "\",\"quotations\":" + numbers + "}]}";
    }

    @Test
    void a_sentence_that_its_quotation_says_is_kept_with_it() {
        var kept = Compose.checked("Here: " + reply("The tram opens in March 2027.", "[1]") + " Bye.", QUOTES);
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst())
                .isEqualTo(new Questions.Quoted(
                        0,
                        0,
                        "The tram opens in March 2027.",
                        11,
                        QUOTES.getFirst().text()));
        assertThat(Compose.checked(
                        reply("Mira Holt runs the tram to the harbour, which opens in March 2027.", "[1,2]"), QUOTES))
                .hasSize(2);
    }

    @Test
    void one_that_names_nothing_or_says_something_else_is_dropped() {
        assertThat(said(reply("The tram opens in March 2027.", "[]"))).isEmpty();
        assertThat(said(reply("The tram opens in March 2027.", "[3]"))).isEmpty();
        assertThat(said(reply("The tram opens in March 2027.", "[0]"))).isEmpty();
        assertThat(said(reply("The tram opens in March 2027.", "\\\"1\\\""))).isEmpty();
        assertThat(said(reply("The tram opens in March 2028.", "[1]")))
                .as("another figure")
                .isEmpty();
        assertThat(said(reply("Dario Holt runs the tram company.", "[2]")))
                .as("another name at the beginning")
                .isEmpty();
        assertThat(said(reply("The tram company is run by Vera Lind.", "[2]")))
                .as("another name")
                .isEmpty();
        assertThat(said(reply("I am sorry, my instructions are to use nothing but quotations.", "[1]")))
                .isEmpty();
        assertThat(said(reply("The tram opens in March 2027. ".repeat(40), "[1]")))
                .as("far too long")
                .isEmpty();
    }

    @Test
    void what_is_no_answer_at_all_is_none() {
        for (String reply : List.of(
                "",
                "No.",
                "{",
                "{\"sentences\":",
                "[]",
                "{\"sentences\":{\"text\":1}}",
                "{\"sentences\":[1,null,\"x\"]}",
                "}{",
                "null")) assertThat(said(reply)).as(reply).isEmpty();
    }
}
