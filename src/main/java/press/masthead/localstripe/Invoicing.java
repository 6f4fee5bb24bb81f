package press.masthead.localstripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Invoices of subscriptions: written, made final, collected (docs.stripe.com/invoicing/integration/workflow-transitions). */
final class Invoicing {
    /** Between a renewal and its charge. */
    private static final long DRAFT = Duration.ofHours(1).toSeconds();

    private final Account account;
    private final Payments payments;
    private Told told = (invoice, paid, last) -> {};

    /** Who is told how a collection went. */
    interface Told {
        /** @param last whether no further try will be made by itself */
        void collected(ObjectNode invoice, boolean paid, boolean last);
    }

    Invoicing(Account account, Payments payments) {
        this.account = account;
        this.payments = payments;
    }

    void tell(Told listener) {
        told = listener;
    }

    /** One line, before it has an invoice. */
    record Line(String text, long amount, ObjectNode price, String item, long from, long until, boolean proration) {}

    /** What an invoice with these lines would say; nothing is kept. */
    ObjectNode draft(ObjectNode subscription, String reason, List<Line> lines, String id) {
        ObjectNode customer =
                account.books.get("customer", subscription.path("customer").asText());
        long now = account.now(subscription);
        String currency = subscription.path("currency").asText();
        var rows = new ArrayList<ObjectNode>();
        long subtotal = 0;
        for (Line line : lines) {
            subtotal += line.amount();
            rows.add(row(line, currency, id, subscription));
        }
        long off = discount(subscription, Math.max(0, subtotal), now);
        JsonNode rates = subscription.path("default_tax_rates");
        long taxed = subtotal - off;
        long total = taxed + Taxing.onTop(rates, taxed);
        long balance = customer.path("balance").asLong();
        long due = Math.max(0, total + balance);
        return Json.of(
                "id",
                id,
                "object",
                "invoice",
                "account_country",
                "US",
                "account_name",
                "Local Stripe",
                "amount_due",
                due,
                "amount_overpaid",
                0,
                "amount_paid",
                0,
                "amount_paid_off_stripe",
                0,
                "amount_remaining",
                due,
                "amount_shipping",
                0,
                "attempt_count",
                0,
                "attempted",
                false,
                "auto_advance",
                true,
                "automatic_tax",
                Json.of("disabled_reason", null, "enabled", false, "liability", null, "provider", null, "status", null),
                "automatically_finalizes_at",
                null,
                "billing_reason",
                reason,
                "collection_method",
                "charge_automatically",
                "created",
                now,
                "currency",
                currency,
                "custom_fields",
                null,
                "customer",
                customer.path("id").asText(),
                "customer_email",
                customer.get("email"),
                "customer_name",
                customer.get("name"),
                "default_payment_method",
                null,
                "default_tax_rates",
                rates.deepCopy(),
                "description",
                null,
                "discounts",
                subscription.get("discounts").deepCopy(),
                "due_date",
                null,
                "effective_at",
                null,
                "ending_balance",
                null,
                "footer",
                null,
                "hosted_invoice_url",
                null,
                "invoice_pdf",
                null,
                "issuer",
                Json.of("type", "self"),
                "lines",
                Json.of(
                        "object",
                        "list",
                        "url",
                        "/v1/invoices/" + id + "/lines",
                        "has_more",
                        false,
                        "data",
                        Json.list(rows)),
                "livemode",
                false,
                "metadata",
                Json.of(),
                "next_payment_attempt",
                null,
                "number",
                null,
                "parent",
                Json.of(
                        "quote_details",
                        null,
                        "subscription_details",
                        Json.of(
                                "metadata",
                                subscription.get("metadata").deepCopy(),
                                "subscription",
                                subscription.path("id").asText()),
                        "type",
                        "subscription_details"),
                "period_end",
                lines.isEmpty() ? now : lines.getLast().until(),
                "period_start",
                lines.isEmpty() ? now : lines.getLast().from(),
                "post_payment_credit_notes_amount",
                0,
                "pre_payment_credit_notes_amount",
                0,
                "receipt_number",
                null,
                "starting_balance",
                balance,
                "status",
                "draft",
                "status_transitions",
                Json.of("finalized_at", null, "marked_uncollectible_at", null, "paid_at", null, "voided_at", null),
                "subtotal",
                subtotal,
                "subtotal_excluding_tax",
                subtotal - Taxing.all(rates, subtotal) + Taxing.onTop(rates, subtotal),
                "test_clock",
                customer.get("test_clock"),
                "total",
                total,
                "total_discount_amounts",
                off == 0
                        ? List.of()
                        : List.of(Json.of(
                                "amount",
                                off,
                                "discount",
                                subscription.at("/discounts/0").asText())),
                "total_excluding_tax",
                total - Taxing.all(rates, taxed),
                "total_taxes",
                Taxing.taxes(rates, taxed),
                "webhooks_delivered_at",
                now);
    }

    private ObjectNode row(Line line, String currency, String invoice, ObjectNode subscription) {
        return Json.of(
                "id", account.books.name("il"),
                "object", "line_item",
                "amount", line.amount(),
                "currency", currency,
                "description", line.text(),
                "discount_amounts", List.of(),
                "discountable", !line.proration(),
                "discounts", List.of(),
                "invoice", invoice,
                "livemode", false,
                "metadata", Json.of(),
                "parent",
                        Json.of(
                                "invoice_item_details",
                                null,
                                "subscription_item_details",
                                Json.of(
                                        "invoice_item",
                                        null,
                                        "proration",
                                        line.proration(),
                                        "proration_details",
                                        null,
                                        "subscription",
                                        subscription.path("id").asText(),
                                        "subscription_item",
                                        line.item()),
                                "type",
                                "subscription_item_details"),
                "period", Json.of("end", line.until(), "start", line.from()),
                "pricing",
                        Json.of(
                                "price_details",
                                        Json.of(
                                                "price",
                                                line.price().path("id").asText(),
                                                "product",
                                                line.price().path("product").asText()),
                                "type", "price_details",
                                "unit_amount_decimal", Long.toString(line.amount())),
                "quantity", 1,
                "subtotal", line.amount(),
                "taxes", Taxing.taxes(subscription.path("default_tax_rates"), line.amount()));
    }

    private long discount(ObjectNode subscription, long amount, long now) {
        long off = 0;
        for (var id : subscription.path("discounts")) {
            ObjectNode discount = account.books.get("discount", id.asText());
            if (discount.path("end").isNumber() && discount.path("end").asLong() <= now) continue;
            ObjectNode coupon =
                    account.books.get("coupon", discount.at("/source/coupon").asText());
            off += coupon.path("percent_off").isNumber()
                    ? Math.round((amount - off) * coupon.path("percent_off").asDouble() / 100)
                    : Math.min(amount - off, coupon.path("amount_off").asLong());
        }
        return off;
    }

    /** Writes it; those of a renewal are made final an hour later, all others at once. */
    ObjectNode write(ObjectNode subscription, String reason, List<Line> lines) {
        ObjectNode invoice = draft(subscription, reason, lines, account.books.name("in"));
        account.books.put(invoice);
        subscription.put("latest_invoice", invoice.path("id").asText());
        if (!invoice.path("total_discount_amounts").isEmpty()) useUp(subscription);
        boolean later = reason.equals("subscription_cycle");
        if (later) {
            long at = account.now(invoice) + DRAFT;
            invoice.put("automatically_finalizes_at", at);
            account.clocks.at(account.clockOf(invoice), at, () -> {
                if (is(invoice, "draft") && invoice.path("auto_advance").asBoolean()) advance(invoice);
            });
        }
        account.events.tell("invoice.created", invoice);
        return invoice;
    }

    /** A discount for one payment is gone after it. */
    private void useUp(ObjectNode subscription) {
        ArrayNode left = Json.MAPPER.createArrayNode();
        for (var id : subscription.path("discounts")) {
            String coupon = account.books
                    .get("discount", id.asText())
                    .at("/source/coupon")
                    .asText();
            if (!account.books.get("coupon", coupon).path("duration").asText().equals("once")) left.add(id);
        }
        subscription.set("discounts", left);
    }

    static boolean is(ObjectNode object, String status) {
        return object.path("status").asText().equals(status);
    }

    /** Makes it final and collects it, as the subscription's pause allows. */
    void advance(ObjectNode invoice) {
        String pause = Json.text(subscriptionOf(invoice), "/pause_collection/behavior");
        switch (pause) {
            case "keep_as_draft" -> invoice.put("auto_advance", false);
            case "void" -> {
                makeFinal(invoice);
                if (is(invoice, "open")) cancel(invoice);
            }
            case "mark_uncollectible" -> {
                makeFinal(invoice);
                if (is(invoice, "open")) {
                    invoice.put("status", "uncollectible");
                    account.events.tell("invoice.marked_uncollectible", invoice);
                }
            }
            default -> {
                makeFinal(invoice);
                if (is(invoice, "open")) collect(invoice);
            }
        }
    }

    ObjectNode subscriptionOf(ObjectNode invoice) {
        return account.books.get("subscription", Json.text(invoice, "/parent/subscription_details/subscription"));
    }

    void makeFinal(ObjectNode invoice) {
        ObjectNode customer =
                account.books.get("customer", invoice.path("customer").asText());
        long now = account.now(invoice);
        long balance = customer.path("balance").asLong();
        long total = invoice.path("total").asLong();
        long due = Math.max(0, total + balance);
        long sequence = customer.path("next_invoice_sequence").asLong();
        customer.put("balance", total + balance - due);
        customer.put("next_invoice_sequence", sequence + 1);
        invoice.put("starting_balance", balance);
        invoice.put("ending_balance", total + balance - due);
        invoice.put("amount_due", due);
        invoice.put("amount_remaining", due);
        invoice.put(
                "number", "%s-%04d".formatted(customer.path("invoice_prefix").asText(), sequence));
        invoice.put("effective_at", now);
        invoice.putNull("automatically_finalizes_at");
        invoice.put(
                "hosted_invoice_url",
                account.options.url() + "/i/" + invoice.path("id").asText());
        invoice.put(
                "invoice_pdf",
                account.options.url() + "/i/" + invoice.path("id").asText());
        ((ObjectNode) invoice.get("status_transitions")).put("finalized_at", now);
        invoice.put("status", "open");
        account.events.tell("invoice.finalized", invoice);
        if (due == 0) paid(invoice);
    }

    /** Tries to collect it from the card that is kept. */
    void collect(ObjectNode invoice) {
        String method = methodFor(subscriptionOf(invoice));
        if (method.isEmpty()) failed(invoice);
        else pay(invoice, method, payments.later(method));
    }

    String methodFor(ObjectNode subscription) {
        String own = subscription.path("default_payment_method").asText("");
        return own.isEmpty()
                ? Json.text(
                        account.books.get(
                                "customer", subscription.path("customer").asText()),
                        "/invoice_settings/default_payment_method")
                : own;
    }

    Verdict later(String method) {
        return payments.later(method);
    }

    void pay(ObjectNode invoice, String method, Verdict verdict) {
        ObjectNode payment = payment(invoice);
        ObjectNode intent = account.books.get("payment_intent", Json.text(payment, "/payment/payment_intent"));
        invoice.put("attempted", true);
        invoice.put("attempt_count", invoice.path("attempt_count").asLong() + 1);
        payments.charge(intent, method, verdict);
        if (is(intent, "succeeded")) {
            long now = account.now(invoice);
            payment.put("status", "paid");
            payment.put("amount_paid", invoice.path("amount_due").asLong());
            ((ObjectNode) payment.get("status_transitions")).put("paid_at", now);
            account.events.tell("invoice_payment.paid", payment);
            paid(invoice);
        } else {
            if (is(intent, "requires_action")) account.events.tell("invoice.payment_action_required", invoice);
            failed(invoice);
        }
    }

    /** The payment that an open invoice waits for; made when it is first collected. */
    private ObjectNode payment(ObjectNode invoice) {
        String id = invoice.path("id").asText();
        List<ObjectNode> there = account.books.of("invoice_payment", "invoice", id);
        if (!there.isEmpty()) return there.getLast();
        long due = invoice.path("amount_due").asLong();
        ObjectNode intent = payments.intent(
                invoice.path("customer").asText(), due, invoice.path("currency").asText(), "Subscription", Json.of());
        return account.books.put(Json.of(
                "id",
                account.books.name("inpay"),
                "object",
                "invoice_payment",
                "amount_paid",
                null,
                "amount_requested",
                due,
                "created",
                account.now(invoice),
                "currency",
                invoice.path("currency").asText(),
                "customer",
                invoice.path("customer").asText(),
                "invoice",
                id,
                "is_default",
                true,
                "livemode",
                false,
                "payment",
                Json.of("payment_intent", intent.path("id").asText(), "type", "payment_intent"),
                "status",
                "open",
                "status_transitions",
                Json.of("canceled_at", null, "paid_at", null)));
    }

    private void paid(ObjectNode invoice) {
        long now = account.now(invoice);
        invoice.put("status", "paid");
        invoice.put("amount_paid", invoice.path("amount_due").asLong());
        invoice.put("amount_remaining", 0);
        invoice.put("attempted", true);
        invoice.putNull("next_payment_attempt");
        ((ObjectNode) invoice.get("status_transitions")).put("paid_at", now);
        account.events.tell("invoice.paid", invoice);
        account.events.tell("invoice.payment_succeeded", invoice);
        told.collected(invoice, true, true);
    }

    private void failed(ObjectNode invoice) {
        List<Duration> retries = account.options.retries();
        int tried = (int) Math.max(1, invoice.path("attempt_count").asLong());
        boolean last = tried > retries.size();
        if (last) {
            invoice.putNull("next_payment_attempt");
            invoice.put("auto_advance", false);
        } else {
            long next = account.now(invoice) + retries.get(tried - 1).toSeconds();
            invoice.put("next_payment_attempt", next);
            invoice.put("attempt_count", (long) tried);
            account.clocks.at(account.clockOf(invoice), next, () -> {
                if (is(invoice, "open") && invoice.path("next_payment_attempt").asLong() == next) collect(invoice);
            });
        }
        account.events.tell("invoice.payment_failed", invoice);
        told.collected(invoice, false, last);
    }

    void cancel(ObjectNode invoice) {
        invoice.put("status", "void");
        invoice.put("auto_advance", false);
        invoice.putNull("next_payment_attempt");
        ((ObjectNode) invoice.get("status_transitions")).put("voided_at", account.now(invoice));
        account.events.tell("invoice.voided", invoice);
    }

    ObjectNode list(Ask ask) {
        String customer = ask.text("customer");
        String subscription = ask.text("subscription");
        String status = ask.text("status");
        List<ObjectNode> some = !subscription.isEmpty()
                ? account.books.of("invoice", "parent_subscription", subscription)
                : customer.isEmpty()
                        ? List.copyOf(account.books.all("invoice").values())
                        : account.books.of("invoice", "customer", customer);
        return Books.page(
                ask,
                "/v1/invoices",
                some,
                invoice -> (status.isEmpty() || is(invoice, status))
                        && (customer.isEmpty()
                                || invoice.path("customer").asText().equals(customer)));
    }

    ObjectNode paymentsList(Ask ask) {
        String invoice = ask.text("invoice");
        String intent = ask.text("payment.payment_intent");
        List<ObjectNode> some = !invoice.isEmpty()
                ? account.books.of("invoice_payment", "invoice", invoice)
                : intent.isEmpty()
                        ? List.copyOf(account.books.all("invoice_payment").values())
                        : account.books.of("invoice_payment", "paid_by", intent);
        String status = ask.text("status");
        return Books.page(ask, "/v1/invoice_payments", some, payment -> status.isEmpty() || is(payment, status));
    }

    ObjectNode payNow(Ask ask) {
        ObjectNode invoice = account.books.get("invoice", ask.id());
        if (is(invoice, "draft")) makeFinal(invoice);
        if (is(invoice, "paid")) throw Refusal.invalid("Invoice is already paid", null, "invoice_already_paid");
        if (!is(invoice, "open")) throw Refusal.invalid("This invoice can't be paid.", null, "invoice_not_open");
        String method = ask.has("payment_method") ? ask.text("payment_method") : methodFor(subscriptionOf(invoice));
        if (method.isEmpty())
            throw Refusal.invalid("There is no default payment method on this customer.", null, "resource_missing");
        Verdict verdict = payments.later(method);
        pay(invoice, method, verdict);
        if (verdict instanceof Verdict.Declined declined) throw Refusal.card(declined, Json.of());
        return invoice;
    }

    ObjectNode voidNow(Ask ask) {
        ObjectNode invoice = account.books.get("invoice", ask.id());
        if (!is(invoice, "open") && !is(invoice, "uncollectible"))
            throw Refusal.invalid(
                    "You can only void an invoice that is open or uncollectible.", null, "invoice_not_editable");
        cancel(invoice);
        return invoice;
    }

    ObjectNode finalizeNow(Ask ask) {
        ObjectNode invoice = account.books.get("invoice", ask.id());
        if (!is(invoice, "draft"))
            throw Refusal.invalid("This invoice is already finalized.", null, "invoice_not_editable");
        makeFinal(invoice);
        return invoice;
    }
}
