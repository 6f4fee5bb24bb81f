package press.masthead.localstripe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds each request of the billing tests against Stripe's description knows a wrong one when it sees it. */
class DescribedTest {
    @ParameterizedTest
    @CsvSource({
        "POST, /v1/prices, currency=usd&unit_amount=12.5, no Long",
        "POST, /v1/prices, unit_amount=12, lacks currency",
        "POST, /v1/prices, currency=usd&recurring[interval]=fortnight, none of its words",
        "POST, /v1/prices, currency=usd&recurring=month, is an object",
        "POST, /v1/prices, currency=usd&colour=red, is not described",
        "POST, /v1/subscriptions/sub_1, cancel_at_period_end=perhaps, no Boolean",
        "POST, /v1/subscriptions/sub_1, items[1][price]=price_1, not numbered from 0",
        "POST, /v1/subscriptions/sub_1, items=price_1, is a list",
        "POST, /v1/subscriptions/sub_1, trial_end=soon, none of its words",
        "POST, /v1/subscriptions/sub_1, proration_behavior=always, none of its words",
        "POST, /v1/tax_rates, display_name=VAT&inclusive=true&percentage=21%25, no BigDecimal",
        "POST, /v1/customers, metadata[a][b]=c, no word",
        "POST, /v1/refunds, reason=regret, none of its words",
        "GET, /v1/charges?limit=many, '', no Long",
        "GET, /v1/horses, '', is not described",
    })
    void a_wrong_request_is_named(String method, String target, String body, String fault) {
        assertThat(Described.faults(method, target, body)).anyMatch(one -> one.contains(fault));
    }

    @Test
    void a_right_one_is_not() {
        assertThat(
                        Described.faults(
                                "POST",
                                "/v1/subscriptions/sub_1",
                                "items[0][id]=si_1&items[0][price]=price_1&proration_behavior=always_invoice&proration_date=1795000000"
                                        + "&payment_behavior=error_if_incomplete&trial_end=now&metadata[masthead_reader]=7&default_tax_rates[0]=txr_1"))
                .isEmpty();
        assertThat(Described.faults("GET", "/v1/charges?limit=100&created[gte]=1795000000&expand[]=data.refunds", ""))
                .isEmpty();
    }
}
