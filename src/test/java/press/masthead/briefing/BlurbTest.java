package press.masthead.briefing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whole sentences, in their order, that stand on their own. */
class BlurbTest {
    @Test
    void a_sentence_ends_where_it_ends_and_not_after_an_abbreviation() {
        assertThat(Sentences.of("The U.S. Treasury met Mr. Tarn at No. 5 Harbour St. on Monday. It rained.", "en"))
                .containsExactly("The U.S. Treasury met Mr. Tarn at No. 5 Harbour St. on Monday.", "It rained.");
        assertThat(Sentences.of(
                        "J. K. Orr of Tide Co. said so. “We wait. We always wait.” Then the lights went out.", "en"))
                .containsExactly(
                        "J. K. Orr of Tide Co. said so.", "“We wait. We always wait.”", "Then the lights went out.");
        assertThat(Sentences.of("Prices fell by 3.5 per cent (Jan. to Mar. of this year. Really.) in all. Done.", "en"))
                .containsExactly("Prices fell by 3.5 per cent (Jan. to Mar. of this year. Really.) in all.", "Done.");
        assertThat(Sentences.of("قال الوزير إن الميناء سيفتح في الربيع. هل يكفي ذلك؟ نعم.", "ar"))
                .containsExactly("قال الوزير إن الميناء سيفتح في الربيع.", "هل يكفي ذلك؟", "نعم.");
        assertThat(Sentences.of("הנמל ייפתח באביב. האם זה מספיק? כן.", "he"))
                .containsExactly("הנמל ייפתח באביב.", "האם זה מספיק?", "כן.");
        assertThat(Sentences.of("A heading\nA paragraph without an end", "en"))
                .containsExactly("A heading", "A paragraph without an end");
    }

    @Test
    void a_blurb_is_made_of_the_sentences_that_say_what_it_is_about() {
        String text = """
                Nobody slept. The harbour of Calder closes its northern quay for two years, the port authority said on Monday.
                But the ferries sail on. He blamed the silt. Silt has narrowed the channel at the northern quay by nine metres since spring.
                “We saw it come,” said a pilot. What happens next?
                The port authority will pay the harbour's pilots until the quay opens again.
                """;
        String blurb =
                Blurb.of("Calder harbour closes its quay", text, "en", 260).orElseThrow();
        assertThat(blurb).startsWith("The harbour of Calder closes its northern quay for two years");
        assertThat(blurb).doesNotContain("But the ferries", "He blamed", "What happens", "“We saw");
        assertThat(blurb.length()).isLessThanOrEqualTo(260);
    }

    @Test
    void what_leans_on_a_sentence_comes_with_it_or_not_at_all() {
        assertThat(Blurb.of("", "She said the bridge must wait for another year of money.", "en", 260))
                .isEmpty();
        String both =
                "The minister promised a bridge over the sound by spring. She said the bridge must wait for the money of the sound.";
        assertThat(Blurb.of("The bridge over the sound", both, "en", 260)).contains(both);
        assertThat(Blurb.of("", "لكن الوزير قال إن الجسر سينتظر عاما آخر قبل أن يفتح للناس.", "ar", 260))
                .isEmpty();
        assertThat(Blurb.of("", "אבל השרה אמרה שהגשר יחכה לעוד שנה אחת לפחות מעתה.", "he", 260))
                .isEmpty();
    }

    @Test
    void nothing_is_cut_whatever_the_text_is() {
        var random = new Random(7);
        String letters = "abc د ה 🚢 . “”\"() \n A? é";
        for (int i = 0; i < 300; i++) {
            var text = new StringBuilder();
            for (int j = 0; j < 200; j++)
                text.appendCodePoint(letters.codePoints().toArray()[random.nextInt(20)]);
            List<String> sentences = Sentences.of(text.toString(), i % 2 == 0 ? "en" : "ar");
            Blurb.of("abc", text.toString(), "en", 120)
                    .ifPresent(blurb -> assertThat(blurb.length()).isLessThanOrEqualTo(120));
            assertThat(String.join("", sentences).replaceAll("\\s", ""))
                    .isEqualTo(text.toString().replaceAll("\\s", ""));
        }
        assertThat(Blurb.of("x", "word ".repeat(200_000), "en", 260)).isEmpty();
        assertThat(Blurb.of("", "", "en", 260)).isEmpty();
    }

    @Test
    void headlines_are_short_sentences_or_whole_main_clauses_of_the_text() {
        assertThat(Headlines.of(
                        "The harbour of Calder closes its quay. It rained. Pilots will be paid until spring.", "en", 3))
                .containsExactly("The harbour of Calder closes its quay", "Pilots will be paid until spring");
        assertThat(Headlines.of(
                        "The port authority closes the northern quay of Calder for two years, which surprised nobody who had watched the silt grow.",
                        "en",
                        3))
                .containsExactly("The port authority closes the northern quay of Calder for two years");
        assertThat(Headlines.of(
                        "When the port authority closed the northern quay, the pilots left, who had watched the silt grow for longer than anyone could say.",
                        "en",
                        3))
                .isEmpty();
        assertThat(Headlines.of(
                        "Tugs, cranes, pilots and dockers stood still at the northern quay of Calder on Monday, who had watched silt.",
                        "en",
                        3))
                .isEmpty();
    }
}
