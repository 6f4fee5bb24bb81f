package press.masthead.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KindTest {
    @Test
    void a_question_tells_what_it_asks_for() {
        assertThat(Kind.of("When did the port open?")).isEqualTo(Kind.WHEN);
        assertThat(Kind.of("In which year was the dam built?")).isEqualTo(Kind.WHEN);
        assertThat(Kind.of("How many ships came?")).isEqualTo(Kind.HOW_MANY);
        assertThat(Kind.of("Where is the refinery?")).isEqualTo(Kind.WHERE);
        assertThat(Kind.of("Who runs the central bank?")).isEqualTo(Kind.WHO);
        assertThat(Kind.of("Why did prices rise?")).isEqualTo(Kind.OTHER);
        assertThat(Kind.of("متى افتتح السد؟")).isEqualTo(Kind.WHEN);
        assertThat(Kind.of("كم عدد السفن؟")).isEqualTo(Kind.HOW_MANY);
        assertThat(Kind.of("כמה אניות הגיעו?")).isEqualTo(Kind.HOW_MANY);
        assertThat(Kind.of("Wie viele Schiffe kamen?")).isEqualTo(Kind.HOW_MANY);
        assertThat(Kind.of("Où se trouve la raffinerie ?")).isEqualTo(Kind.WHERE);
    }

    @Test
    void a_number_that_the_question_holds_already_is_no_answer() {
        assertThat(Kind.WHEN.fits("It was built in 1974.", "When was it built?"))
                .isOne();
        assertThat(Kind.WHEN.fits("Prices rose in 2024.", "When in 2024 did prices rise?"))
                .isZero();
        assertThat(Kind.HOW_MANY.fits("Ships came.", "How many ships came?")).isZero();
        assertThat(Kind.WHO.fits("The bank is run by Mara Ilic.", "Who runs the bank?"))
                .isOne();
    }
}
