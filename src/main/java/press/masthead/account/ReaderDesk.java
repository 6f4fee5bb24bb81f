package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Standing;
import press.masthead.access.Visit;
import press.masthead.billing.GiveMembership;
import press.masthead.billing.MarkPaid;
import press.masthead.books.Invoice;
import press.masthead.books.InvoicePage;
import press.masthead.books.Invoices;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.RowNumber;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** One reader as the newsroom sees them: what they may read and why, membership, invoices, letters, devices. */
public final class ReaderDesk {
    private static final int LETTERS = 100;

    private final Jdbi jdbi;
    private final Readers readers;
    private final Memberships memberships;
    private final Invoices invoices;
    private final MarkPaid markPaid;
    private final GiveMembership giveMembership;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public ReaderDesk(
            Jdbi jdbi,
            Readers readers,
            Memberships memberships,
            Invoices invoices,
            MarkPaid markPaid,
            GiveMembership giveMembership,
            Publication publication,
            Html html,
            Clock clock) {
        this.jdbi = jdbi;
        this.readers = readers;
        this.memberships = memberships;
        this.invoices = invoices;
        this.markPaid = markPaid;
        this.giveMembership = giveMembership;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /**
     * What someone of the staff had typed when it was refused.
     *
     * @param problem empty when nothing was
     */
    record Typed(String problem, String until, String why) {
        static final Typed NOTHING = new Typed("", "", "");
    }

    record Page(
            Reader staff,
            String notice,
            Typed typed,
            Reader reader,
            MemberWords state,
            String mayRead,
            List<Membership> memberships,
            List<Memberships.Event> history,
            List<Invoice> invoices,
            List<Holdings.Subscription> newsletters,
            List<Holdings.Device> devices,
            Times times) {
        boolean given() {
            return !memberships.isEmpty()
                    && memberships.getFirst().state(times.now()) == Membership.State.COMPLIMENTARY;
        }

        /** Whether a membership can be given: not to someone who pays for one. */
        boolean mayBeGiven() {
            if (memberships.isEmpty()) return true;
            return switch (memberships.getFirst().state(times.now())) {
                case ACTIVE, PAST_DUE, PAUSED -> false;
                case TRIALING, COMPLIMENTARY, CANCELLED, ENDED -> true;
            };
        }

        boolean payable(Invoice invoice) {
            return invoice.paidAt().isEmpty();
        }

        String state(Invoice invoice) {
            return InvoicePage.word(invoice.state(times.now()));
        }

        String tone(Invoice invoice) {
            return switch (invoice.state(times.now())) {
                case PAID -> "good";
                case OPEN -> "scheduled";
                case OVERDUE -> "bad";
                case VOID -> "";
            };
        }

        String happened(Memberships.Event event) {
            return MemberWords.happened(event.what());
        }

        /** Who or what did it. */
        String by(Memberships.Event event) {
            return switch (event.cause()) {
                case "reader" -> "the reader";
                case "timetable" -> "by itself";
                case "desk" -> event.by().isEmpty() ? "the newsroom" : event.by();
                default -> event.cause();
            };
        }

        String today() {
            return LocalDate.ofInstant(times.now(), times.zone()).toString();
        }
    }

    record LettersPage(Reader staff, Reader reader, List<Holdings.Letter> letters, boolean whole, Times times) {}

    /** GET /desk/readers/{id} */
    public void one(Context ctx) {
        show(ctx, Visit.staff(ctx), reader(ctx), Typed.NOTHING);
    }

    private void show(Context ctx, Reader staff, Reader reader, Typed typed) {
        List<Membership> stays = memberships.all(reader.id());
        Instant now = clock.instant();
        html.page(
                ctx,
                "account/reader",
                new Page(
                        staff,
                        Flash.take(ctx),
                        typed,
                        reader,
                        MemberWords.of(
                                reader.role(),
                                reader.confirmedAt().isPresent(),
                                stays.stream().findFirst(),
                                now),
                        mayRead(reader, stays),
                        stays,
                        memberships.history(reader.id()),
                        invoices.of(reader.id()),
                        jdbi.withHandle(handle -> Holdings.subscriptions(handle, reader.id())),
                        jdbi.withHandle(handle -> Holdings.devices(handle, reader.id())),
                        times()));
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }

    /** In one line; from the same rows and by the same rule as every page. */
    private String mayRead(Reader reader, List<Membership> stays) {
        return switch (memberships.of(reader)) {
            case Standing.Staff() -> "Everything, because they work here.";
            case Standing.Member(var plans, Instant until) ->
                stays.stream()
                        .findFirst()
                        .filter(Membership::runsOn)
                        .map(stay ->
                                "Everything. The membership runs on by itself on " + times().full(stay.until()) + ".")
                        .orElseGet(() -> "Everything, until " + times().full(until) + ".");
            case Standing.SignedIn() ->
                "What is public and what asks for a sign-in. Of memos and reports only the opening.";
            case Standing.Visitor() -> "What is public.";
        };
    }

    /** GET /desk/readers/{id}/letters: apart, because the ledgers are large; within the reader's page where it is asked for from there. */
    public void letters(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Reader reader = reader(ctx);
        EmailAddress email = EmailAddress.kept(reader.email());
        List<Holdings.Letter> letters =
                jdbi.withHandle(handle -> Holdings.letters(handle, reader.id(), email, LETTERS));
        boolean whole = ctx.header("HX-Request") == null;
        html.page(
                ctx,
                whole ? "account/letters" : "account/letterRows",
                new LettersPage(staff, reader, letters, whole, times()));
    }

    /** POST /desk/readers/{id}/give */
    public void give(Context ctx) {
        Reader staff = Visit.business(ctx);
        Reader reader = reader(ctx);
        String until = text(ctx, "until");
        String why = text(ctx, "why");
        attempt(ctx, staff, reader, new Typed("", until, why), "Given. A letter tells them.", () -> {
            LocalDate lastDay = day(until);
            Instant end = lastDay.plusDays(1)
                    .atStartOfDay(publication.settings().zone())
                    .toInstant();
            giveMembership.run(reader, end, staff, why);
        });
    }

    /** POST /desk/readers/{id}/end */
    public void end(Context ctx) {
        Reader staff = Visit.business(ctx);
        Reader reader = reader(ctx);
        attempt(
                ctx,
                staff,
                reader,
                Typed.NOTHING,
                "Ended. A letter tells them.",
                () -> giveMembership.end(reader, staff, text(ctx, "why")));
    }

    /** POST /desk/readers/{id}/invoices/{number}/paid */
    public void paid(Context ctx) {
        Reader staff = Visit.business(ctx);
        Reader reader = reader(ctx);
        String number = ctx.pathParam("number");
        if (!number.matches("[1-9]\\d{0,17}")) throw Problem.notFound("This reader has no invoice with this number.");
        attempt(
                ctx,
                staff,
                reader,
                Typed.NOTHING,
                "Marked as paid. The receipt is on its way.",
                () -> markPaid.run(reader.id(), Long.parseLong(number), day(text(ctx, "on")), staff));
    }

    /** Does it and leads back, or shows the page again with what was typed and what is wrong with it. */
    private void attempt(Context ctx, Reader staff, Reader reader, Typed typed, String done, Runnable change) {
        try {
            change.run();
        } catch (Problem problem) {
            ctx.status(problem.status());
            show(ctx, staff, reader, new Typed(problem.sentence(), typed.until(), typed.why()));
            return;
        }
        Flash.put(ctx, done);
        ctx.redirect("/desk/readers/" + reader.id(), HttpStatus.SEE_OTHER);
    }

    private Reader reader(Context ctx) {
        String id = ctx.pathParam("id");
        return RowNumber.of(id)
                .flatMap(row -> readers.byId(row))
                .orElseThrow(() -> Problem.notFound("There is no reader with this number."));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw Problem.invalid("Please give a day, such as 2026-11-30.");
        }
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
