package press.masthead.archive;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Standing;

/** Who may ask the archive, and how much in a month. */
final class AskRules {
    private final Jdbi jdbi;
    private final Supplier<ZoneId> zone;
    private final Clock clock;

    /** @param zone in which a month begins */
    AskRules(Jdbi jdbi, Supplier<ZoneId> zone, Clock clock) {
        this.jdbi = jdbi;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * What the newsroom decided.
     *
     * @param plans whose members may ask; none: every member
     * @param aMonth questions for each member
     * @param tokensMonth of a large model for each member; afterwards answers are quoted
     */
    record Settings(List<String> plans, int aMonth, long tokensMonth) {}

    Settings settings() {
        return jdbi.withHandle(handle -> handle.createQuery("select plans, a_month, tokens_month from archive_setting")
                .mapTo(Settings.class)
                .one());
    }

    void change(Settings settings) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update archive_setting set plans = :plans, a_month = :a_month, tokens_month = :tokens")
                .bindArray("plans", String.class, settings.plans())
                .bind("a_month", settings.aMonth())
                .bind("tokens", settings.tokensMonth())
                .execute());
    }

    Answer ask(Standing standing) {
        var plans = settings().plans();
        var rule =
                new Rule(plans.isEmpty() ? Audience.MEMBER : Audience.PLAN, Set.copyOf(plans), FreeTime.NEVER, false);
        return Paywall.ask(standing, rule, clock.instant(), Meter.OFF, Gift.NONE);
    }

    LocalDate month() {
        return LocalDate.ofInstant(clock.instant(), zone.get()).withDayOfMonth(1);
    }

    record Use(int asked, long tokens) {}

    /** Of this month. */
    Use use(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select asked, tokens from archive_use where reader_id = :reader and month = :month")
                .bind("reader", reader)
                .bind("month", month())
                .mapTo(Use.class)
                .findOne()
                .orElse(new Use(0, 0)));
    }

    /** Counts one more question; none when the month's are used up. */
    Optional<Use> spend(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into archive_use (reader_id, month, asked) values (:reader, :month, 1)
                        on conflict (reader_id, month) do update set asked = archive_use.asked + 1
                        where archive_use.asked < (select a_month from archive_setting)
                        returning asked, tokens
                        """)
                .bind("reader", reader)
                .bind("month", month())
                .mapTo(Use.class)
                .findOne());
    }

    void spendTokens(long reader, long tokens) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into archive_use (reader_id, month, tokens) values (:reader, :month, :tokens)
                        on conflict (reader_id, month) do update set tokens = archive_use.tokens + excluded.tokens
                        """)
                .bind("reader", reader)
                .bind("month", month())
                .bind("tokens", tokens)
                .execute());
    }

    /** Forgets counts of more than a year ago; for the timetable. */
    void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from archive_use where month < :before")
                .bind("before", month().minusYears(1))
                .execute());
    }
}
