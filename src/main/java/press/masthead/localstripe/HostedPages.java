package press.masthead.localstripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** What people do on the pages that Stripe would host. */
final class HostedPages {
    private final Account account;
    private final Endpoints.Parts parts;
    private final Hosted hosted;

    HostedPages(Account account, Endpoints.Parts parts, Hosted hosted) {
        this.account = account;
        this.parts = parts;
        this.hosted = hosted;
    }

    /** @param location where to go on, or empty */
    record Page(int status, String html, String location) {
        static Page of(String html) {
            return new Page(200, html, "");
        }

        static Page to(String location) {
            return new Page(303, "", location);
        }
    }

    Page answer(String method, String path, String body) {
        Ask ask = new Ask(method, path, "", Ask.parse(body));
        String[] steps = path.substring(1).split("/");
        boolean post = method.equals("POST");
        try {
            return switch (steps[0]) {
                case "" -> Page.of(hosted.overview());
                case "favicon.ico" -> new Page(204, "", "");
                case "clock" -> post ? clock(ask) : Page.to("/");
                case "c" -> steps.length < 3 ? nothing() : checkout(steps[2], steps.length > 3, post, ask);
                case "p" ->
                    steps.length < 3 ? nothing() : portal(steps[2], post && steps.length > 3 ? steps[3] : "", ask);
                case "i" -> steps.length < 2 ? nothing() : invoice(steps[1]);
                default -> nothing();
            };
        } catch (Refusal refusal) {
            return new Page(
                    refusal.status(), hosted.message("That did not work", String.valueOf(refusal.getMessage())), "");
        }
    }

    private Page nothing() {
        return new Page(404, hosted.message("Nothing here", "This local Stripe has no such page."), "");
    }

    private Page clock(Ask ask) {
        long days = ask.number("days").orElse(0L);
        if (account.clocks.stands() && days > 0 && days < 400)
            account.clocks.advance(
                    Clocks.ACCOUNT, account.clocks.now() + Duration.ofDays(days).toSeconds());
        return Page.to("/");
    }

    private Page checkout(String id, boolean code, boolean post, Ask ask) {
        ObjectNode session = account.books.get("checkout.session", id);
        if (Invoicing.is(session, "complete"))
            return Page.of(hosted.message("You're all done here", "You have already completed this checkout."));
        if (Invoicing.is(session, "expired"))
            return Page.of(hosted.message("This page has timed out", "Your checkout session has expired."));
        String email = account.books
                .find("customer", session.path("customer").asText(""))
                .map(customer -> customer.path("email").asText(""))
                .orElse(ask.text("email"));
        if (!post) return Page.of(hosted.checkout(session, what(session) + onTop(session), email, ""));
        if (code) {
            String trouble = parts.checkout().promotion(session, ask.text("code"));
            return Page.of(hosted.checkout(session, what(session), email, trouble));
        }
        Optional<Card> card = Card.of(ask.text("number"));
        if (card.isEmpty())
            return Page.of(hosted.checkout(session, what(session), email, "Your card number is invalid."));
        Verdict verdict = parts.checkout().verdict(session, card.get());
        if (verdict instanceof Verdict.NeedsStep) {
            if (ask.text("step").isEmpty()) return Page.of(hosted.step("/c/pay/" + id, card.get(), email));
            verdict = ask.text("step").equals("done")
                    ? new Verdict.Approved()
                    : new Verdict.Declined(
                            "payment_intent_authentication_failure",
                            "",
                            "We are unable to authenticate your payment method. Please choose a different payment method and try again.");
        }
        if (verdict instanceof Verdict.Declined declined)
            return Page.of(hosted.checkout(session, what(session), email, declined.message()));
        parts.checkout().complete(session, card.get(), email, verdict);
        return Page.to(session.path("success_url").asText().replace("{CHECKOUT_SESSION_ID}", id));
    }

    /** Tax that the price does not contain, as Stripe's page lists it. */
    private String onTop(ObjectNode session) {
        var words = new StringBuilder();
        for (JsonNode rate : parts.checkout().rates(parts.checkout().asked(session)))
            if (!rate.path("inclusive").asBoolean())
                words.append(", plus ")
                        .append(new BigDecimal(rate.path("percentage").asText())
                                .stripTrailingZeros()
                                .toPlainString())
                        .append("% ")
                        .append(rate.path("display_name").asText());
        return words.toString();
    }

    private String what(ObjectNode session) {
        ObjectNode line = parts.checkout().asked(session).each("line_items").getFirst();
        String named = line.at("/price_data/product_data/name").asText("");
        if (!named.isEmpty()) return named;
        return account.books
                .find("price", line.path("price").asText(""))
                .flatMap(price ->
                        account.books.find("product", price.path("product").asText()))
                .map(product -> product.path("name").asText())
                .orElse("");
    }

    private Page portal(String id, String action, Ask ask) {
        ObjectNode session = account.books.get("billing_portal.session", id);
        ObjectNode customer =
                account.books.get("customer", session.path("customer").asText());
        String trouble = "";
        try {
            switch (action) {
                case "card" -> {
                    Optional<Card> card = Card.of(ask.text("number"));
                    if (card.isEmpty()) trouble = "Your card number is invalid.";
                    else if (card.get().kept() instanceof Verdict.NeedsStep
                            && ask.text("step").isEmpty())
                        return Page.of(hosted.step("/p/session/" + id + "/card", card.get(), ""));
                    else if (ask.text("step").equals("failed")) trouble = "We are unable to authenticate your card.";
                    else parts.portal().changeCard(customer, card.get());
                }
                case "cancel", "renew" ->
                    parts.portal()
                            .cancel(own("subscription", ask.text("subscription"), customer), action.equals("cancel"));
                case "pay" ->
                    parts.portal()
                            .pay(own("invoice", ask.text("invoice"), customer)
                                    .path("id")
                                    .asText());
                default -> {}
            }
        } catch (Refusal refusal) {
            trouble = String.valueOf(refusal.getMessage());
        }
        if (!action.isEmpty() && trouble.isEmpty()) return Page.to("/p/session/" + id);
        return Page.of(hosted.portal(session, customer, trouble));
    }

    private ObjectNode own(String kind, String id, ObjectNode customer) {
        ObjectNode object = account.books.get(kind, id);
        if (!object.path("customer").asText().equals(customer.path("id").asText())) throw Refusal.missing(kind, id);
        return object;
    }

    private Page invoice(String id) {
        ObjectNode invoice = account.books.get("invoice", id);
        return Page.of(hosted.message(
                "Invoice " + invoice.path("number").asText(""),
                Hosted.money(
                                invoice.path("total").asLong(),
                                invoice.path("currency").asText()) + ", "
                        + invoice.path("status").asText()));
    }
}
