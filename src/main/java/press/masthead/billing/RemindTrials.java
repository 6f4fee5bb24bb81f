package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.plans.Memberships;
import press.masthead.plans.Plan;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;

/** Tells everyone on trial, two days before it ends and once, what happens then and how to stop it. */
public final class RemindTrials implements Runnable {
    private static final Duration BEFORE = Duration.ofDays(2);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;

    public RemindTrials(
            Jdbi jdbi,
            Clock clock,
            Memberships memberships,
            Outbox outbox,
            Html html,
            Supplier<Letterhead> letterhead) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    private record Soon(
            long id,
            String email,
            String reader,
            Instant until,
            @Nested Plan plan) {}

    @Override
    public void run() {
        while (jdbi.inTransaction(this::next)) {}
    }

    private boolean next(Handle handle) {
        Optional<Soon> soon = handle.createQuery("""
                        select m.id, r.email, r.name as reader, m.until,
                               pr.id as price_id, p.name, pr.amount, pr.currency, pr.interval, pr.trial_days
                        from membership m join reader r on r.id = m.reader_id
                        join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id
                        where m.cancelled_at is null and m.reminded_at is null
                          and m.trial_ends_at >= m.until and m.until > :now and m.until <= :soon
                        order by m.until limit 1 for update of m skip locked
                        """)
                .bind("now", clock.instant())
                .bind("soon", clock.instant().plus(BEFORE))
                .mapTo(Soon.class)
                .findOne();
        soon.ifPresent(membership -> remind(handle, membership));
        return soon.isPresent();
    }

    private void remind(Handle handle, Soon soon) {
        handle.createUpdate("update membership set reminded_at = :now where id = :id")
                .bind("now", clock.instant())
                .bind("id", soon.id())
                .execute();
        memberships.note(handle, soon.id(), "reminded", "timetable");
        Letterhead from = letterhead.get();
        outbox.put(handle, letter(from, soon).to(soon.email(), soon.reader(), from, html));
    }

    private static Letter letter(Letterhead from, Soon soon) {
        return new Letter(
                "Your free days of " + from.name() + " " + soon.plan().name() + " end on " + from.day(soon.until()),
                "Your free days are nearly over",
                List.of(
                        "On " + from.moment(soon.until()) + " your membership begins: "
                                + soon.plan().price() + ", by invoice, payable within 14 days.",
                        "If you would rather not, cancel in your account before then and nothing is charged."),
                "Open your account",
                from.at("/account/"),
                List.of("You get this letter because you are on trial with this address."));
    }
}
