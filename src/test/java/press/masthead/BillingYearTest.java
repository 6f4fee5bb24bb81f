package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.TestDatabase;

/** Ledger and access on a Stripe that loses, doubles, delays, declines and does not always answer. */
class BillingYearTest {
    private static void lives(int subscriptions, long seed, int days) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "year");
        var result = BillingYears.aYear(TestDatabase.freshUrl(), folder, subscriptions, seed, days);
        assertThat(result.differences()).isEmpty();
        assertThat(result.agreeing()).isEqualTo(result.members());
        assertThat(result.centsAgreeing()).isEqualTo(result.cents());
        assertThat(result.members()).isGreaterThan(subscriptions / 2);
    }

    @Test
    void a_few_members_through_two_months() throws Exception {
        lives(30, 1, 60);
    }

    @Test
    @Tag("load")
    void more_members_through_a_year() throws Exception {
        lives(150, 2, 365); // twenty seeds of a thousand: ./masthead bench billing
    }
}
