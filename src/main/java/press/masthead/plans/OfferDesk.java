package press.masthead.plans;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** Offers with their codes; for the owner and the business staff. */
public final class OfferDesk {
    private final Jdbi jdbi;
    private final Clock clock;
    private final PriceList list;
    private final Publication publication;
    private final Audit audit;
    private final Html html;

    public OfferDesk(Jdbi jdbi, Clock clock, Publication publication, Audit audit, Html html) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.list = new PriceList(jdbi, clock);
        this.publication = publication;
        this.audit = audit;
        this.html = html;
    }

    /** What was typed, so that nothing is lost when it is refused. */
    record Typed(
            String code,
            String words,
            String percent,
            String amount,
            String currency,
            String payments,
            String trial,
            String plan,
            String interval,
            String until,
            String atMost,
            boolean returning) {
        static final Typed NOTHING = new Typed("", "", "", "", "", "1", "", "", "", "", "", false);
    }

    record Page(
            Reader staff,
            String notice,
            String problem,
            Typed typed,
            List<PriceList.ListedOffer> offers,
            List<PriceList.ListedPlan> plans,
            Times times) {
        String says(PriceList.ListedOffer one) {
            Offer offer = one.offer();
            String off = offer.percent() > 0
                    ? offer.percent() + "% off"
                    : offer.amount() > 0
                            ? Money.words(offer.amount(), offer.currency().orElseThrow()) + " off"
                            : "";
            String lasting = off.isEmpty()
                    ? ""
                    : offer.payments()
                            .map(n -> n == 1 ? " the first payment" : " the first " + n + " payments")
                            .orElse(" every payment");
            String days = offer.trialDays() > 0 ? (off.isEmpty() ? "" : ", ") + offer.trialDays() + " free days" : "";
            return off + lasting + days + (one.returningOnly() ? ", for those who come back" : "");
        }
    }

    /** GET /desk/offers */
    public void list(Context ctx) {
        show(ctx, 200, Typed.NOTHING, "");
    }

    private void show(Context ctx, int status, Typed typed, String problem) {
        Reader staff = Visit.business(ctx);
        ctx.status(status);
        html.page(
                ctx,
                "plans/offers",
                new Page(
                        staff,
                        Flash.take(ctx),
                        problem,
                        typed,
                        list.offers(),
                        list.plans(),
                        new Times(publication.settings().zone(), clock.instant())));
    }

    /** POST /desk/offers */
    public void add(Context ctx) {
        Reader staff = Visit.business(ctx);
        Typed typed = new Typed(
                text(ctx, "code").toUpperCase(Locale.ROOT),
                text(ctx, "words"),
                text(ctx, "percent"),
                text(ctx, "amount"),
                text(ctx, "currency").toUpperCase(Locale.ROOT),
                text(ctx, "payments"),
                text(ctx, "trial"),
                text(ctx, "plan"),
                text(ctx, "interval"),
                text(ctx, "until"),
                text(ctx, "at_most"),
                "yes".equals(text(ctx, "returning")));
        try {
            Offer offer = read(typed);
            List<Long> plans = list.plans().stream()
                    .map(one -> one.plan().id())
                    .filter(id -> Long.toString(id).equals(typed.plan()))
                    .toList();
            Optional<Interval> interval = Arrays.stream(Interval.values())
                    .filter(one -> one.word().equals(typed.interval()))
                    .findFirst();
            Optional<Instant> until = until(typed.until());
            Optional<Integer> atMost =
                    number(typed.atMost(), 1, 1_000_000, "How many at most is a whole number, or nothing.");
            jdbi.useTransaction(handle -> {
                if (!list.add(
                        handle,
                        offer,
                        typed.words(),
                        interval,
                        plans,
                        typed.returning(),
                        clock.instant(),
                        until,
                        atMost))
                    throw Problem.invalid("There is an offer with this code already. Please choose another.");
                audit.note(handle, staff.id(), "made the offer " + offer.code());
            });
        } catch (Problem problem) {
            show(ctx, problem.status(), typed, problem.sentence());
            return;
        }
        Flash.put(ctx, "On offer. Its link is /pro/?offer=" + typed.code());
        ctx.redirect("/desk/offers", HttpStatus.SEE_OTHER);
    }

    private static Offer read(Typed typed) {
        if (!typed.code().matches("[A-Z0-9-]{3,32}"))
            throw Problem.invalid("A code has 3 to 32 letters, digits or hyphens.");
        int percent = number(typed.percent(), 1, 100, "A percentage is a whole number from 1 to 100.")
                .orElse(0);
        long amount = 0;
        if (!typed.amount().isEmpty())
            amount = Money.read(typed.amount(), typed.currency())
                    .orElseThrow(
                            () -> Problem.invalid("Please give the amount with its currency, such as 5.00 and EUR."));
        int trial = number(typed.trial(), 1, 90, "Free days are a number from 1 to 90, or nothing.")
                .orElse(0);
        if (percent > 0 && amount > 0) throw Problem.invalid("Please give a percentage or an amount, not both.");
        if (percent == 0 && amount == 0 && trial == 0)
            throw Problem.invalid("Please say what the offer gives: a percentage, an amount or free days.");
        Optional<Integer> payments = typed.payments().equals("all")
                ? Optional.empty()
                : Optional.of(number(typed.payments(), 1, 36, "Please say for how many payments.")
                        .orElse(1));
        return new Offer(
                0,
                typed.code(),
                percent,
                amount,
                amount > 0 ? Optional.of(typed.currency()) : Optional.empty(),
                payments,
                trial);
    }

    private static Optional<Integer> number(String typed, int least, int most, String sentence) {
        if (typed.isEmpty()) return Optional.empty();
        if (!typed.matches("\\d{1,7}") || Integer.parseInt(typed) < least || Integer.parseInt(typed) > most)
            throw Problem.invalid(sentence);
        return Optional.of(Integer.parseInt(typed));
    }

    /** The last day is a whole one, on the publication's calendar. */
    private Optional<Instant> until(String typed) {
        if (typed.isEmpty()) return Optional.empty();
        try {
            Instant end = LocalDate.parse(typed)
                    .plusDays(1)
                    .atStartOfDay(publication.settings().zone())
                    .toInstant();
            if (!end.isAfter(clock.instant()))
                throw Problem.invalid("The last day is over already. Please choose a later one.");
            return Optional.of(end);
        } catch (DateTimeException e) {
            throw Problem.invalid("Please give the last day, such as 2026-12-31, or nothing.");
        }
    }

    /** POST /desk/offers/{id}/end */
    public void end(Context ctx) {
        Reader staff = Visit.business(ctx);
        String id = ctx.pathParam("id");
        PriceList.ListedOffer offer = list.offers().stream()
                .filter(one -> Long.toString(one.offer().id()).equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such offer."));
        jdbi.useTransaction(handle -> {
            list.end(handle, offer.offer().id());
            audit.note(handle, staff.id(), "ended the offer " + offer.offer().code());
        });
        Flash.put(ctx, "Ended. Who took it keeps it.");
        ctx.redirect("/desk/offers", HttpStatus.SEE_OTHER);
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
