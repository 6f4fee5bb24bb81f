package press.masthead.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import press.masthead.platform.web.Problem;

/** What is typed as the amount of a refund, in each currency's own digits. */
class CardDeskTest {
    @Test
    void an_amount_is_read_in_the_digits_of_its_currency_and_never_rounded() {
        assertThat(CardDesk.amount("12.5", "USD")).isEqualTo(1_250);
        assertThat(CardDesk.amount("12,50", "EUR")).isEqualTo(1_250);
        assertThat(CardDesk.amount("1200", "JPY")).isEqualTo(1_200);
        assertThat(CardDesk.amount("1.250", "KWD")).isEqualTo(1_250);
        for (String typed : new String[] {"12.505", "", "twelve", "1e", "1 000"})
            assertThatThrownBy(() -> CardDesk.amount(typed, "USD")).as(typed).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> CardDesk.amount("12.5", "JPY")).isInstanceOf(Problem.class);
    }
}
