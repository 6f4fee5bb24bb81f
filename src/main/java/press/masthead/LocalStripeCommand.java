package press.masthead;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import press.masthead.localstripe.Chaos;
import press.masthead.localstripe.LocalStripe;

/** A Stripe of one's own on loopback: memberships by card with no account and no money. */
@Command(
        name = "local-stripe",
        description =
                "Run a local Stripe for development: its API, its pages, signed webhooks, a clock that can be moved.",
        mixinStandardHelpOptions = true)
final class LocalStripeCommand implements Callable<Integer> {
    @Option(names = "--port", defaultValue = "12111", description = "port on loopback, 0 for a free one (12111)")
    private int port;

    @Option(
            names = "--clock",
            paramLabel = "TIME",
            description = "stand at this time until moved, such as 2026-11-23T08:00:00Z")
    private String clock = "";

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = "where to send what happens, such as http://localhost:8080/stripe/webhook")
    private String webhook = "";

    @Option(
            names = "--secret",
            defaultValue = "whsec_local",
            description = "what webhooks are signed with (whsec_local)")
    private String secret = "";

    @Option(
            names = "--chaos",
            paramLabel = "SEED",
            description = "lose, double and delay webhooks, decline cards, by this seed")
    private String chaos = "";

    @Option(
            names = "--after-retries",
            defaultValue = "CANCEL",
            description = "what becomes of a subscription that can't be charged: ${COMPLETION-CANDIDATES} (CANCEL)")
    private LocalStripe.AfterRetries afterRetries = LocalStripe.AfterRetries.CANCEL;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var options = LocalStripe.Options.usual().port(port).then(afterRetries);
        try {
            if (!clock.isEmpty()) options = options.standingAt(Instant.parse(clock));
            if (!chaos.isEmpty()) options = options.with(Chaos.all(Long.parseLong(chaos)));
        } catch (DateTimeParseException e) {
            System.err.println("--clock should look like 2026-11-23T08:00:00Z, but is \"" + clock + "\".");
            return 2;
        } catch (NumberFormatException e) {
            System.err.println("--chaos should be a whole number, but is \"" + chaos + "\".");
            return 2;
        }
        LocalStripe stripe = LocalStripe.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(stripe::close, "shutdown"));
        if (!webhook.isEmpty()) stripe.webhook(webhook, secret);
        System.out.println();
        System.out.println("  The local Stripe  " + stripe.url() + "/");
        System.out.println("  Start the newsroom with");
        System.out.println("    STRIPE_API_BASE=" + stripe.url());
        System.out.println("    STRIPE_SECRET_KEY=sk_test_local");
        System.out.println("    STRIPE_WEBHOOK_SECRET=" + secret);
        System.out.println();
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }
}
