package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An error as Stripe answers it (docs.stripe.com/api/errors). */
final class Refusal extends RuntimeException {
    private final int status;
    private final ObjectNode error;

    private Refusal(int status, ObjectNode error) {
        super(error.path("message").asText(), null, false, false);
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        return Json.of("error", error);
    }

    static Refusal invalid(String message, @Nullable String param, @Nullable String code) {
        return new Refusal(400, error("invalid_request_error", code, message, param));
    }

    static Refusal missing(String kind, String id) {
        return new Refusal(
                404, error("invalid_request_error", "resource_missing", "No such " + kind + ": '" + id + "'", "id"));
    }

    static Refusal unknownPath(String method, String path) {
        return new Refusal(
                404,
                error("invalid_request_error", null, "Unrecognized request URL (" + method + ": " + path + ").", null));
    }

    static Refusal noKey() {
        return new Refusal(
                401,
                error(
                        "invalid_request_error",
                        null,
                        "You did not provide an API key. You need to provide your API key in the Authorization header.",
                        null));
    }

    static Refusal keyUsedOtherwise() {
        return new Refusal(
                400,
                error(
                        "idempotency_error",
                        null,
                        "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                        null));
    }

    /** A card that said no: 402 with the bank's word. */
    static Refusal card(Verdict.Declined declined, ObjectNode intent) {
        ObjectNode error = error("card_error", declined.code(), declined.message(), null);
        if (!declined.declineCode().isEmpty()) error.put("decline_code", declined.declineCode());
        error.set("payment_intent", intent);
        return new Refusal(402, error);
    }

    private static ObjectNode error(String type, @Nullable String code, String message, @Nullable String param) {
        ObjectNode error = Json.of("type", type, "message", message);
        if (code != null) {
            error.put("code", code);
            error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        if (param != null) error.put("param", param);
        return error;
    }
}
