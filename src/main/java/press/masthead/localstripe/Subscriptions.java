package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import press.masthead.localstripe.Invoicing.Line;

/** Subscriptions from their first day to their last (docs.stripe.com/billing/subscriptions/overview). */
final class Subscriptions {
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private final Account account;
    private final Customers customers;
    private final Catalogue catalogue;
    private final Invoicing invoicing;
    private final Taxing taxing;

    Subscriptions(Account account, Customers customers, Catalogue catalogue, Invoicing invoicing, Taxing taxing) {
        this.account = account;
        this.customers = customers;
        this.catalogue = catalogue;
        this.invoicing = invoicing;
        this.taxing = taxing;
        invoicing.tell(this::collected);
    }

    ObjectNode create(Ask ask) {
        List<ObjectNode> items = ask.each("items");
        if (items.size() != 1)
            throw Refusal.invalid(
                    "This local Stripe takes one item for each subscription.", "items", "parameter_missing");
        ObjectNode customer = account.books.get("customer", ask.required("customer"));
        ObjectNode price =
                account.books.get("price", items.getFirst().path("price").asText(""));
        String method = ask.text("default_payment_method");
        if (Card.named(method).isPresent()) method = customers.keep(customer, method);
        ObjectNode subscription = begin(customer, price, trialEnd(ask, account.now(customer)), method, ask);
        if (!Invoicing.is(subscription, "trialing")) {
            invoicing.advance(account.books.get(
                    "invoice", subscription.path("latest_invoice").asText()));
            if (!Invoicing.is(subscription, "active")) {
                subscription.put("status", "incomplete");
                account.clocks.at(account.clockOf(subscription), account.now(subscription) + 23 * 3600, () -> {
                    if (Invoicing.is(subscription, "incomplete")) {
                        subscription.put("status", "incomplete_expired");
                        changed(subscription);
                    }
                });
            }
        }
        return subscription;
    }

    /** The trial's end that a request asks for, or 0. */
    static long trialEnd(Ask ask, long now) {
        if (ask.has("trial_period_days"))
            return ask.number("trial_period_days").map(days -> now + days * DAY).orElse(0L);
        long end = ask.number("trial_end").orElse(0L);
        if (end != 0 && end <= now)
            throw Refusal.invalid(
                    "Invalid timestamp: must be in the future.", "trial_end", "parameter_invalid_integer");
        return end;
    }

    /** Begins one and writes its first invoice; that of a trial, over nothing, is paid at once. */
    ObjectNode begin(ObjectNode customer, ObjectNode price, long trialEnd, String method, Ask ask) {
        if (!price.path("recurring").isObject())
            throw Refusal.invalid("The price specified is set to `type=one_time`.", "items[0][price]", null);
        long now = account.now(customer);
        boolean trial = trialEnd > 0;
        long anchor = trial ? trialEnd : now;
        String id = account.books.name("sub");
        ObjectNode item = Json.of(
                "id",
                account.books.name("si"),
                "object",
                "subscription_item",
                "created",
                now,
                "current_period_end",
                trial ? trialEnd : end(anchor, price, 1),
                "current_period_start",
                now,
                "discounts",
                List.of(),
                "metadata",
                Json.of(),
                "price",
                price.deepCopy(),
                "quantity",
                1,
                "subscription",
                id,
                "tax_rates",
                List.of());
        ObjectNode subscription = Json.of(
                "id",
                id,
                "object",
                "subscription",
                "application",
                null,
                "application_fee_percent",
                null,
                "automatic_tax",
                Json.of("disabled_reason", null, "enabled", false, "liability", null),
                "billing_cycle_anchor",
                anchor,
                "billing_mode",
                Json.of("type", "flexible"),
                "billing_thresholds",
                null,
                "cancel_at",
                null,
                "cancel_at_period_end",
                false,
                "canceled_at",
                null,
                "cancellation_details",
                Json.of("comment", null, "feedback", null, "reason", null),
                "collection_method",
                "charge_automatically",
                "created",
                now,
                "currency",
                price.path("currency").asText(),
                "customer",
                customer.path("id").asText(),
                "days_until_due",
                null,
                "default_payment_method",
                Json.orNull(method),
                "default_tax_rates",
                taxing.rates(ask.texts("default_tax_rates")),
                "description",
                null,
                "discounts",
                List.of(),
                "ended_at",
                null,
                "invoice_settings",
                Json.of("account_tax_ids", null, "issuer", Json.of("type", "self")),
                "items",
                Json.of(
                        "object",
                        "list",
                        "url",
                        "/v1/subscription_items?subscription=" + id,
                        "has_more",
                        false,
                        "data",
                        Json.list(List.of(item))),
                "latest_invoice",
                null,
                "livemode",
                false,
                "metadata",
                Customers.metadata(Json.of(), ask),
                "next_pending_invoice_item_invoice",
                null,
                "on_behalf_of",
                null,
                "pause_collection",
                null,
                "payment_settings",
                Json.of(
                        "payment_method_options",
                        null,
                        "payment_method_types",
                        null,
                        "save_default_payment_method",
                        "off"),
                "pending_invoice_item_interval",
                null,
                "pending_setup_intent",
                null,
                "pending_update",
                null,
                "schedule",
                null,
                "start_date",
                now,
                "status",
                trial ? "trialing" : "incomplete",
                "test_clock",
                customer.get("test_clock"),
                "transfer_data",
                null,
                "trial_end",
                trial ? trialEnd : null,
                "trial_settings",
                Json.of(
                        "end_behavior",
                        Json.of(
                                "missing_payment_method",
                                ask.has("trial_settings.end_behavior.missing_payment_method")
                                        ? ask.text("trial_settings.end_behavior.missing_payment_method")
                                        : "create_invoice")),
                "trial_start",
                trial ? now : null);
        account.books.put(subscription);
        var discounts = Json.MAPPER.createArrayNode();
        for (ObjectNode asked : ask.each("discounts"))
            discounts.add(catalogue
                    .redeem(asked, customer.path("id").asText(), id, now)
                    .path("id")
                    .asText());
        subscription.set("discounts", discounts);
        account.events.tell("customer.subscription.created", subscription);
        long first = trial ? 0 : price.path("unit_amount").asLong();
        String text = trial ? "Trial period" : "1 × subscription";
        ObjectNode invoice = invoicing.write(
                subscription,
                "subscription_create",
                List.of(line(subscription, text, first, now, periodEnd(subscription))));
        if (trial) {
            invoicing.makeFinal(invoice);
            long warn = trialEnd - 3 * DAY;
            at(subscription, Math.max(warn, now), () -> {
                if (Invoicing.is(subscription, "trialing") && trialEnd == periodEnd(subscription))
                    account.events.tell("customer.subscription.trial_will_end", subscription);
            });
        }
        schedule(subscription);
        return subscription;
    }

    private Line line(ObjectNode subscription, String text, long amount, long from, long until) {
        ObjectNode item = item(subscription);
        return new Line(
                text, amount, (ObjectNode) item.get("price"), item.path("id").asText(), from, until, false);
    }

    static ObjectNode item(ObjectNode subscription) {
        return (ObjectNode) subscription.at("/items/data/0");
    }

    static long periodEnd(ObjectNode subscription) {
        return item(subscription).path("current_period_end").asLong();
    }

    static long periodStart(ObjectNode subscription) {
        return item(subscription).path("current_period_start").asLong();
    }

    private static long end(long anchor, ObjectNode price, long periods) {
        return Periods.end(
                anchor,
                price.at("/recurring/interval").asText(),
                periods * price.at("/recurring/interval_count").asLong(1));
    }

    private void at(ObjectNode subscription, long when, Runnable work) {
        account.clocks.at(account.clockOf(subscription), when, work);
    }

    private void changed(ObjectNode subscription) {
        account.events.tell("customer.subscription.updated", subscription);
    }

    private static boolean over(ObjectNode subscription) {
        return Set.of("canceled", "incomplete_expired")
                .contains(subscription.path("status").asText());
    }

    /** What comes next: the notice of the coming invoice, and the end of the period. */
    private void schedule(ObjectNode subscription) {
        long end = periodEnd(subscription);
        long notice = end - account.options.upcoming().toSeconds();
        if (notice > account.now(subscription))
            at(subscription, notice, () -> {
                boolean runsOn =
                        !over(subscription) && subscription.path("cancel_at").isNull();
                if (runsOn && end == periodEnd(subscription))
                    account.events.tell("invoice.upcoming", upcoming(subscription));
            });
        at(subscription, end, () -> {
            if (!over(subscription) && end == periodEnd(subscription)) cycle(subscription);
        });
    }

    private ObjectNode upcoming(ObjectNode subscription) {
        ObjectNode invoice = invoicing.draft(subscription, "upcoming", List.of(next(subscription)), "upcoming");
        invoice.remove("id");
        return invoice;
    }

    private Line next(ObjectNode subscription) {
        ObjectNode price = (ObjectNode) item(subscription).get("price");
        long from = periodEnd(subscription);
        return line(
                subscription,
                "1 × subscription",
                price.path("unit_amount").asLong(),
                from,
                nextEnd(subscription, price, from));
    }

    private static long nextEnd(ObjectNode subscription, ObjectNode price, long moment) {
        return Periods.after(
                subscription.path("billing_cycle_anchor").asLong(),
                price.at("/recurring/interval").asText(),
                price.at("/recurring/interval_count").asLong(1),
                moment);
    }

    private void cycle(ObjectNode subscription) {
        long now = account.now(subscription);
        boolean wasTrial = Invoicing.is(subscription, "trialing");
        if (subscription.path("cancel_at").isNumber()
                && subscription.path("cancel_at").asLong() <= now) {
            cancelNow(subscription, "");
            return;
        }
        String missing = subscription
                .at("/trial_settings/end_behavior/missing_payment_method")
                .asText();
        if (wasTrial && invoicing.methodFor(subscription).isEmpty() && !missing.equals("create_invoice")) {
            if (missing.equals("cancel")) cancelNow(subscription, "");
            else {
                subscription.put("status", "paused");
                account.events.tell("customer.subscription.paused", subscription);
            }
            return;
        }
        if (Invoicing.is(subscription, "unpaid") || Invoicing.is(subscription, "paused")) return;
        Line next = next(subscription);
        ObjectNode item = item(subscription);
        item.put("current_period_start", next.from());
        item.put("current_period_end", next.until());
        if (wasTrial) subscription.put("status", "active");
        invoicing.write(subscription, "subscription_cycle", List.of(next));
        changed(subscription);
        schedule(subscription);
    }

    /** How a collection went, and what that makes of the subscription. */
    private void collected(ObjectNode invoice, boolean paid, boolean last) {
        ObjectNode subscription = invoicing.subscriptionOf(invoice);
        if (over(subscription)) return;
        boolean latest = subscription
                .path("latest_invoice")
                .asText()
                .equals(invoice.path("id").asText());
        String before = subscription.path("status").asText();
        if (paid) {
            if (latest && Set.of("past_due", "incomplete", "unpaid").contains(before))
                subscription.put("status", "active");
        } else if (last) {
            switch (account.options.afterRetries()) {
                case CANCEL -> {
                    cancelNow(subscription, "payment_failed");
                    return;
                }
                case UNPAID -> subscription.put("status", "unpaid");
                case PAST_DUE -> subscription.put("status", "past_due");
            }
        } else if (before.equals("active")) subscription.put("status", "past_due");
        if (!before.equals(subscription.path("status").asText()) && !before.equals("incomplete")
                || (paid && before.equals("incomplete"))) changed(subscription);
    }

    private void cancelNow(ObjectNode subscription, String reason) {
        long now = account.now(subscription);
        subscription.put("status", "canceled");
        subscription.put("ended_at", now);
        if (subscription.path("canceled_at").isNull()) subscription.put("canceled_at", now);
        if (!reason.isEmpty()) ((ObjectNode) subscription.get("cancellation_details")).put("reason", reason);
        for (ObjectNode invoice : account.books.of(
                "invoice", "parent_subscription", subscription.path("id").asText()))
            if (Invoicing.is(invoice, "open") || Invoicing.is(invoice, "draft")) {
                invoice.put("auto_advance", false);
                invoice.putNull("next_payment_attempt");
            }
        account.events.tell("customer.subscription.deleted", subscription);
    }

    private ObjectNode running(String id) {
        ObjectNode subscription = account.books.get("subscription", id);
        if (over(subscription)) throw Refusal.missing("subscription", id);
        return subscription;
    }

    ObjectNode update(Ask ask) {
        ObjectNode subscription = running(ask.id());
        String before = subscription.toString();
        Customers.metadata((ObjectNode) subscription.get("metadata"), ask);
        if (ask.has("default_payment_method")) {
            account.books.get("payment_method", ask.text("default_payment_method"));
            subscription.put("default_payment_method", ask.text("default_payment_method"));
        }
        cancellation(subscription, ask);
        if (ask.has("default_tax_rates"))
            subscription.set("default_tax_rates", taxing.rates(ask.texts("default_tax_rates")));
        if (ask.has("pause_collection")) {
            boolean wasPaused = subscription.path("pause_collection").isObject();
            if (ask.text("pause_collection.behavior").isEmpty()) subscription.putNull("pause_collection");
            else {
                Long resumes = ask.number("pause_collection.resumes_at").orElse(null);
                subscription.set(
                        "pause_collection",
                        Json.of("behavior", ask.text("pause_collection.behavior"), "resumes_at", resumes));
                if (resumes != null)
                    at(subscription, resumes, () -> {
                        if (subscription.at("/pause_collection/resumes_at").asLong() == resumes) {
                            subscription.putNull("pause_collection");
                            changed(subscription);
                        }
                    });
            }
            if (wasPaused != subscription.path("pause_collection").isObject())
                account.events.tell("customer.subscription." + (wasPaused ? "resumed" : "paused"), subscription);
        }
        if (ask.has("discounts")) {
            var discounts = Json.MAPPER.createArrayNode();
            for (ObjectNode asked : ask.each("discounts"))
                discounts.add(catalogue
                        .redeem(asked, subscription.path("customer").asText(), ask.id(), account.now(subscription))
                        .path("id")
                        .asText());
            subscription.set("discounts", discounts);
        }
        if (ask.has("trial_end")) moveTrial(subscription, ask);
        if (!ask.each("items").isEmpty()) change(subscription, ask);
        if (!before.equals(subscription.toString())) changed(subscription);
        return subscription;
    }

    private void cancellation(ObjectNode subscription, Ask ask) {
        ObjectNode details = (ObjectNode) subscription.get("cancellation_details");
        if (ask.has("cancellation_details.comment")) details.put("comment", ask.text("cancellation_details.comment"));
        if (ask.has("cancellation_details.feedback"))
            details.put("feedback", ask.text("cancellation_details.feedback"));
        if (ask.has("cancel_at_period_end")) {
            boolean end = ask.yes("cancel_at_period_end");
            subscription.put("cancel_at_period_end", end);
            subscription.set("cancel_at", Json.value(end ? periodEnd(subscription) : null));
            subscription.set("canceled_at", Json.value(end ? account.now(subscription) : null));
            details.set("reason", Json.value(end ? "cancellation_requested" : null));
        }
        if (ask.has("cancel_at")) {
            Long at = ask.number("cancel_at").orElse(null);
            subscription.set("cancel_at", Json.value(at));
            subscription.set("canceled_at", Json.value(at == null ? null : account.now(subscription)));
            if (at != null)
                at(subscription, at, () -> {
                    if (!over(subscription) && subscription.path("cancel_at").asLong() == at)
                        cancelNow(subscription, "cancellation_requested");
                });
        }
    }

    private void moveTrial(ObjectNode subscription, Ask ask) {
        long now = account.now(subscription);
        long end = ask.text("trial_end").equals("now") ? now : trialEnd(ask, now);
        ObjectNode item = item(subscription);
        subscription.put("trial_end", end);
        subscription.put("billing_cycle_anchor", end);
        item.put("current_period_end", end);
        if (end > now) {
            subscription.put("status", "trialing");
            item.put("current_period_start", now);
            schedule(subscription);
        } else cycle(subscription);
    }

    /** The lines of a change of price at a moment: what is given back, what is asked for, and the new period. */
    private record Change(List<Line> lines, long start, long end, boolean anew) {}

    private Change quote(ObjectNode subscription, ObjectNode to, long at) {
        ObjectNode item = item(subscription);
        ObjectNode from = (ObjectNode) item.get("price");
        if (!from.path("currency").asText().equals(to.path("currency").asText()))
            throw Refusal.invalid(
                    "The price specified only supports `" + to.path("currency").asText()
                            + "`. This doesn't match the expected currency: `"
                            + from.path("currency").asText() + "`.",
                    "items[0][price]",
                    null);
        long start = periodStart(subscription);
        long end = periodEnd(subscription);
        boolean anew = !from.at("/recurring/interval").equals(to.at("/recurring/interval"));
        boolean trial = Invoicing.is(subscription, "trialing");
        String id = item.path("id").asText();
        var lines = new ArrayList<Line>();
        if (!trial) {
            long unused = Periods.share(from.path("unit_amount").asLong(), at, end, start);
            lines.add(new Line("Unused time on the old price", -unused, from, id, at, end, true));
            long asked = anew
                    ? to.path("unit_amount").asLong()
                    : Periods.share(to.path("unit_amount").asLong(), at, end, start);
            lines.add(new Line(
                    anew ? "1 × subscription" : "Remaining time on the new price",
                    asked,
                    to,
                    id,
                    at,
                    anew ? end(at, to, 1) : end,
                    !anew));
        }
        return new Change(lines, anew && !trial ? at : start, anew && !trial ? end(at, to, 1) : end, anew && !trial);
    }

    private void change(ObjectNode subscription, Ask ask) {
        ObjectNode asked = ask.each("items").getFirst();
        ObjectNode item = item(subscription);
        String id = asked.path("id").asText("");
        if (!id.equals(item.path("id").asText())) throw Refusal.missing("subscription_item", id);
        ObjectNode to = account.books.get(
                "price", asked.path("price").asText(item.at("/price/id").asText()));
        long at = ask.number("proration_date").orElse(account.now(subscription));
        Change change = quote(subscription, to, at);
        String behaviour = ask.has("proration_behavior") ? ask.text("proration_behavior") : "create_prorations";
        Verdict verdict = verdict(subscription, ask);
        item.set("price", to.deepCopy());
        item.put("current_period_start", change.start());
        item.put("current_period_end", change.end());
        if (change.anew()) subscription.put("billing_cycle_anchor", at);
        var lines = behaviour.equals("none")
                ? change.lines().stream().filter(line -> !line.proration()).toList()
                : change.lines();
        if (!lines.isEmpty() && (change.anew() || behaviour.equals("always_invoice"))) {
            ObjectNode invoice = invoicing.write(subscription, "subscription_update", lines);
            invoicing.makeFinal(invoice);
            if (Invoicing.is(invoice, "open")) invoicing.pay(invoice, invoicing.methodFor(subscription), verdict);
        }
        if (!lines.isEmpty() && !change.anew() && behaviour.equals("create_prorations")) later(subscription, lines);
        if (change.anew()) schedule(subscription);
    }

    /** The bank's word on a change, asked before anything changes where the request wants all or nothing. */
    private Verdict verdict(ObjectNode subscription, Ask ask) {
        String method = invoicing.methodFor(subscription);
        if (method.isEmpty())
            throw Refusal.invalid("There is no payment method on this customer.", null, "resource_missing");
        Verdict verdict = invoicing.later(method);
        if (ask.text("payment_behavior").equals("error_if_incomplete") && verdict instanceof Verdict.Declined declined)
            throw Refusal.card(declined, Json.of());
        return verdict;
    }

    /** Prorations that wait for the next invoice lie on the customer's balance until then. */
    private void later(ObjectNode subscription, List<Line> lines) {
        ObjectNode customer =
                account.books.get("customer", subscription.path("customer").asText());
        long sum = lines.stream().mapToLong(Line::amount).sum();
        customer.put("balance", customer.path("balance").asLong() + sum);
    }

    ObjectNode preview(Ask ask) {
        ObjectNode subscription = running(ask.required("subscription"));
        List<ObjectNode> items = ask.each("subscription_details.items");
        if (items.isEmpty()) return upcoming(subscription);
        ObjectNode to = account.books.get(
                "price",
                items.getFirst()
                        .path("price")
                        .asText(item(subscription).at("/price/id").asText()));
        long at = ask.number("subscription_details.proration_date").orElse(account.now(subscription));
        Change change = quote(subscription, to, at);
        boolean once = change.anew()
                || ask.text("subscription_details.proration_behavior").equals("always_invoice");
        var lines = new ArrayList<>(change.lines());
        if (!once) lines.add(next(subscription));
        ObjectNode invoice = invoicing.draft(subscription, "upcoming", lines, "upcoming");
        invoice.put("id", "upcoming_in_" + ask.required("subscription"));
        return invoice;
    }

    /** Ends all of a customer who is deleted. */
    void endAll(String customer) {
        for (ObjectNode subscription : account.books.of("subscription", "customer", customer))
            if (!over(subscription)) cancelNow(subscription, "cancellation_requested");
    }

    ObjectNode cancel(Ask ask) {
        ObjectNode subscription = running(ask.id());
        cancellation(subscription, ask);
        if (ask.yes("prorate") && !Invoicing.is(subscription, "trialing")) {
            ObjectNode price = (ObjectNode) item(subscription).get("price");
            long now = account.now(subscription);
            long unused = Periods.share(
                    price.path("unit_amount").asLong(), now, periodEnd(subscription), periodStart(subscription));
            later(subscription, List.of(line(subscription, "Unused time", -unused, now, periodEnd(subscription))));
        }
        cancelNow(subscription, "cancellation_requested");
        return subscription;
    }

    ObjectNode resume(Ask ask) {
        ObjectNode subscription = running(ask.id());
        if (!Invoicing.is(subscription, "paused"))
            throw Refusal.invalid("Only a paused subscription can be resumed.", null, null);
        long now = account.now(subscription);
        ObjectNode price = (ObjectNode) item(subscription).get("price");
        subscription.put("billing_cycle_anchor", now);
        item(subscription).put("current_period_start", now);
        item(subscription).put("current_period_end", end(now, price, 1));
        subscription.put("status", "active");
        invoicing.advance(invoicing.write(
                subscription,
                "subscription_update",
                List.of(line(
                        subscription,
                        "1 × subscription",
                        price.path("unit_amount").asLong(),
                        now,
                        periodEnd(subscription)))));
        account.events.tell("customer.subscription.resumed", subscription);
        schedule(subscription);
        return subscription;
    }

    ObjectNode list(Ask ask) {
        String customer = ask.text("customer");
        String status = ask.text("status");
        List<ObjectNode> some = customer.isEmpty()
                ? List.copyOf(account.books.all("subscription").values())
                : account.books.of("subscription", "customer", customer);
        return Books.page(
                ask,
                "/v1/subscriptions",
                some,
                found -> status.equals("all")
                        || (status.isEmpty() ? !Invoicing.is(found, "canceled") : Invoicing.is(found, status)));
    }
}
