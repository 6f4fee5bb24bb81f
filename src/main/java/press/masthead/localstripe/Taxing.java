package press.masthead.localstripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Tax rates that a newsroom keeps, and what they come to on an amount (docs.stripe.com/api/tax_rates, …/billing/taxes/tax-rates). */
final class Taxing {
    private final Account account;

    Taxing(Account account) {
        this.account = account;
    }

    ObjectNode create(Ask ask) {
        double percentage = percentage(ask.required("percentage"));
        ask.required("inclusive");
        return account.books.put(Json.of(
                "id",
                account.books.name("txr"),
                "object",
                "tax_rate",
                "active",
                true,
                "country",
                Json.orNull(ask.text("country")),
                "created",
                account.clocks.now(),
                "description",
                Json.orNull(ask.text("description")),
                "display_name",
                ask.required("display_name"),
                "effective_percentage",
                percentage,
                "flat_amount",
                null,
                "inclusive",
                ask.yes("inclusive"),
                "jurisdiction",
                Json.orNull(ask.text("jurisdiction")),
                "jurisdiction_level",
                null,
                "livemode",
                false,
                "metadata",
                Customers.metadata(Json.of(), ask),
                "percentage",
                percentage,
                "rate_type",
                "percentage",
                "state",
                null,
                "tax_type",
                Json.orNull(ask.text("tax_type"))));
    }

    private static double percentage(String text) {
        try {
            double percentage = Double.parseDouble(text);
            if (percentage >= 0 && percentage <= 100) return percentage;
        } catch (NumberFormatException e) {
            // the sentence below says it
        }
        throw Refusal.invalid("Invalid percentage: must be from 0 to 100.", "percentage", null);
    }

    ObjectNode list(Ask ask) {
        return Books.page(
                ask, "/v1/tax_rates", List.copyOf(account.books.all("tax_rate").values()), rate -> true);
    }

    /** The rates of these ids, whole. */
    ArrayNode rates(List<String> ids) {
        ArrayNode rates = Json.MAPPER.createArrayNode();
        for (String id : ids)
            if (!id.isEmpty()) rates.add(account.books.get("tax_rate", id).deepCopy());
        return rates;
    }

    /** One tax on an amount: contained in it, or on top of it. */
    private static long of(JsonNode rate, long amount) {
        BigDecimal percent = BigDecimal.valueOf(rate.path("percentage").asDouble());
        BigDecimal hundred = BigDecimal.valueOf(100);
        BigDecimal base = rate.path("inclusive").asBoolean() ? hundred.add(percent) : hundred;
        return BigDecimal.valueOf(amount)
                .multiply(percent)
                .divide(base, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** What comes on top of an amount. */
    static long onTop(JsonNode rates, long amount) {
        long tax = 0;
        for (JsonNode rate : rates) if (!rate.path("inclusive").asBoolean()) tax += of(rate, amount);
        return tax;
    }

    /** All the tax on an amount, in it and on top of it. */
    static long all(JsonNode rates, long amount) {
        long tax = 0;
        for (JsonNode rate : rates) tax += of(rate, amount);
        return tax;
    }

    /** As an invoice and its lines say it. */
    static ArrayNode taxes(JsonNode rates, long amount) {
        ArrayNode taxes = Json.MAPPER.createArrayNode();
        for (JsonNode rate : rates) {
            long tax = of(rate, amount);
            boolean inclusive = rate.path("inclusive").asBoolean();
            taxes.add(Json.of(
                    "amount",
                    tax,
                    "tax_behavior",
                    inclusive ? "inclusive" : "exclusive",
                    "tax_rate_details",
                    Json.of("tax_rate", rate.path("id").asText()),
                    "taxability_reason",
                    "not_available",
                    "taxable_amount",
                    inclusive ? amount - tax : amount,
                    "type",
                    "tax_rate_details"));
        }
        return taxes;
    }
}
