package press.masthead.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import press.masthead.books.Taxes.Companies;
import press.masthead.books.Taxes.Customer;
import press.masthead.books.Taxes.Price;

class TaxesTest {
    private static final Optional<Taxes.Rate> BELGIUM = rate("BE", "21", Price.INCLUDED, Companies.PAY, true);
    private static final Optional<Taxes.Rate> GERMANY = rate("DE", "19", Price.INCLUDED, Companies.OWE, false);
    private static final Optional<Taxes.Rate> SWITZERLAND = rate("CH", "8.1", Price.ADDED, Companies.PAY, false);

    private static Optional<Taxes.Rate> rate(
            String country, String rate, Price readers, Companies companies, boolean home) {
        return Optional.of(new Taxes.Rate(country, "VAT", new BigDecimal(rate), readers, Price.ADDED, companies, home));
    }

    private static Taxes.Worked work(long amount, Customer customer, Optional<Taxes.Rate> theirs, boolean company) {
        return Taxes.work(amount, customer, theirs, company);
    }

    @Test
    void the_price_contains_the_tax_of_the_readers_country_or_it_comes_on_top() {
        var included = work(27_600, Customer.READER, BELGIUM, false);
        assertThat(included.total()).isEqualTo(27_600);
        assertThat(included.tax().tax()).isEqualTo(4_790);
        assertThat(included.tax().label()).isEqualTo("VAT 21%");
        var added = work(27_600, Customer.READER, SWITZERLAND, true);
        assertThat(added.total()).isEqualTo(29_836);
        assertThat(added.tax().tax()).isEqualTo(2_236);
    }

    @Test
    void what_a_team_pays_follows_the_rule_for_teams_and_not_that_for_readers() {
        var team = work(90_000, Customer.TEAM, BELGIUM, false);
        assertThat(team.total()).isEqualTo(108_900);
        assertThat(team.tax().tax()).isEqualTo(18_900);
        assertThat(team.inPrice()).isFalse();
        assertThat(work(90_000, Customer.TEAM, BELGIUM, true).total())
                .as("a company at home pays it too")
                .isEqualTo(108_900);
        assertThat(work(90_000, Customer.TEAM, Optional.empty(), false))
                .as("where the newsroom keeps no tax there is none")
                .isEqualTo(new Taxes.Worked(90_000, Invoice.Tax.NONE, true));
    }

    @Test
    void with_a_tax_number_in_a_country_that_says_so_the_customer_owes_it_itself() {
        var reversed = work(27_600, Customer.READER, GERMANY, true);
        assertThat(reversed.tax().reverseCharge()).isTrue();
        assertThat(reversed.total()).isEqualTo(27_600 - 4_407);
        assertThat(work(27_600, Customer.TEAM, GERMANY, true).total()).isEqualTo(27_600);
        assertThat(work(27_600, Customer.READER, GERMANY, false).tax().reverseCharge())
                .isFalse();
        assertThat(work(27_600, Customer.READER, BELGIUM, true).tax().reverseCharge())
                .isFalse();
        assertThat(work(27_600, Customer.READER, SWITZERLAND, true).tax().reverseCharge())
                .isFalse();
    }

    @Test
    void where_there_is_no_rate_there_is_no_tax() {
        assertThat(work(27_600, Customer.READER, Optional.empty(), true).tax()).isEqualTo(Invoice.Tax.NONE);
        assertThat(work(300, Customer.READER, BELGIUM, false).tax().tax()).isEqualTo(52);
    }
}
