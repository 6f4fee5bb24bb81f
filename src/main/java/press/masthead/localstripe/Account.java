package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What all parts of one Stripe account share. */
final class Account {
    /** The version whose objects are answered; the one that the pinned SDK asks for. */
    static final String API_VERSION = "2026-05-27.dahlia";

    final Books books = new Books();
    final Clocks clocks;
    final Events events;
    final LocalStripe.Options options;

    Account(LocalStripe.Options options) {
        this.options = options;
        clocks = new Clocks(options.clock());
        events = new Events(this);
    }

    /** The time on which an object's customer lives. */
    String clockOf(ObjectNode object) {
        String customer = object.path("object").asText().equals("customer")
                ? object.path("id").asText()
                : object.path("customer").asText("");
        return books.find("customer", customer).map(Clocks::of).orElse(Clocks.ACCOUNT);
    }

    long now(ObjectNode object) {
        return clocks.now(clockOf(object));
    }
}
