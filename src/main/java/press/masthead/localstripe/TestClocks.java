package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Time that is moved by request (docs.stripe.com/api/test_clocks). */
final class TestClocks {
    private final Account account;

    TestClocks(Account account) {
        this.account = account;
        if (account.clocks.stands()) add(Clocks.ACCOUNT, "The account's own time", account.clocks.now());
    }

    private ObjectNode add(String id, String name, long now) {
        return account.books.put(Json.of(
                "id",
                id,
                "object",
                "test_helpers.test_clock",
                "created",
                now,
                "deletes_after",
                now + 30L * 86_400,
                "frozen_time",
                now,
                "livemode",
                false,
                "name",
                Json.orNull(name),
                "status",
                "ready",
                "status_details",
                Json.of()));
    }

    ObjectNode create(Ask ask) {
        long now = ask.number("frozen_time")
                .orElseThrow(() ->
                        Refusal.invalid("Missing required param: frozen_time.", "frozen_time", "parameter_missing"));
        String id = account.books.name("clock");
        account.clocks.open(id, now);
        return add(id, ask.text("name"), now);
    }

    ObjectNode advance(Ask ask) {
        ObjectNode clock = account.books.get("test_helpers.test_clock", ask.id());
        long to = ask.number("frozen_time").orElse(0L);
        if (to <= account.clocks.now(ask.id()))
            throw Refusal.invalid("A test clock can only be moved forward.", "frozen_time", null);
        account.clocks.advance(ask.id(), to);
        clock.put("frozen_time", to);
        account.events.tell("test_helpers.test_clock.ready", clock);
        return clock;
    }
}
