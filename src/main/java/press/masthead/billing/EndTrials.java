package press.masthead.billing;

import java.time.Clock;
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

/**
 * Where a trial or a paid period ends and was not cancelled, the membership runs on and an invoice goes out. Who owes an
 * invoice already gets no second one: their membership ends instead. Run twice, it comes out the same: the new end is
 * written in the transaction of the invoice.
 */
public final class EndTrials implements Runnable {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final Invoices invoices;
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;

    public EndTrials(
            Jdbi jdbi,
            Clock clock,
            Memberships memberships,
            Invoices invoices,
            Outbox outbox,
            Html html,
            Supplier<Letterhead> letterhead) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.invoices = invoices;
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    private record Due(
            long id, Instant until, boolean trial, @Nested Plan plan) {}

    @Override
    public void run() {
        while (jdbi.inTransaction(this::next)) {}
    }

    /** Takes the next that is due; another node takes another. */
    private boolean next(Handle handle) {
        Optional<Due> due = handle.createQuery("""
                        select m.id, m.until, m.trial_ends_at is not null and m.trial_ends_at >= m.until as trial,
                               pr.id as price_id, p.name, pr.amount, pr.currency, pr.interval, pr.trial_days
                        from membership m join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id
                        where m.cancelled_at is null and m.until <= :now
                          and not exists (select from invoice i where i.membership_id = m.id and i.paid_at is null)
                        order by m.until limit 1 for update of m skip locked
                        """)
                .bind("now", clock.instant())
                .mapTo(Due.class)
                .findOne();
        due.ifPresent(membership -> runOn(handle, membership));
        return due.isPresent();
    }

    private void runOn(Handle handle, Due due) {
        Letterhead from = letterhead.get();
        Instant until = due.plan().end(due.until(), from.zone());
        handle.createUpdate("update membership set until = :until where id = :id")
                .bind("until", until)
                .bind("id", due.id())
                .execute();
        Invoice invoice = invoices.issue(handle, due.id(), due.until(), until);
        memberships.note(handle, due.id(), due.trial() ? "trial_ended" : "renewed", "timetable");
        outbox.put(handle, letter(from, invoice).to(invoice.email(), invoice.name(), from, html));
    }

    private static Letter letter(Letterhead from, Invoice invoice) {
        return new Letter(
                "Invoice " + invoice.label() + " from " + from.name(),
                "Your invoice",
                List.of(
                        invoice.what() + ", " + from.day(invoice.periodFrom()) + " to "
                                + from.day(invoice.periodUntil()) + ": " + invoice.price() + ".",
                        "Please pay by " + from.day(invoice.dueAt()) + " and name " + invoice.label() + "."),
                "See the invoice",
                from.at("/account/invoices/" + invoice.number()),
                List.of("You can cancel any time in your account; you then read on to the end of what is paid."));
    }
}
