package press.masthead.localstripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checkout sessions and what a person does on their page (docs.stripe.com/payments/checkout). */
final class Checkout {
    private static final long OPEN_FOR = Duration.ofHours(24).toSeconds();

    private final Account account;
    private final Customers customers;
    private final Catalogue catalogue;
    private final Subscriptions subscriptions;
    private final Invoicing invoicing;
    private final Payments payments;
    private final Taxing taxing;
    private final Map<String, Ask> asked = new HashMap<>();

    Checkout(
            Account account,
            Customers customers,
            Catalogue catalogue,
            Subscriptions subscriptions,
            Invoicing invoicing,
            Payments payments,
            Taxing taxing) {
        this.account = account;
        this.customers = customers;
        this.catalogue = catalogue;
        this.subscriptions = subscriptions;
        this.invoicing = invoicing;
        this.payments = payments;
        this.taxing = taxing;
    }

    ObjectNode create(Ask ask) {
        String mode = ask.required("mode");
        if (!mode.equals("subscription") && !mode.equals("payment"))
            throw Refusal.invalid("This local Stripe knows the modes subscription and payment.", "mode", null);
        String success = ask.required("success_url");
        String customer = ask.text("customer");
        if (!customer.isEmpty()) customers.alive(customer);
        if (!customer.isEmpty() && ask.has("customer_email"))
            throw Refusal.invalid(
                    "You may only specify one of these parameters: customer, customer_email.", null, null);
        ObjectNode price = price(ask);
        if (mode.equals("subscription") != price.path("recurring").isObject())
            throw Refusal.invalid(
                    "You must provide " + (mode.equals("subscription") ? "a recurring price" : "one-time prices")
                            + " in `" + mode + "` mode.",
                    "line_items[0][price]",
                    null);
        if (!ask.each("discounts").isEmpty() && ask.yes("allow_promotion_codes"))
            throw Refusal.invalid(
                    "You may only specify one of these parameters: allow_promotion_codes, discounts.", null, null);
        long now = customer.isEmpty() ? account.clocks.now() : account.now(account.books.get("customer", customer));
        boolean trial = Subscriptions.trialEnd(part(ask, "subscription_data"), now) > 0;
        long subtotal = trial ? 0 : price.path("unit_amount").asLong() * quantity(ask);
        long taxed = trial ? 0 : total(ask, subtotal);
        JsonNode rates = rates(ask);
        String id = account.books.name("cs_test");
        ObjectNode session = Json.of(
                "id",
                id,
                "object",
                "checkout.session",
                "allow_promotion_codes",
                ask.yes("allow_promotion_codes") ? true : null,
                "amount_subtotal",
                subtotal,
                "amount_total",
                taxed + Taxing.onTop(rates, taxed),
                "automatic_tax",
                Json.of("enabled", false, "liability", null, "provider", null, "status", null),
                "cancel_url",
                Json.orNull(ask.text("cancel_url")),
                "client_reference_id",
                Json.orNull(ask.text("client_reference_id")),
                "created",
                now,
                "currency",
                price.path("currency").asText(),
                "custom_fields",
                List.of(),
                "customer",
                Json.orNull(customer),
                "customer_email",
                Json.orNull(ask.text("customer_email")),
                "customer_details",
                null,
                "discounts",
                List.of(),
                "expires_at",
                ask.number("expires_at").orElse(now + OPEN_FOR),
                "invoice",
                null,
                "livemode",
                false,
                "locale",
                Json.orNull(ask.text("locale")),
                "metadata",
                Customers.metadata(Json.of(), ask),
                "mode",
                mode,
                "payment_intent",
                null,
                "payment_method_collection",
                ask.has("payment_method_collection") ? ask.text("payment_method_collection") : "always",
                "payment_method_options",
                Json.of(),
                "payment_method_types",
                List.of("card"),
                "payment_status",
                "unpaid",
                "setup_intent",
                null,
                "shipping_options",
                List.of(),
                "status",
                "open",
                "submit_type",
                null,
                "subscription",
                null,
                "success_url",
                success,
                "total_details",
                Json.of(
                        "amount_discount",
                        subtotal - taxed,
                        "amount_shipping",
                        0,
                        "amount_tax",
                        Taxing.all(rates, taxed)),
                "ui_mode",
                "hosted_page",
                "url",
                account.options.url() + "/c/pay/" + id);
        account.books.put(session);
        asked.put(id, ask);
        account.clocks.at(account.clockOf(session), session.path("expires_at").asLong(), () -> {
            if (Invoicing.is(session, "open")) expire(session);
        });
        return session;
    }

    private static Ask part(Ask ask, String name) {
        return ask.params().get(name) instanceof ObjectNode inner ? Ask.part(inner) : Ask.part(Json.of());
    }

    /** The one thing that is sold. */
    ObjectNode price(Ask ask) {
        List<ObjectNode> lines = ask.each("line_items");
        if (lines.size() != 1)
            throw Refusal.invalid("This local Stripe takes one line item.", "line_items", "parameter_missing");
        if (lines.getFirst().get("price_data") instanceof ObjectNode data) return catalogue.price(Ask.part(data));
        return account.books.get("price", lines.getFirst().path("price").asText(""));
    }

    /** Those of the subscription, or of the one thing that is sold. */
    JsonNode rates(Ask ask) {
        List<String> ids = part(ask, "subscription_data").texts("default_tax_rates");
        return taxing.rates(
                ids.isEmpty() ? Ask.part(ask.each("line_items").getFirst()).texts("tax_rates") : ids);
    }

    private static long quantity(Ask ask) {
        return ask.each("line_items").getFirst().path("quantity").asLong(1);
    }

    private long total(Ask ask, long subtotal) {
        long total = subtotal;
        for (ObjectNode discount : ask.each("discounts")) {
            String coupon = discount.path("promotion_code").asText("").isEmpty()
                    ? discount.path("coupon").asText()
                    : account.books
                            .get(
                                    "promotion_code",
                                    discount.path("promotion_code").asText())
                            .at("/promotion/coupon")
                            .asText();
            ObjectNode found = account.books.get("coupon", coupon);
            total -= found.path("percent_off").isNumber()
                    ? Math.round(total * found.path("percent_off").asDouble() / 100)
                    : Math.min(total, found.path("amount_off").asLong());
        }
        return total;
    }

    ObjectNode expireNow(Ask ask) {
        ObjectNode session = account.books.get("checkout.session", ask.id());
        if (!Invoicing.is(session, "open"))
            throw Refusal.invalid(
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of `"
                            + session.path("status").asText() + "`.",
                    null,
                    null);
        expire(session);
        return session;
    }

    private void expire(ObjectNode session) {
        session.put("status", "expired");
        session.putNull("url");
        account.events.tell("checkout.session.expired", session);
    }

    /** A code that a person typed on the page. Returns what to say, or nothing where it was taken. */
    String promotion(ObjectNode session, String code) {
        for (ObjectNode found : account.books.all("promotion_code").values())
            if (found.path("code").asText().equalsIgnoreCase(code)
                    && found.path("active").asBoolean()) {
                Ask ask = asked(session);
                ask.params()
                        .set(
                                "discounts",
                                Json.of(
                                        "0",
                                        Json.of(
                                                "promotion_code",
                                                found.path("id").asText())));
                long taxed = total(ask, session.path("amount_subtotal").asLong());
                session.put("amount_total", taxed + Taxing.onTop(rates(ask), taxed));
                return "";
            }
        return "This code is invalid.";
    }

    Ask asked(ObjectNode session) {
        Ask ask = asked.get(session.path("id").asText());
        if (ask == null)
            throw Refusal.missing("checkout.session", session.path("id").asText());
        return ask;
    }

    /** What the bank says before anything is begun: money now, or a card that is kept for later. */
    Verdict verdict(ObjectNode session, Card card) {
        return session.path("amount_total").asLong() == 0 ? card.kept() : card.onPage();
    }

    /** The person has given a good card: everything that was sold begins, and the session is complete. */
    void complete(ObjectNode session, Card card, String email, Verdict verdict) {
        Ask ask = asked(session);
        Optional<ObjectNode> customer = customer(session, ask, email);
        ObjectNode method = customers.newCard(card, email);
        String id = method.path("id").asText();
        customer.ifPresent(known -> {
            session.put("customer", known.path("id").asText());
            method.put("customer", known.path("id").asText());
            account.books.put(method);
            account.events.tell("payment_method.attached", method);
        });
        boolean nothing = session.path("amount_total").asLong() == 0;
        if (session.path("mode").asText().equals("subscription"))
            subscribe(session, ask, customer.orElseThrow(), id, verdict);
        else {
            Ask data = part(ask, "payment_intent_data");
            ObjectNode intent = payments.intent(
                    customer.map(known -> known.path("id").asText()).orElse(""),
                    session.path("amount_total").asLong(),
                    session.path("currency").asText(),
                    data.text("description"),
                    Customers.metadata(Json.of(), data));
            payments.charge(intent, id, verdict);
            session.put("payment_intent", intent.path("id").asText());
        }
        session.put("status", "complete");
        session.put("payment_status", nothing ? "no_payment_required" : "paid");
        session.putNull("url");
        session.set(
                "customer_details",
                Json.of(
                        "email",
                        email,
                        "name",
                        null,
                        "phone",
                        null,
                        "tax_exempt",
                        "none",
                        "tax_ids",
                        List.of(),
                        "address",
                        null));
        account.events.tell("checkout.session.completed", session);
    }

    /** Who pays: nobody whom Stripe keeps, where something is paid for once and no customer was asked for. */
    private Optional<ObjectNode> customer(ObjectNode session, Ask ask, String email) {
        Optional<ObjectNode> known =
                account.books.find("customer", session.path("customer").asText(""));
        boolean kept = session.path("mode").asText().equals("subscription")
                || ask.text("customer_creation").equals("always");
        return known.isEmpty() && kept ? Optional.of(customers.create(Ask.part(Json.of("email", email)))) : known;
    }

    private void subscribe(ObjectNode session, Ask ask, ObjectNode customer, String method, Verdict verdict) {
        Ask data = part(ask, "subscription_data");
        ObjectNode wanted = data.params().deepCopy();
        if (ask.params().get("discounts") instanceof ObjectNode discounts) wanted.set("discounts", discounts);
        long end = Subscriptions.trialEnd(data, account.now(customer));
        ObjectNode subscription = subscriptions.begin(customer, soldPrice(ask), end, method, Ask.part(wanted));
        ObjectNode invoice =
                account.books.get("invoice", subscription.path("latest_invoice").asText());
        if (Invoicing.is(invoice, "draft")) invoicing.makeFinal(invoice);
        if (Invoicing.is(invoice, "open")) invoicing.pay(invoice, method, verdict);
        session.put("subscription", subscription.path("id").asText());
        session.put("invoice", invoice.path("id").asText());
    }

    private ObjectNode soldPrice(Ask ask) {
        return price(ask);
    }

    ObjectNode list(Ask ask) {
        String customer = ask.text("customer");
        String subscription = ask.text("subscription");
        String status = ask.text("status");
        List<ObjectNode> some = customer.isEmpty()
                ? List.copyOf(account.books.all("checkout.session").values())
                : account.books.of("checkout.session", "customer", customer);
        return Books.page(
                ask,
                "/v1/checkout/sessions",
                some,
                session -> (status.isEmpty() || Invoicing.is(session, status))
                        && (subscription.isEmpty()
                                || session.path("subscription").asText("").equals(subscription)));
    }
}
