package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What has happened, kept for 30 days as Stripe does (docs.stripe.com/api/events), and told to whoever listens. */
final class Events {
    private static final long KEPT = Duration.ofDays(30).toSeconds();

    private final Account account;
    private final List<Consumer<ObjectNode>> listeners = new ArrayList<>();
    private String idempotencyKey = "";
    private long since;

    Events(Account account) {
        this.account = account;
    }

    void listen(Consumer<ObjectNode> listener) {
        listeners.add(listener);
    }

    /** Events from here on were made by the request with this key; empty: by nobody's request. */
    void by(String key) {
        idempotencyKey = key;
    }

    void tell(String type, ObjectNode about) {
        long now = account.now(about);
        ObjectNode event = Json.of(
                "id",
                account.books.name("evt"),
                "object",
                "event",
                "api_version",
                Account.API_VERSION,
                "created",
                now,
                "data",
                Json.of("object", about.deepCopy()),
                "livemode",
                false,
                "pending_webhooks",
                1,
                "request",
                Json.of("id", null, "idempotency_key", Json.orNull(idempotencyKey)),
                "type",
                type);
        account.books.put(event);
        if (++since % 500 == 0) forget(now - KEPT);
        listeners.forEach(listener -> listener.accept(event));
    }

    private void forget(long before) {
        Iterator<ObjectNode> oldest = account.books.all("event").values().iterator();
        var old = new ArrayList<ObjectNode>();
        while (oldest.hasNext()) {
            ObjectNode event = oldest.next();
            if (event.path("created").asLong() >= before) break;
            old.add(event);
        }
        old.forEach(account.books::remove);
    }

    ObjectNode list(Ask ask) {
        Set<String> types = Set.copyOf(ask.texts("types"));
        String type = ask.text("type");
        return Books.page(
                ask,
                "/v1/events",
                List.copyOf(account.books.all("event").values()),
                event -> (types.isEmpty() || types.contains(event.path("type").asText()))
                        && (type.isEmpty() || like(type, event.path("type").asText())));
    }

    /** {@code charge.*} stands for a group. */
    static boolean like(String wanted, String type) {
        return wanted.equals("*")
                || wanted.equals(type)
                || wanted.endsWith(".*") && type.startsWith(wanted.substring(0, wanted.length() - 1));
    }
}
