package press.masthead.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Meters;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Whose;
import press.masthead.plans.Memberships;
import press.masthead.readers.Reader;

/** What deciding costs on a page, all questions to the database included, where 200,000 people have a membership. */
public final class AccessBench {
    private static final int MEMBERS = 200_000;
    private static final int WARM_UP = 5_000;
    private static final int DECISIONS = 20_000;
    private static final double LIMIT_MS = 1;

    private final Jdbi jdbi;
    private final Memberships memberships;
    private final Meters meters;

    public AccessBench(Jdbi jdbi, Memberships memberships, Meters meters) {
        this.jdbi = jdbi;
        this.memberships = memberships;
        this.meters = meters;
    }

    public void run() throws IOException {
        long first = fill();
        var rule = new Rule(Audience.PLAN, Set.of("pro"), FreeTime.NEVER, true);
        var random = new Random(1);
        decide(first, rule, random, WARM_UP);
        long[] took = decide(first, rule, random, DECISIONS);
        Arrays.sort(took);
        double median = took[took.length / 2] / 1e6;
        double p99 = took[took.length * 99 / 100] / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%d members, %d decisions one after another: median %.3f ms, 99 in 100 under %.3f ms, longest %.3f ms%n",
                MEMBERS,
                DECISIONS,
                median,
                p99,
                took[took.length - 1] / 1e6);
        System.out.printf(
                Locale.ROOT,
                "access ratio=%.2f ours=%.3f limit=%.0f unit=ms rss_mb=%d%n",
                p99 / LIMIT_MS,
                p99,
                LIMIT_MS,
                Tools.residentMegabytes());
    }

    /** Half of them members at this moment, half of them no longer. Returns the first one's number. */
    private long fill() {
        long first = jdbi.withHandle(handle -> handle.createQuery("select coalesce(max(id), 0) + 1 from reader")
                .mapTo(Long.class)
                .one());
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into reader (email, email_key, created_at, confirmed_at)
                    select 'bench' || n || '@reader.example', 'bench' || n || '@reader.example', now(), now()
                    from generate_series(1, ?) n
                    """, 2 * MEMBERS);
            handle.execute("""
                    insert into membership (reader_id, price_id, payment, started_at, until, ended_at)
                    select id, (select min(id) from price), 'complimentary', now() - interval '100 days',
                           case when id % 2 = 0 then now() + interval '100 days' else now() - interval '1 day' end,
                           case when id % 2 = 0 then null else now() - interval '1 day' end
                    from reader where id >= ?
                    """, first);
            handle.execute("""
                    insert into meter (reader_id, month, stories)
                    select id, date_trunc('month', now())::date, array[1, 2] from reader where id % 5 = 0
                    on conflict do nothing
                    """);
            handle.execute("analyze");
        });
        return first;
    }

    private long[] decide(long first, Rule rule, Random random, int times) {
        var took = new long[times];
        int open = 0;
        for (int i = 0; i < times; i++) {
            long id = first + random.nextInt(2 * MEMBERS);
            var reader = new Reader(id, "", "", "en", Optional.empty(), Optional.empty());
            long began = System.nanoTime();
            Instant now = Instant.now();
            Meter meter = meters.look(Optional.of(new Whose.OfReader(id)), "article", 1, now);
            Answer answer = Paywall.ask(memberships.of(reader), rule, now, meter, Gift.NONE);
            took[i] = System.nanoTime() - began;
            if (answer instanceof Answer.Open) open++;
        }
        if (open < times / 3 || open > times * 4 / 5)
            throw new IllegalStateException(open + " of " + times + " were let in, which can't be right");
        return took;
    }
}
