package press.masthead.plans;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.readers.Reader;

/** Begins a reader's free days: no card, paid by invoice afterwards, confirmed by a letter. */
public final class StartTrial {
    private final Jdbi jdbi;
    private final Plans plans;
    private final Memberships memberships;
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;

    public StartTrial(
            Jdbi jdbi,
            Plans plans,
            Memberships memberships,
            Outbox outbox,
            Html html,
            Supplier<Letterhead> letterhead) {
        this.jdbi = jdbi;
        this.plans = plans;
        this.memberships = memberships;
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    /** Returns until when the trial runs; empty when this person has had theirs. */
    public Optional<Instant> run(Reader reader) {
        Plan plan = plans.offered();
        Letterhead from = letterhead.get();
        return jdbi.inTransaction(handle -> {
            Optional<Instant> end = memberships.beginTrial(handle, reader.id(), plan);
            end.ifPresent(until ->
                    outbox.put(handle, letter(from, plan, until).to(reader.email(), reader.name(), from, html)));
            return end;
        });
    }

    private static Letter letter(Letterhead from, Plan plan, Instant until) {
        return new Letter(
                "Your free days of " + from.name() + " " + plan.name() + " have begun",
                "Welcome to " + from.name() + " " + plan.name(),
                List.of(
                        "You can read everything until " + from.moment(until) + ", free.",
                        "After that your membership runs on at " + plan.price()
                                + ", by invoice, payable within 14 days. We remind you two days before."
                                + " You can cancel any time, by yourself, in your account."),
                "Open your account",
                from.at("/account/"),
                List.of("You get this letter because you started a trial with this address."));
    }
}
