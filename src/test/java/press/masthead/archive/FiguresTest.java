package press.masthead.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which figures a question names, so that it is not answered with another year's or another size's. */
class FiguresTest {
    @Test
    void figures_are_the_same_in_words_and_in_any_digits_and_parts_of_names_are_none() {
        assertThat(Figures.of("In 2024 the dam sold five shares for 1,200 crowns."))
                .containsExactlyInAnyOrder("2024", "5", "1,200");
        assertThat(Figures.of("متى بيع 12 سهما عام ٢٠٢٤؟")).containsExactlyInAnyOrder("12", "2024");
        assertThat(Figures.of("Which one of the P1754 chips and LU6 links did they sell?"))
                .isEmpty();
    }

    @Test
    void what_names_none_may_stand_anywhere() {
        assertThat(new Asking("Who runs the dam?", (language, word) -> 1).figuresStandIn("Mira Holt runs it."))
                .isTrue();
        assertThat(new Asking("What did it produce in 2025?", (language, word) -> 1)
                        .figuresStandIn("It produced 270 gigawatt hours in 2026."))
                .isFalse();
    }
}
