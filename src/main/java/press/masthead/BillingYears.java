package press.masthead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import press.masthead.bench.BillingBench;
import press.masthead.bench.MovedClock;
import press.masthead.localstripe.Chaos;
import press.masthead.localstripe.LocalStripe;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.EmbeddedPostgres;

/** Years of memberships by card on a Stripe in disorder, each seed on a database of its own. */
final class BillingYears {
    private static final int POOL = 16;

    private BillingYears() {}

    /**
     * Lives through all seeds, one after the other, and prints; the last line is for machines.
     *
     * @return 0 when everything agrees
     */
    static int run(Path parent, Bench.Asked asked) throws IOException, InterruptedException {
        long members = 0;
        long agreeing = 0;
        long cents = 0;
        long centsAgreeing = 0;
        long began = System.nanoTime();
        for (int seed = 1; seed <= asked.seeds(); seed++) {
            Path folder = Files.createDirectory(parent.resolve("seed-" + seed));
            try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"))) {
                int subscriptions = Math.max(1, asked.subscriptions() / asked.seeds());
                var result = aYear(postgres.url(), folder, subscriptions, seed, asked.days());
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
            } finally {
                Running.remove(folder);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "billing ratio=%.6f ours=%d limit=%d unit=members_and_cents_that_agree members=%d seeds=%d seconds=%d%n",
                (double) (agreeing + centsAgreeing) / Math.max(1, members + cents),
                agreeing + centsAgreeing,
                members + cents,
                members,
                asked.seeds(),
                (System.nanoTime() - began) / 1_000_000_000);
        return agreeing == members && centsAgreeing == cents ? 0 : 1;
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
                stripe.webhook("http://127.0.0.1:" + server.port() + "/stripe/webhook", secret);
                return new BillingBench(newsroom.billingRoom(stripe, clock), seed).run(subscriptions, days);
            }
        }
    }
}
