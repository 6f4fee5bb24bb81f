package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The billing portal's sessions and what a person does there (docs.stripe.com/customer-management). */
final class Portal {
    private final Account account;
    private final Customers customers;
    private final Subscriptions subscriptions;
    private final Invoicing invoicing;

    Portal(Account account, Customers customers, Subscriptions subscriptions, Invoicing invoicing) {
        this.account = account;
        this.customers = customers;
        this.subscriptions = subscriptions;
        this.invoicing = invoicing;
    }

    ObjectNode create(Ask ask) {
        String customer = ask.required("customer");
        account.books.get("customer", customer);
        String id = account.books.name("bps");
        return account.books.put(Json.of(
                "id",
                id,
                "object",
                "billing_portal.session",
                "configuration",
                "bpc_local",
                "created",
                account.clocks.now(),
                "customer",
                customer,
                "flow",
                null,
                "livemode",
                false,
                "locale",
                Json.orNull(ask.text("locale")),
                "on_behalf_of",
                null,
                "return_url",
                Json.orNull(ask.text("return_url")),
                "url",
                account.options.url() + "/p/session/" + id));
    }

    /** Keeps another card and charges it from now on. */
    void changeCard(ObjectNode customer, Card card) {
        ObjectNode method = customers.newCard(card, customer.path("email").asText(""));
        String id = customers.keep(customer, method.path("id").asText());
        customers.setDefault(customer, id);
        for (ObjectNode subscription :
                account.books.of("subscription", "customer", customer.path("id").asText()))
            if (!Invoicing.is(subscription, "canceled")) {
                subscription.put("default_payment_method", id);
                account.events.tell("customer.subscription.updated", subscription);
            }
        account.events.tell("customer.updated", customer);
    }

    void cancel(ObjectNode subscription, boolean yes) {
        subscriptions.update(new Ask(
                "POST", "", subscription.path("id").asText(), Json.of("cancel_at_period_end", Boolean.toString(yes))));
    }

    void pay(String invoice) {
        invoicing.payNow(new Ask("POST", "", invoice, Json.of()));
    }
}
