package press.masthead.models;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What a large model costs in a month (of UTC), and the newsroom's limit; what it may cost at worst is taken before it is asked. */
public final class Spending {
    private static final int FAILURES_KEPT = 50;

    private final Jdbi jdbi;
    private final Clock clock;

    public Spending(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @param cost billionths of a US dollar */
    public record Month(LocalDate month, long asked, long failed, long tokensIn, long tokensOut, long cost) {}

    public record Failure(Instant at, String why) {}

    private LocalDate month() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).withDayOfMonth(1);
    }

    /** Whole US dollars a month. */
    public int limit() {
        return jdbi.withHandle(handle -> handle.createQuery("select limit_usd from model_limit")
                .mapTo(Integer.class)
                .one());
    }

    public void limit(int dollars) {
        jdbi.useHandle(handle -> handle.execute("update model_limit set limit_usd = ?", dollars));
    }

    /**
     * What was taken for one question.
     *
     * @param month of which it was taken, also where the answer comes in the next
     * @param cost billionths of a US dollar
     */
    public record Taken(LocalDate month, long cost) {}

    /** Takes what asking may cost at worst; none where that would go past the limit. */
    public Optional<Taken> take(long worst) {
        var taken = new Taken(month(), worst);
        int done = jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into model_month (month, asked, cost)
                        select :month, 1, :worst from model_limit where :worst <= limit_usd * 1000000000::bigint
                        on conflict (month) do update set asked = model_month.asked + 1, cost = model_month.cost + excluded.cost
                        where model_month.cost + excluded.cost <= (select limit_usd * 1000000000::bigint from model_limit)
                        """)
                .bind("month", taken.month())
                .bind("worst", worst)
                .execute());
        return done > 0 ? Optional.of(taken) : Optional.empty();
    }

    /** Puts what it did cost in the place of what was taken. */
    public void settle(Taken taken, long cost, long tokensIn, long tokensOut) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update model_month set cost = greatest(0, cost + :difference), tokens_in = tokens_in + :in, tokens_out = tokens_out + :out
                        where month = :month
                        """)
                .bind("difference", cost - taken.cost())
                .bind("in", tokensIn)
                .bind("out", tokensOut)
                .bind("month", taken.month())
                .execute());
    }

    /** Notes that nothing usable came; the newest fifty are kept. */
    public void failed(String why) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("update model_month set failed = failed + 1 where month = :month")
                    .bind("month", month())
                    .execute();
            handle.createUpdate("insert into model_failure (at, why) values (:now, :why)")
                    .bind("now", clock.instant())
                    .bind("why", why)
                    .execute();
            handle.execute(
                    "delete from model_failure where id <= (select max(id) from model_failure) - ?", FAILURES_KEPT);
        });
    }

    /** The last months, the newest first. */
    public List<Month> months(int most) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select month, asked, failed, tokens_in, tokens_out, cost from model_month order by month desc limit :most
                        """).bind("most", most).mapTo(Month.class).list());
    }

    public List<Failure> failures(int most) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select at, why from model_failure order by id desc limit :most")
                        .bind("most", most)
                        .mapTo(Failure.class)
                        .list());
    }
}
