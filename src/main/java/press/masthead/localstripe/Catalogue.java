package press.masthead.localstripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Products, prices, coupons and the codes that people type (docs.stripe.com/api/products, …/prices, …/coupons). */
final class Catalogue {
    private final Account account;

    Catalogue(Account account) {
        this.account = account;
    }

    ObjectNode product(Ask ask) {
        String id = ask.text("id").isEmpty() ? account.books.name("prod") : ask.text("id");
        if (account.books.find("product", id).isPresent())
            throw Refusal.invalid("Product already exists.", "id", "resource_already_exists");
        long now = account.clocks.now();
        ObjectNode product = Json.of(
                "id",
                id,
                "object",
                "product",
                "active",
                true,
                "created",
                now,
                "default_price",
                null,
                "description",
                Json.orNull(ask.text("description")),
                "images",
                List.of(),
                "livemode",
                false,
                "marketing_features",
                List.of(),
                "metadata",
                Customers.metadata(Json.of(), ask),
                "name",
                ask.required("name"),
                "package_dimensions",
                null,
                "shippable",
                null,
                "tax_code",
                null,
                "type",
                "service",
                "updated",
                now,
                "url",
                null);
        account.books.put(product);
        account.events.tell("product.created", product);
        return product;
    }

    ObjectNode changeProduct(Ask ask) {
        ObjectNode product = account.books.get("product", ask.id());
        if (ask.has("name")) product.put("name", ask.required("name"));
        if (ask.has("active")) product.put("active", ask.yes("active"));
        Customers.metadata((ObjectNode) product.get("metadata"), ask);
        account.events.tell("product.updated", product);
        return product;
    }

    ObjectNode price(Ask ask) {
        String currency = ask.required("currency");
        if (!currency.matches("[a-z]{3}"))
            throw Refusal.invalid("Invalid currency: " + currency, "currency", "parameter_invalid_empty");
        long amount = ask.number("unit_amount")
                .orElseThrow(() ->
                        Refusal.invalid("Missing required param: unit_amount.", "unit_amount", "parameter_missing"));
        String lookup = ask.text("lookup_key");
        for (ObjectNode other : account.books.of("price", "lookup_key", lookup))
            if (!lookup.isEmpty() && lookup.equals(other.path("lookup_key").asText(""))) {
                if (!ask.yes("transfer_lookup_key"))
                    throw Refusal.invalid(
                            "A price (`" + other.path("id").asText() + "`) already uses that lookup key.",
                            "lookup_key",
                            "resource_already_exists");
                other.putNull("lookup_key");
            }
        String product = ask.has("product_data")
                ? product(Ask.part((ObjectNode) ask.params().get("product_data")))
                        .path("id")
                        .asText()
                : ask.required("product");
        account.books.get("product", product);
        boolean recurring = ask.has("recurring");
        if (recurring && !Set.of("day", "week", "month", "year").contains(ask.text("recurring.interval")))
            throw Refusal.invalid("Invalid recurring[interval].", "recurring[interval]", null);
        ObjectNode price = Json.of(
                "id",
                account.books.name("price"),
                "object",
                "price",
                "active",
                true,
                "billing_scheme",
                "per_unit",
                "created",
                account.clocks.now(),
                "currency",
                currency,
                "custom_unit_amount",
                null,
                "livemode",
                false,
                "lookup_key",
                Json.orNull(lookup),
                "metadata",
                Customers.metadata(Json.of(), ask),
                "nickname",
                Json.orNull(ask.text("nickname")),
                "product",
                product,
                "recurring",
                recurring
                        ? Json.of(
                                "interval",
                                ask.text("recurring.interval"),
                                "interval_count",
                                ask.number("recurring.interval_count").orElse(1L),
                                "meter",
                                null,
                                "trial_period_days",
                                null,
                                "usage_type",
                                "licensed")
                        : null,
                "tax_behavior",
                ask.has("tax_behavior") ? ask.text("tax_behavior") : "unspecified",
                "tiers_mode",
                null,
                "transform_quantity",
                null,
                "type",
                recurring ? "recurring" : "one_time",
                "unit_amount",
                amount,
                "unit_amount_decimal",
                Long.toString(amount));
        account.books.put(price);
        account.events.tell("price.created", price);
        return price;
    }

    ObjectNode prices(Ask ask) {
        Set<String> keys = Set.copyOf(ask.texts("lookup_keys"));
        String product = ask.text("product");
        String active = ask.text("active");
        return Books.page(
                ask,
                "/v1/prices",
                List.copyOf(account.books.all("price").values()),
                price -> (keys.isEmpty()
                                || keys.contains(price.path("lookup_key").asText("")))
                        && (product.isEmpty()
                                || product.equals(price.path("product").asText()))
                        && (active.isEmpty()
                                || active.equals(price.path("active").asText())));
    }

    ObjectNode changePrice(Ask ask) {
        ObjectNode price = account.books.get("price", ask.id());
        if (ask.has("active")) price.put("active", ask.yes("active"));
        if (ask.has("nickname")) price.put("nickname", ask.text("nickname"));
        Customers.metadata((ObjectNode) price.get("metadata"), ask);
        account.events.tell("price.updated", price);
        return price;
    }

    ObjectNode coupon(Ask ask) {
        if (ask.has("percent_off") == ask.has("amount_off"))
            throw Refusal.invalid(
                    "You must pass either percent_off or amount_off.", "percent_off", "parameter_missing");
        if (ask.has("amount_off")) ask.required("currency");
        String id = ask.text("id").isEmpty() ? account.books.name("co") : ask.text("id");
        if (account.books.find("coupon", id).isPresent())
            throw Refusal.invalid("Coupon already exists.", "id", "resource_already_exists");
        ObjectNode coupon = Json.of(
                "id", id,
                "object", "coupon",
                "amount_off", ask.number("amount_off").orElse(null),
                "created", account.clocks.now(),
                "currency", Json.orNull(ask.text("currency")),
                "duration", ask.has("duration") ? ask.text("duration") : "once",
                "duration_in_months", ask.number("duration_in_months").orElse(null),
                "livemode", false,
                "max_redemptions", ask.number("max_redemptions").orElse(null),
                "metadata", Customers.metadata(Json.of(), ask),
                "name", Json.orNull(ask.text("name")),
                "percent_off", null,
                "redeem_by", ask.number("redeem_by").orElse(null),
                "times_redeemed", 0,
                "valid", true);
        if (ask.has("percent_off")) coupon.put("percent_off", percent(ask.text("percent_off")));
        return account.books.put(coupon);
    }

    private static double percent(String text) {
        try {
            double percent = Double.parseDouble(text);
            if (percent > 0 && percent <= 100) return percent;
        } catch (NumberFormatException e) {
            // the sentence below says it
        }
        throw Refusal.invalid("Invalid percent_off: must be above 0 and at most 100.", "percent_off", null);
    }

    ObjectNode promotionCode(Ask ask) {
        String coupon = ask.required("promotion.coupon");
        account.books.get("coupon", coupon);
        ObjectNode code = Json.of(
                "id", account.books.name("promo"),
                "object", "promotion_code",
                "active", true,
                "code", ask.required("code"),
                "created", account.clocks.now(),
                "customer", Json.orNull(ask.text("customer")),
                "expires_at", ask.number("expires_at").orElse(null),
                "livemode", false,
                "max_redemptions", ask.number("max_redemptions").orElse(null),
                "metadata", Customers.metadata(Json.of(), ask),
                "promotion", Json.of("type", "coupon", "coupon", coupon),
                "restrictions",
                        Json.of(
                                "first_time_transaction",
                                false,
                                "minimum_amount",
                                null,
                                "minimum_amount_currency",
                                null),
                "times_redeemed", 0);
        return account.books.put(code);
    }

    ObjectNode promotionCodes(Ask ask) {
        String code = ask.text("code");
        return Books.page(
                ask,
                "/v1/promotion_codes",
                List.copyOf(account.books.all("promotion_code").values()),
                found -> code.isEmpty() || found.path("code").asText().equalsIgnoreCase(code));
    }

    /** A coupon at work: on a customer's subscription from now on. Returns the discount. */
    ObjectNode redeem(JsonNode asked, String customer, String subscription, long now) {
        String promotion = asked.path("promotion_code").asText("");
        String couponId = promotion.isEmpty()
                ? asked.path("coupon").asText("")
                : account.books
                        .get("promotion_code", promotion)
                        .at("/promotion/coupon")
                        .asText();
        ObjectNode coupon = account.books.get("coupon", couponId);
        if (!coupon.path("valid").asBoolean())
            throw Refusal.invalid("Coupon expired: " + couponId, "coupon", "coupon_expired");
        long used = coupon.path("times_redeemed").asLong() + 1;
        coupon.put("times_redeemed", used);
        if (coupon.path("max_redemptions").isNumber()
                && used >= coupon.path("max_redemptions").asLong()) coupon.put("valid", false);
        Long end = coupon.path("duration").asText().equals("repeating")
                ? Periods.end(now, "month", coupon.path("duration_in_months").asInt(1))
                : null;
        ObjectNode discount = Json.of(
                "id",
                account.books.name("di"),
                "object",
                "discount",
                "checkout_session",
                null,
                "customer",
                customer,
                "end",
                end,
                "invoice",
                null,
                "invoice_item",
                null,
                "promotion_code",
                Json.orNull(promotion),
                "source",
                Json.of("type", "coupon", "coupon", couponId),
                "start",
                now,
                "subscription",
                subscription,
                "subscription_item",
                null);
        return account.books.put(discount);
    }
}
