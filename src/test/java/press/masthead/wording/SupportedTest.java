package press.masthead.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a large model's words is let through. */
class SupportedTest {
    private static final List<String> QUOTATIONS = List.of(
            "The tram to the harbour opens in March 2027.",
            "Mira Holt runs the tram company for the city of Sarrin.",
            "The new bridge did not open in May, the port said, because its cables were late.",
            "لن يفتح الميناء الجديد أبوابه قبل شهر مارس.");

    private static List<String> said(String reply) {
        return Supported.of(reply, QUOTATIONS).stream()
                .map(Wording.Sentence::text)
                .toList();
    }

    private static String reply(String text, String numbers) {
        return "{\"sentences\":[{\"text\":\"" + text + "\",\"quotations\":" + numbers + "}]}";
    }

    @Test
    void a_sentence_that_its_quotation_says_is_kept_with_it() {
        assertThat(Supported.of("Here: " + reply("The tram opens in March 2027.", "[1]") + " Bye.", QUOTATIONS))
                .containsExactly(new Wording.Sentence("The tram opens in March 2027.", List.of(0)));
        assertThat(Supported.of(
                        reply("Mira Holt runs the tram to the harbour, which opens in March 2027.", "[1,2,1]"),
                        QUOTATIONS))
                .extracting(Wording.Sentence::quotations)
                .containsExactly(List.of(0, 1));
    }

    @Test
    void one_that_names_nothing_or_says_something_else_is_dropped() {
        assertThat(said(reply("The tram opens in March 2027.", "[]"))).isEmpty();
        assertThat(said(reply("The tram opens in March 2027.", "[5]"))).isEmpty();
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
    void nobody_is_led_where_no_quotation_leads() {
        for (String address : List.of("evil.example", "https://evil.example/a", "a@evil.example", "www.evil.example"))
            assertThat(said(reply("The tram to the harbour opens in March 2027, " + address + ".", "[1]")))
                    .as(address)
                    .isEmpty();
        assertThat(Faithful.says(
                        List.of("Tickets for the new tram are sold at tram.example from Monday."),
                        "Tickets for the tram are sold at tram.example."))
                .isTrue();
        assertThat(said(reply("The tram opens in March 2027.It runs to the harbour.", "[1]")))
                .as("a blank that was lost is no address of the quotation's")
                .isEmpty();
    }

    @Test
    void one_that_loses_a_not_or_puts_one_in_is_dropped() {
        assertThat(said(reply("The new bridge opened in May.", "[3]"))).isEmpty();
        assertThat(said(reply("The new bridge did not open in May.", "[3]"))).hasSize(1);
        assertThat(said(reply("The cables of the bridge were late, the port said.", "[3]")))
                .as("of another clause")
                .hasSize(1);
        assertThat(said(reply("The tram to the harbour never opens in March 2027.", "[1]")))
                .isEmpty();
        assertThat(said(reply("يفتح الميناء الجديد أبوابه قبل شهر مارس.", "[4]")))
                .isEmpty();
        assertThat(said(reply("لن يفتح الميناء الجديد قبل شهر مارس.", "[4]"))).hasSize(1);
    }

    @Test
    void a_not_that_moves_to_another_clause_is_seen() {
        assertThat(said(reply("The new bridge opened in May, because its cables were not late, the port said.", "[3]")))
                .isEmpty();
        assertThat(said(reply("The new bridge opened in May because its cables were not late.", "[3]")))
                .isEmpty();
        assertThat(said(reply(
                        "The port said that the new bridge did not open in May, because its cables were late.", "[3]")))
                .hasSize(1);
    }

    @Test
    void a_number_a_unit_or_a_name_is_never_the_models_own() {
        var quotations = List.of(
                "The dam produced 310 gigawatt hours for two cities and cost 900 million crowns, the ministry said in 2024.",
                "تدير ميرا هولت السد منذ عام 2019 لصالح وزارة المياه.",
                "מירה הולט מנהלת את הסכר מאז 2019.",
                "Le barrage a produit 310 gigawattheures en mars, selon le ministère.");
        record Told(String text, int by, boolean holds) {}
        for (var told : List.of(
                new Told("The dam produced 310 gigawatt hours for two cities.", 1, true),
                new Told("The dam cost 900 million crowns in 2024 according to the ministry.", 1, true),
                new Told("The dam produced 310 terawatt hours for two cities.", 1, false),
                new Told("The dam produced 310 gigawatt hours for three cities.", 1, false),
                new Told("The dam cost 900 billion crowns, the ministry said.", 1, false),
                new Told("The dam cost 900,000 million crowns, the ministry said.", 1, false),
                new Told("تدير ميرا هولت السد منذ عام 2019.", 2, true),
                new Told("تدير دارين هولت السد منذ عام 2019.", 2, false),
                new Told("תמר הולט מנהלת את הסכר מאז 2019.", 3, false),
                new Told("מירה הולט מנהלת את הסכר.", 3, true),
                new Told("Le barrage a produit 310 gigawattheures en avril, selon le ministère.", 4, false),
                new Told("Le barrage a produit 310 gigawattheures en mars.", 4, true)))
            assertThat(Faithful.says(List.of(quotations.get(told.by() - 1)), told.text()))
                    .as(told.text())
                    .isEqualTo(told.holds());
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
