package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.events.Admission;
import press.masthead.events.Announcement;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Onward;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.tickets.CardTickets;
import press.masthead.tickets.Register;
import press.masthead.tickets.Registration;

/** How a reader gets a seat: registers, pays, takes what is offered. What can't be done is said on the event's page, and nothing typed is lost. */
public final class EventSeats {
    private final Site site;
    private final EventPages page;
    private final Register register;
    private final CardTickets cards;
    private final Limits limits;

    public EventSeats(Site site, EventPages page, Register register, CardTickets cards, Limits limits) {
        this.site = site;
        this.page = page;
        this.register = register;
        this.cards = cards;
        this.limits = limits;
    }

    /** POST /events/{slug}/register: {@code bring}, {@code guest}, {@code answer} for each question, {@code pay} */
    public void register(Context ctx) {
        var _ = Visit.of(ctx).reader().orElseThrow(EventSeats::nobody);
        Announcement one = page.announcement(ctx);
        Reader reader = allowed(ctx, one);
        boolean brings = "yes".equals(ctx.formParam("bring"));
        try {
            limits.spend("register:" + reader.id(), 30, Duration.ofHours(1));
            Registration made = register.run(
                    one.id(),
                    reader,
                    new Register.Typed(
                            brings ? 2 : 1,
                            brings
                                    ? Optional.ofNullable(ctx.formParam("guest"))
                                            .orElse("")
                                            .strip()
                                    : "",
                            ctx.formParams("answer"),
                            Optional.ofNullable(ctx.formParam("pay")).orElse("")));
            done(ctx, one, made);
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            page.show(ctx, problem.status(), one, problem.sentence());
        }
    }

    /** Only whoever is admitted gets as far as a form. */
    private Reader allowed(Context ctx, Announcement one) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(EventSeats::nobody);
        return switch (page.admission(ctx, one)) {
            case Admission.Admitted pass -> reader;
            case Admission.SignIn() -> throw nobody();
            case Admission.Upgrade() -> throw Problem.forbidden("This event is for members.");
            case Admission.Uninvited() -> throw Problem.forbidden("This event is by invitation.");
            case Admission.Closed() -> throw Problem.forbidden("Nobody can register for this event just now.");
        };
    }

    private static Problem nobody() {
        return Problem.forbidden("Please sign in to register.");
    }

    private void done(Context ctx, Announcement one, Registration made) {
        switch (made.state()) {
            case CONFIRMED -> {
                Flash.put(
                        ctx,
                        made.seats() == 1
                                ? "Your seat is yours. We look forward to seeing you."
                                : "Both seats are yours. We look forward to seeing you.");
                ctx.redirect(one.path() + "ticket/", HttpStatus.SEE_OTHER);
            }
            case HELD -> toPayment(ctx, one);
            case WAITING, OFFERED, CANCELLED -> ctx.redirect(one.path(), HttpStatus.SEE_OTHER);
        }
    }

    private void toPayment(Context ctx, Announcement one) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(EventSeats::nobody);
        Onward.to(
                site,
                ctx,
                cards.page(one.id(), reader),
                "On to the payment",
                "Our payment provider Stripe takes your card on a page of its own.",
                "Go on");
    }

    /** POST /events/{slug}/pay: on to the page on which the seat that is kept is paid for */
    public void pay(Context ctx) {
        var _ = Visit.of(ctx).reader().orElseThrow(EventSeats::nobody);
        Announcement one = page.announcement(ctx);
        try {
            toPayment(ctx, one);
        } catch (Problem problem) {
            page.show(ctx, problem.status(), one, problem.sentence());
        }
    }

    /** GET /events/{slug}/paid?session=: back from paying, which proves nothing, so Stripe is asked */
    public void paid(Context ctx) {
        Announcement one = page.announcement(ctx);
        Optional.ofNullable(ctx.queryParam("session"))
                .filter(id -> id.matches("[A-Za-z0-9_-]{4,255}"))
                .ifPresent(cards::cameBack);
        ctx.redirect(one.path(), HttpStatus.SEE_OTHER);
    }

    /** POST /events/{slug}/accept: the seat that was offered; {@code pay} */
    public void accept(Context ctx) {
        var _ = Visit.of(ctx).reader().orElseThrow(EventSeats::nobody);
        Announcement one = page.announcement(ctx);
        Reader reader = allowed(ctx, one);
        try {
            done(
                    ctx,
                    one,
                    register.accept(
                            one.id(),
                            reader,
                            Optional.ofNullable(ctx.formParam("pay")).orElse("")));
        } catch (Problem problem) {
            page.show(ctx, problem.status(), one, problem.sentence());
        }
    }
}
