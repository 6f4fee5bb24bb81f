package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/** The pages that Stripe would host: to pay, to mind one's card, and an overview of this account. */
final class Hosted {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    private final Account account;

    Hosted(Account account) {
        this.account = account;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String money(long amount, String currency) {
        Currency unit = Currency.getInstance(currency.toUpperCase(Locale.ROOT));
        var sum = java.math.BigDecimal.valueOf(amount, unit.getDefaultFractionDigits());
        return unit.getCurrencyCode() + " " + sum.toPlainString();
    }

    private static String day(long seconds) {
        return DAY.format(LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC));
    }

    private static String page(String title, String body) {
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"><style>
                :root{color-scheme:light dark;--ink:#1a1f36;--quiet:#5a6178;--paper:#f6f8fa;--sheet:#fff;--line:#d5dbe1;--act:#4338ca;--bad:#b3093c}
                @media(prefers-color-scheme:dark){:root{--ink:#eef0f6;--quiet:#a9b0c6;--paper:#12141c;--sheet:#1c1f2b;--line:#3a4054;--act:#a5b4fc;--bad:#ff8fa8}}
                *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
                .band{background:#8a4b00;color:#fff;text-align:center;padding:.4rem 1rem;font-size:.875rem;font-weight:600}
                main{max-width:34rem;margin:2rem auto;padding:0 1rem}section{background:var(--sheet);border:1px solid var(--line);border-radius:12px;padding:1.5rem;margin-bottom:1.25rem}
                h1{font-size:1.375rem;margin:0 0 .25rem}h2{font-size:1.0625rem;margin:0 0 .75rem}p{margin:.25rem 0 .75rem}.quiet{color:var(--quiet)}
                .sum{font-size:2rem;font-weight:650;margin:.5rem 0}label{display:block;font-weight:600;margin:.75rem 0 .25rem}
                input{width:100%%;font:inherit;padding:.7rem .8rem;border:1px solid var(--line);border-radius:8px;background:var(--paper);color:inherit}
                .pair{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}button{font:inherit;font-weight:600;padding:.75rem 1.1rem;border-radius:8px;border:1px solid var(--act);background:var(--act);color:var(--sheet);cursor:pointer;margin-top:1rem}
                button.plain{background:transparent;color:var(--act)}button.wide{width:100%%}.row{display:flex;gap:.75rem;flex-wrap:wrap;align-items:center;justify-content:space-between;border-top:1px solid var(--line);padding:.75rem 0}
                .row:first-of-type{border-top:0}.row button{margin:0;padding:.4rem .8rem}.bad{color:var(--bad);font-weight:600}a{color:var(--act)}code{overflow-wrap:anywhere}
                table{width:100%%;border-collapse:collapse;font-size:.9375rem}td{padding:.35rem .5rem .35rem 0;vertical-align:top}
                </style></head><body><div class="band">Test mode: a local Stripe. No money moves.</div><main>%s</main></body></html>
                """.formatted(escape(title), body);
    }

    private static String cardFields() {
        return """
                <label for="number">Card number</label><input id="number" name="number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" required>
                <div class="pair"><div><label for="expiry">Expiry</label><input id="expiry" name="expiry" placeholder="12 / 34" autocomplete="cc-exp"></div>
                <div><label for="cvc">CVC</label><input id="cvc" name="cvc" inputmode="numeric" placeholder="123" autocomplete="cc-csc"></div></div>
                """;
    }

    String checkout(ObjectNode session, String what, String email, String trouble) {
        String id = session.path("id").asText();
        long total = session.path("amount_total").asLong();
        boolean subscription = session.path("mode").asText().equals("subscription");
        String promotion = session.path("allow_promotion_codes").asBoolean(false) ? """
                  <form method="post" action="/c/pay/%s/code"><label for="code">Promotion code</label><input id="code" name="code">
                  <button class="plain">Apply</button></form>""".formatted(id) : "";
        return page("Checkout", """
                <section><p class="quiet">%s</p><p class="sum">%s</p><p class="quiet">%s</p>%s</section>
                <section><h2>Pay with card</h2>%s<form method="post" action="/c/pay/%s"><label for="email">E-mail</label>
                <input id="email" name="email" type="email" value="%s" autocomplete="email">%s<button class="wide">%s</button></form></section>
                <p><a href="%s">Back</a></p>
                """.formatted(
                        escape(what),
                        escape(money(total, session.path("currency").asText())),
                        subscription && total == 0
                                ? "due today; your card is charged when the free days are over"
                                : "due today",
                        promotion,
                        trouble.isEmpty() ? "" : "<p class=\"bad\" role=\"alert\">" + escape(trouble) + "</p>",
                        id,
                        escape(email),
                        cardFields(),
                        subscription ? (total == 0 ? "Start trial" : "Subscribe") : "Pay",
                        escape(session.path("cancel_url").asText("/"))));
    }

    String step(String action, Card card, String email) {
        return page("Your bank", """
                <section><h1>Is it you?</h1><p>Your bank wants to be sure before it lets the card ending in %s be used.</p>
                <form method="post" action="%s"><input type="hidden" name="number" value="%s"><input type="hidden" name="email" value="%s">
                <button name="step" value="done">Complete</button> <button class="plain" name="step" value="failed">Fail</button></form></section>
                """.formatted(card.last4(), escape(action), card.number(), escape(email)));
    }

    String message(String title, String text) {
        return page(title, "<section><h1>" + escape(title) + "</h1><p>" + escape(text) + "</p></section>");
    }

    String portal(ObjectNode session, ObjectNode customer, String trouble) {
        String id = session.path("id").asText();
        String customerId = customer.path("id").asText();
        var body = new StringBuilder("<section><h1>Billing</h1><p class=\"quiet\">%s</p>%s"
                .formatted(
                        escape(customer.path("email").asText("")),
                        trouble.isEmpty() ? "" : "<p class=\"bad\" role=\"alert\">" + escape(trouble) + "</p>"));
        for (ObjectNode subscription :
                account.books.of("subscription", "customer", customerId).reversed()) {
            boolean over = Invoicing.is(subscription, "canceled");
            boolean ending = subscription.path("cancel_at_period_end").asBoolean();
            body.append("<div class=\"row\"><span>%s a %s, %s</span>"
                    .formatted(
                            escape(money(
                                    Subscriptions.item(subscription)
                                            .at("/price/unit_amount")
                                            .asLong(),
                                    subscription.path("currency").asText())),
                            escape(Subscriptions.item(subscription)
                                    .at("/price/recurring/interval")
                                    .asText()),
                            over
                                    ? "ended"
                                    : ending
                                            ? "ends on " + day(Subscriptions.periodEnd(subscription))
                                            : escape(subscription
                                                            .path("status")
                                                            .asText()
                                                            .replace('_', ' ')) + ", until "
                                                    + day(Subscriptions.periodEnd(subscription))));
            if (!over)
                body.append(
                        "<form method=\"post\" action=\"/p/session/%s/%s\"><input type=\"hidden\" name=\"subscription\" value=\"%s\"><button class=\"plain\">%s</button></form>"
                                .formatted(
                                        id,
                                        ending ? "renew" : "cancel",
                                        subscription.path("id").asText(),
                                        ending ? "Don't cancel" : "Cancel subscription"));
            body.append("</div>");
        }
        body.append("</section><section><h2>Card</h2>");
        String kept = Json.text(customer, "/invoice_settings/default_payment_method");
        List<ObjectNode> running = account.books.of("subscription", "customer", customerId);
        if (kept.isEmpty() && !running.isEmpty())
            kept = running.getLast().path("default_payment_method").asText("");
        body.append(account.books
                .find("payment_method", kept)
                .map(card -> "<p>%s ending in %s</p>"
                        .formatted(
                                card.at("/card/brand").asText(),
                                card.at("/card/last4").asText()))
                .orElse("<p>None yet.</p>"));
        body.append(
                "<form method=\"post\" action=\"/p/session/%s/card\">%s<button>Save this card</button></form></section>"
                        .formatted(id, cardFields()));
        body.append("<section><h2>Invoices</h2>");
        for (ObjectNode invoice :
                account.books.of("invoice", "customer", customerId).reversed()) {
            body.append("<div class=\"row\"><span>%s, %s, %s</span>"
                    .formatted(
                            day(invoice.path("created").asLong()),
                            escape(money(
                                    invoice.path("total").asLong(),
                                    invoice.path("currency").asText())),
                            invoice.path("status").asText()));
            if (Invoicing.is(invoice, "open"))
                body.append(
                        "<form method=\"post\" action=\"/p/session/%s/pay\"><input type=\"hidden\" name=\"invoice\" value=\"%s\"><button>Pay</button></form>"
                                .formatted(id, invoice.path("id").asText()));
            body.append("</div>");
        }
        body.append("</section>");
        String back = session.path("return_url").asText("");
        if (!back.isEmpty()) body.append("<p><a href=\"%s\">Return</a></p>".formatted(escape(back)));
        return page("Billing", body.toString());
    }

    String overview() {
        var rows = new StringBuilder();
        for (String kind : List.of("customer", "subscription", "invoice", "charge", "refund", "dispute", "event"))
            rows.append("<tr><td>%ss</td><td>%d</td></tr>"
                    .formatted(kind, account.books.all(kind).size()));
        String clock = account.clocks.stands()
                ? """
                  <form method="post" action="/clock"><button name="days" value="1">A day on</button> <button name="days" value="7">A week on</button>
                  <button name="days" value="30">30 days on</button></form>"""
                : "<p class=\"quiet\">It runs with this machine's clock; start with --clock to move it by hand.</p>";
        return page("Local Stripe", """
                <section><h1>Local Stripe</h1><p>It is %s, %s UTC here.</p>%s</section><section><h2>This account</h2><table>%s</table></section>
                <section><h2>Test cards</h2><table>%s</table></section>
                """.formatted(
                        day(account.clocks.now()),
                        Instant.ofEpochSecond(account.clocks.now()).toString().substring(11, 16),
                        clock,
                        rows,
                        String.join(
                                "",
                                java.util.Arrays.stream(Card.values())
                                        .map(card -> "<tr><td><code>%s</code></td><td>%s</td></tr>"
                                                .formatted(
                                                        card.number(),
                                                        card.name()
                                                                .toLowerCase(Locale.ROOT)
                                                                .replace('_', ' ')))
                                        .toList())));
    }
}
