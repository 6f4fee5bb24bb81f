package press.masthead.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import press.masthead.plans.Plan;

class TaxesTest {
    private static final Optional<Taxes.Rate> BELGIUM = rate("BE", "21", true, true);
    private static final Optional<Taxes.Rate> GERMANY = rate("DE", "19", true, false);
    private static final Optional<Taxes.Rate> SWITZERLAND = rate("CH", "8.1", false, false);

    private static Optional<Taxes.Rate> rate(String country, String rate, boolean eu, boolean home) {
        return Optional.of(new Taxes.Rate(country, "VAT", new BigDecimal(rate), eu, home));
    }

    private static Taxes.Worked work(long amount, Plan.Tax policy, Optional<Taxes.Rate> theirs, boolean company) {
        return Taxes.work(amount, policy, theirs, BELGIUM, company);
    }

    @Test
    void the_price_contains_the_tax_of_the_readers_country_or_it_comes_on_top() {
        var included = work(27_600, Plan.Tax.INCLUDED, BELGIUM, false);
        assertThat(included.total()).isEqualTo(27_600);
        assertThat(included.tax().tax()).isEqualTo(4_790);
        assertThat(included.tax().label()).isEqualTo("VAT 21%");
        var added = work(27_600, Plan.Tax.ADDED, SWITZERLAND, true);
        assertThat(added.total()).isEqualTo(29_836);
        assertThat(added.tax().tax()).isEqualTo(2_236);
    }

    @Test
    void a_company_in_another_member_state_owes_it_itself() {
        var reversed = work(27_600, Plan.Tax.INCLUDED, GERMANY, true);
        assertThat(reversed.tax().reverseCharge()).isTrue();
        assertThat(reversed.total()).isEqualTo(27_600 - 4_407);
        assertThat(work(27_600, Plan.Tax.ADDED, GERMANY, true).total()).isEqualTo(27_600);
        assertThat(work(27_600, Plan.Tax.INCLUDED, GERMANY, false).tax().reverseCharge())
                .isFalse();
        assertThat(work(27_600, Plan.Tax.INCLUDED, BELGIUM, true).tax().reverseCharge())
                .isFalse();
    }

    @Test
    void where_there_is_no_rate_there_is_no_tax() {
        assertThat(work(27_600, Plan.Tax.ADDED, Optional.empty(), true))
                .isEqualTo(new Taxes.Worked(27_600, Invoice.Tax.NONE));
        assertThat(work(300, Plan.Tax.INCLUDED, BELGIUM, false).tax().tax()).isEqualTo(52);
    }
}
