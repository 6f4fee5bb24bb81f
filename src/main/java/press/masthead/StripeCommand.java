package press.masthead;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an operator does about Stripe. */
@Command(
        name = "stripe",
        description = "Take what Stripe has not delivered.",
        mixinStandardHelpOptions = true,
        subcommands = StripeCommand.Replay.class)
final class StripeCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.err.println("There is: ./masthead stripe replay [--since TIME] [--event ID]");
        return 2;
    }

    /** Lists events from Stripe's API and takes those that never came; the running server handles them. */
    @Command(
            name = "replay",
            description = "Take the events that never came from Stripe's own list, and handle them.",
            mixinStandardHelpOptions = true)
    static final class Replay implements Callable<Integer> {
        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "from when on, such as 2026-11-23T08:00:00Z (30 days ago)")
        private String since = "";

        @Option(names = "--event", paramLabel = "ID", description = "this event alone, also when it was handled before")
        private String event = "";

        @Override
        public Integer call() {
            Instant from = Instant.EPOCH;
            try {
                if (!since.isEmpty()) from = Instant.parse(since);
            } catch (DateTimeParseException e) {
                System.err.println("--since should look like 2026-11-23T08:00:00Z, but is \"" + since + "\".");
                return 2;
            }
            return Running.replayStripe(Config.read(System.getenv()), from, event);
        }
    }
}
