package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Plans;

/** What changes of plan were shown to cost; each good for fifteen minutes. */
public final class Quotes {
    private static final Duration GOOD_FOR = Duration.ofMinutes(15);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Plans plans;
    private final Memberships memberships;

    public Quotes(Jdbi jdbi, Clock clock, Plans plans, Memberships memberships) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.plans = plans;
        this.memberships = memberships;
    }

    private record Row(
            long id,
            long membershipId,
            long fromPrice,
            long toPrice,
            Instant runningUntil,
            long credit,
            long charge,
            long next,
            Instant at,
            Instant until,
            String reference,
            Instant quotedAt) {}

    /** Keeps it, so that it can be carried out as it was shown. */
    Quote keep(Quote quote) {
        Membership was = quote.membership();
        long id = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into change_quote (membership_id, from_price, to_price, running_until, credit, charge, next, at,
                                                  until, reference, quoted_at, before_from, before_value, before_anchor)
                        values (:membership, :from, :to, :runningUntil, :credit, :charge, :next, :at, :until, :reference,
                                :quotedAt, :beforeFrom, :beforeValue, :beforeAnchor)
                        returning id
                        """)
                .bind("membership", was.id())
                .bind("from", was.price().id())
                .bind("to", quote.to().id())
                .bindMethods(quote)
                .bind("beforeFrom", was.periodFrom())
                .bind("beforeValue", was.periodValue())
                .bind("beforeAnchor", was.anchoredAt())
                .mapTo(Long.class)
                .one());
        return quote.kept(id);
    }

    /** One that this reader was shown, is still good, was not used, and still fits where they stand. */
    Optional<Quote> find(long reader, long id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select q.* from change_quote q join membership m on m.id = q.membership_id
                        where q.id = :id and m.reader_id = :reader and q.used_at is null and q.quoted_at > :oldest
                        """)
                .bind("id", id)
                .bind("reader", reader)
                .bind("oldest", clock.instant().minus(GOOD_FOR))
                .mapTo(Row.class)
                .findOne()
                .flatMap(row -> quote(handle, row)));
    }

    private Optional<Quote> quote(Handle handle, Row row) {
        return memberships
                .byId(handle, row.membershipId())
                .map(membership -> new Quote(
                        row.id(),
                        membership,
                        plans.price(handle, row.toPrice()),
                        row.runningUntil(),
                        row.credit(),
                        row.charge(),
                        row.at(),
                        row.until(),
                        row.next(),
                        row.reference(),
                        row.quotedAt()))
                .filter(quote -> row.fromPrice() == quote.from().id() && quote.fits(Optional.of(quote.membership())));
    }

    /** Marks it as used; false when it was used before. */
    boolean use(long id) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "update change_quote set used_at = :now where id = :id and used_at is null")
                        .bind("now", clock.instant())
                        .bind("id", id)
                        .execute())
                == 1;
    }

    private record Before(
            long fromPrice,
            Instant runningUntil,
            Instant beforeFrom,
            long beforeValue,
            Optional<Instant> beforeAnchor) {}

    /** Puts a membership back to where it stood before a change that was never paid for; what it had paid for runs on. */
    void takeBack(Handle handle, long quote, long membership) {
        Before before = handle.createQuery("select * from change_quote where id = :id")
                .bind("id", quote)
                .mapTo(Before.class)
                .one();
        memberships.take(
                handle,
                membership,
                plans.price(handle, before.fromPrice()),
                before.beforeAnchor().orElse(before.runningUntil()));
        memberships.period(handle, membership, before.beforeFrom(), before.runningUntil(), before.beforeValue());
    }

    /** Forgets those that nobody took; for the timetable. */
    public void forgetOld() {
        jdbi.useHandle(
                handle -> handle.createUpdate("delete from change_quote where used_at is null and quoted_at < :before")
                        .bind("before", clock.instant().minus(Duration.ofDays(1)))
                        .execute());
    }
}
