package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every address of the API and what answers it. */
final class Endpoints {
    private record Endpoint(String name, String method, Pattern path, Function<Ask, ObjectNode> answer) {}

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Parameters parameters = new Parameters();
    private final Account account;

    Endpoints(Account account, Parts parts) {
        this.account = account;
        add("POST", "/v1/customers", parts.customers()::create);
        add("POST", "/v1/customers/{id}", parts.customers()::update);
        add("GET", "/v1/customers", parts.customers()::list);
        add("GET", "/v1/customers/{id}", parts.customers()::retrieve);
        add("DELETE", "/v1/customers/{id}", ask -> parts.customers().delete(ask, parts.subscriptions()::endAll));
        add("POST", "/v1/tax_rates", parts.taxing()::create);
        read("tax_rates", "tax_rate", parts.taxing()::list);
        kind("products", "product", parts.catalogue()::product, parts.catalogue()::changeProduct, all("product"));
        kind("prices", "price", parts.catalogue()::price, parts.catalogue()::changePrice, parts.catalogue()::prices);
        add("POST", "/v1/coupons", parts.catalogue()::coupon);
        read("coupons", "coupon", all("coupon"));
        add("DELETE", "/v1/coupons/{id}", ask -> deleted("coupon", ask.id()));
        add("POST", "/v1/promotion_codes", parts.catalogue()::promotionCode);
        read("promotion_codes", "promotion_code", parts.catalogue()::promotionCodes);
        add("POST", "/v1/payment_methods", ask -> parts.customers().create(ask, "payment_method"));
        read("payment_methods", "payment_method", parts.customers()::methods);
        add("POST", "/v1/payment_methods/{id}/attach", parts.customers()::attach);
        add("POST", "/v1/checkout/sessions", parts.checkout()::create);
        read("checkout/sessions", "checkout.session", parts.checkout()::list);
        add("POST", "/v1/checkout/sessions/{id}/expire", parts.checkout()::expireNow);
        add("POST", "/v1/billing_portal/sessions", parts.portal()::create);
        add("POST", "/v1/invoices/create_preview", parts.subscriptions()::preview);
        add("POST", "/v1/subscriptions/{id}/resume", parts.subscriptions()::resume);
        add("DELETE", "/v1/subscriptions/{id}", parts.subscriptions()::cancel);
        kind(
                "subscriptions",
                "subscription",
                parts.subscriptions()::create,
                parts.subscriptions()::update,
                parts.subscriptions()::list);
        read("invoices", "invoice", parts.invoicing()::list);
        add("GET", "/v1/invoices/{id}/lines", ask ->
                (ObjectNode) account.books.get("invoice", ask.id()).get("lines"));
        add("POST", "/v1/invoices/{id}/pay", parts.invoicing()::payNow);
        add("POST", "/v1/invoices/{id}/finalize", parts.invoicing()::finalizeNow);
        add("POST", "/v1/invoices/{id}/void", parts.invoicing()::voidNow);
        read("invoice_payments", "invoice_payment", parts.invoicing()::paymentsList);
        read("payment_intents", "payment_intent", parts.payments()::intents);
        read("charges", "charge", parts.payments()::charges);
        add("POST", "/v1/refunds", parts.refunds()::create);
        read("refunds", "refund", parts.refunds()::list);
        read("disputes", "dispute", parts.disputes()::list);
        add("POST", "/v1/disputes/{id}", parts.disputes()::update);
        add("POST", "/v1/disputes/{id}/close", parts.disputes()::accept);
        read("events", "event", account.events::list);
        kind(
                "webhook_endpoints",
                "webhook_endpoint",
                parts.webhooks()::create,
                parts.webhooks()::update,
                all("webhook_endpoint"));
        add("DELETE", "/v1/webhook_endpoints/{id}", ask -> deleted("webhook_endpoint", ask.id()));
        add("POST", "/v1/test_helpers/test_clocks", parts.testClocks()::create);
        read("test_helpers/test_clocks", "test_helpers.test_clock", all("test_helpers.test_clock"));
        add("POST", "/v1/test_helpers/test_clocks/{id}/advance", parts.testClocks()::advance);
    }

    /** What the account is made of. */
    record Parts(
            Customers customers,
            Catalogue catalogue,
            Payments payments,
            Disputes disputes,
            Refunds refunds,
            Invoicing invoicing,
            Subscriptions subscriptions,
            Checkout checkout,
            Portal portal,
            Webhooks webhooks,
            TestClocks testClocks,
            Taxing taxing) {}

    private void kind(
            String path,
            String kind,
            Function<Ask, ObjectNode> create,
            Function<Ask, ObjectNode> update,
            Function<Ask, ObjectNode> list) {
        add("POST", "/v1/" + path, create);
        add("POST", "/v1/" + path + "/{id}", update);
        read(path, kind, list);
    }

    private void read(String path, String kind, Function<Ask, ObjectNode> list) {
        add("GET", "/v1/" + path, list);
        add("GET", "/v1/" + path + "/{id}", ask -> account.books.get(kind, ask.id()));
    }

    private Function<Ask, ObjectNode> all(String kind) {
        return ask -> Books.page(
                ask, "/v1/" + kind + "s", List.copyOf(account.books.all(kind).values()), object -> true);
    }

    private void add(String method, String path, Function<Ask, ObjectNode> answer) {
        endpoints.add(new Endpoint(
                method + " " + path, method, Pattern.compile(path.replace("{id}", "([A-Za-z0-9_-]+)")), answer));
    }

    List<String> names() {
        return endpoints.stream().map(Endpoint::name).toList();
    }

    private ObjectNode deleted(String kind, String id) {
        ObjectNode object = account.books.get(kind, id);
        account.books.remove(object);
        return Json.of("id", id, "object", kind, "deleted", true);
    }

    ObjectNode answer(Ask ask) {
        for (Endpoint endpoint : endpoints) {
            Optional<Ask> matching = match(endpoint, ask);
            if (matching.isEmpty()) continue;
            parameters.check(endpoint.name(), ask);
            ObjectNode answer = endpoint.answer().apply(matching.get());
            return account.books.expanded(answer, ask.texts("expand"));
        }
        throw Refusal.unknownPath(ask.method(), ask.path());
    }

    private static Optional<Ask> match(Endpoint endpoint, Ask ask) {
        if (!endpoint.method().equals(ask.method())) return Optional.empty();
        Matcher matcher = endpoint.path().matcher(ask.path());
        if (!matcher.matches()) return Optional.empty();
        return Optional.of(ask.with(matcher.groupCount() > 0 ? matcher.group(1) : ""));
    }
}
