package press.masthead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import press.masthead.bench.BillingBench;
import press.masthead.bench.MovedClock;
import press.masthead.billing.StripeEvents;
import press.masthead.localstripe.Chaos;
import press.masthead.localstripe.LocalStripe;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.EmbeddedPostgres;

/** Years of memberships by card on a Stripe in disorder, each seed on a database of its own. */
final class BillingYears {
    private static final int POOL = 16;
    private static final int AT_ONCE = 2;

    private BillingYears() {}

    /**
     * Lives through all seeds, two at a time, and prints; the last line is for machines.
     *
     * @return 0 when everything agrees
     */
    static int run(Path parent, Bench.Asked asked) throws IOException, InterruptedException {
        var sum = new Sum();
        long began = System.nanoTime();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        try (ExecutorService two = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int number = 1; number <= asked.seeds(); number++) {
                int seed = number;
                two.execute(() -> {
                    try {
                        sum.add(seed, aSeed(parent, asked, seed), began);
                    } catch (IOException | InterruptedException | RuntimeException failure) {
                        failures.add(failure);
                    }
                });
            }
        }
        failures.forEach(failure -> System.out.println("a seed broke off: " + failure));
        System.out.printf(
                Locale.ROOT,
                "billing ratio=%.6f ours=%d limit=%d unit=members_and_cents_that_agree members=%d seeds=%d seconds=%d%n",
                (double) (sum.agreeing + sum.centsAgreeing) / Math.max(1, sum.members + sum.cents),
                sum.agreeing + sum.centsAgreeing,
                sum.members + sum.cents,
                sum.members,
                asked.seeds(),
                (System.nanoTime() - began) / 1_000_000_000);
        return failures.isEmpty() && sum.agreeing == sum.members && sum.centsAgreeing == sum.cents ? 0 : 1;
    }

    private static final class Sum {
        private long members;
        private long agreeing;
        private long cents;
        private long centsAgreeing;

        synchronized void add(int seed, BillingBench.Result result, long began) {
            members += result.members();
            agreeing += result.agreeing();
            cents += result.cents();
            centsAgreeing += result.centsAgreeing();
            System.out.printf(
                    Locale.ROOT,
                    "seed %d: %d of %d members agree, %d of %d cents, %d s so far%n",
                    seed,
                    result.agreeing(),
                    result.members(),
                    result.centsAgreeing(),
                    result.cents(),
                    (System.nanoTime() - began) / 1_000_000_000);
            result.differences().forEach(line -> System.out.println("  " + line));
        }
    }

    private static BillingBench.Result aSeed(Path parent, Bench.Asked asked, int seed)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectory(parent.resolve("seed-" + seed));
        try (var postgres = start(folder.resolve("postgres"))) {
            int subscriptions = Math.max(1, asked.subscriptions() / asked.seeds());
            return aYear(postgres.url(), folder, subscriptions, seed, asked.days());
        } finally {
            Running.remove(folder);
        }
    }

    /** One after the other: the first unpacks what both run on. */
    private static synchronized EmbeddedPostgres start(Path folder) throws IOException, InterruptedException {
        return EmbeddedPostgres.start(folder);
    }

    /** One seed's year, on a database that is empty. */
    static BillingBench.Result aYear(DatabaseUrl url, Path folder, int subscriptions, long seed, int days)
            throws IOException, InterruptedException {
        var clock = new MovedClock(Instant.parse("2026-01-05T08:00:00Z"));
        String secret = "whsec_bench";
        try (var stripe = LocalStripe.start(
                        LocalStripe.Options.usual().standingAt(clock.instant()).with(Chaos.all(seed)));
                var database = Database.open(url, POOL)) {
            database.migrate();
            Config config = Config.read(Map.of(
                    "MASTHEAD_PORT",
                    "0",
                    "MASTHEAD_DATA",
                    folder.toString(),
                    "MASTHEAD_SAMPLE",
                    "no",
                    "STRIPE_SECRET_KEY",
                    "sk_test_bench",
                    "STRIPE_API_BASE",
                    stripe.url(),
                    "STRIPE_WEBHOOK_SECRET",
                    secret));
            try (var newsroom = new Newsroom(config, database, clock);
                    var server = newsroom.serve()) {
                newsroom.addMonthlyPrice();
                // As docs/payments.md has an operator set it up: what is not listened to is not sent.
                stripe.webhook("http://127.0.0.1:" + server.port() + "/stripe/webhook", secret, StripeEvents.kinds());
                return new BillingBench(newsroom.billingRoom(stripe, clock), seed).run(subscriptions, days);
            }
        }
    }
}
