package press.masthead.business;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.stripe.StripeRoll;

/**
 * Looks each night whether ledger, invoices, memberships, access and Stripe agree, names each difference and writes to the owners
 * where there is one. Changes nothing.
 */
public final class CheckBooks implements Runnable {
    private static final LocalTime AT = LocalTime.of(3, 0);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Checks checks;
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;
    private final Optional<CheckStripe> stripe;

    /** @param stripe where the newsroom takes cards */
    public CheckBooks(
            Jdbi jdbi,
            Clock clock,
            Outbox outbox,
            Html html,
            Supplier<Letterhead> letterhead,
            Optional<StripeRoll> stripe) {
        this.stripe = stripe.map(CheckStripe::new);
        this.jdbi = jdbi;
        this.clock = clock;
        this.checks = new Checks(jdbi);
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    /** Once each night, after three o'clock; for the timetable. */
    @Override
    public void run() {
        ZonedDateTime now = clock.instant().atZone(letterhead.get().zone());
        ZonedDateTime due = now.with(AT);
        if (!now.isBefore(due) && checks.isDue(due.toInstant())) now(Optional.empty());
    }

    /** Now. Returns one line for each difference; none where all agree. */
    public List<String> lines() {
        return now(Optional.empty()).stream()
                .map(one -> one.kind().title + ": " + one.about()
                        + (one.membershipId() > 0 ? ", membership " + one.membershipId() : "") + ". "
                        + one.kind().remedy)
                .toList();
    }

    /** @param by who of the staff asked for it; the timetable where nobody did, which writes to the owners */
    List<Difference> now(Optional<Long> by) {
        Optional<CheckStripe.Heard> heard = stripe.map(CheckStripe::ask);
        List<Difference> found = jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            Instant now = clock.instant();
            var all = new ArrayList<>(checks.differences(handle, now));
            stripe.ifPresent(asked -> heard.ifPresent(said -> all.addAll(asked.differences(handle, said, now))));
            return all;
        });
        jdbi.useTransaction(handle -> {
            long run = checks.begin(handle, clock.instant(), by);
            checks.finish(handle, run, found, clock.instant());
            if (found.stream().anyMatch(one -> one.kind().isSummed())) Movements.askAnew(handle);
            if (by.isEmpty() && !found.isEmpty())
                for (Checks.Owner owner : checks.owners(handle)) outbox.put(handle, letter(owner, found));
        });
        return found;
    }

    private Outbox.Note letter(Checks.Owner owner, List<Difference> found) {
        var lines = new ArrayList<String>();
        lines.add(
                found.size() == 1
                        ? "The nightly check of the books found one difference:"
                        : "The nightly check of the books found " + found.size() + " differences:");
        found.stream()
                .collect(Collectors.groupingBy(Difference::kind, java.util.TreeMap::new, Collectors.counting()))
                .forEach((kind, count) -> lines.add(kind.title + " (" + count + ")."));
        lines.add("The page names each one with what to do about it.");
        Letterhead from = letterhead.get();
        return new Letter(
                        "The books of " + from.name() + " do not agree",
                        "Something to look at",
                        lines,
                        "Look at the differences",
                        from.at("/desk/business/check"),
                        List.of("You get this letter because you own " + from.name() + "."))
                .to(owner.email(), owner.name(), from, html);
    }
}
