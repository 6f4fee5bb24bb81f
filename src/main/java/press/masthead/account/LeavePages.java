package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import press.masthead.billing.Leave;
import press.masthead.billing.Pause;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;

/** Cancelling, with a pause offered beside it, and taking either back. */
public final class LeavePages {
    private final Memberships memberships;
    private final Leave leave;
    private final Pause pause;
    private final PublicPages pages;
    private final Supplier<Letterhead> letterhead;
    private final Clock clock;

    public LeavePages(
            Memberships memberships,
            Leave leave,
            Pause pause,
            PublicPages pages,
            Supplier<Letterhead> letterhead,
            Clock clock) {
        this.memberships = memberships;
        this.leave = leave;
        this.pause = pause;
        this.pages = pages;
        this.letterhead = letterhead;
        this.clock = clock;
    }

    /** GET /account/membership/cancel */
    public void askToCancel(Context ctx) {
        Membership membership = memberships
                .find(AccountPages.reader(ctx).id())
                .filter(found ->
                        Leave.can(found, clock.instant()) && found.cancelledAt().isEmpty())
                .orElseThrow(() -> Problem.stale("There is no membership to cancel."));
        var context = new HashMap<String, Object>();
        context.put("title", "Cancel your membership?");
        context.put("ahead", ahead(membership));
        context.put(
                "reasons",
                Leave.REASONS.stream()
                        .map(reason -> Map.of("key", reason.key(), "words", reason.words()))
                        .toList());
        if (pause.whyNot(membership).isEmpty()) context.put("pauses", pauses());
        pages.show(ctx, 200, "custom-membership-cancel", context);
    }

    private String ahead(Membership membership) {
        Letterhead from = letterhead.get();
        return membership
                .unpaidDue()
                .map(due -> "Your last invoice is still open. If you pay it, you can read everything until "
                        + from.day(membership.until()) + "; if not, your membership ends "
                        + (due.isAfter(clock.instant()) ? "on " + from.day(due) : "today") + " and nothing is owed.")
                .orElseGet(() -> "You can read everything until " + from.moment(membership.until())
                        + ". After that nothing more is charged.");
    }

    private List<Map<String, Object>> pauses() {
        return List.of(1, 2, 3).stream()
                .map(months -> Map.<String, Object>of(
                        "months",
                        months,
                        "label",
                        months == 1 ? "One month" : months + " months",
                        "until",
                        pause.end(months)))
                .toList();
    }

    /** POST /account/membership/cancel */
    public void cancel(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        if (!leave.cancel(reader, text(ctx, "reason"), text(ctx, "words")))
            throw Problem.stale("There is no membership to cancel.");
        done(ctx, "Your membership is cancelled. You can read everything to its end.");
    }

    /** POST /account/membership/keep */
    public void keep(Context ctx) {
        if (!leave.resume(AccountPages.reader(ctx)))
            throw Problem.stale("There is no cancelled membership that still runs.");
        done(ctx, "Your membership runs on.");
    }

    /** GET /account/membership/pause */
    public void askToPause(Context ctx) {
        show(ctx, 200, AccountPages.reader(ctx), "");
    }

    private void show(Context ctx, int status, Reader reader, String problem) {
        Membership membership =
                memberships.find(reader.id()).orElseThrow(() -> Problem.stale("There is no membership to pause."));
        var context = new HashMap<String, Object>();
        context.put("title", "Pause your membership");
        String why = problem.isEmpty() ? pause.whyNot(membership).orElse("") : problem;
        if (!why.isEmpty()) context.put("error", why);
        if (pause.whyNot(membership).isEmpty()) context.put("pauses", pauses());
        pages.show(ctx, status, "custom-membership-pause", context);
    }

    /** POST /account/membership/pause */
    public void pause(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        String months = text(ctx, "months");
        try {
            pause.run(reader, months.matches("[1-3]") ? Integer.parseInt(months) : 0);
        } catch (Problem problem) {
            show(ctx, problem.status(), reader, problem.sentence());
            return;
        }
        done(ctx, "Your membership is paused.");
    }

    /** POST /account/membership/go-on */
    public void goOn(Context ctx) {
        pause.goOn(AccountPages.reader(ctx));
        done(ctx, "Welcome back. You can read everything again.");
    }

    private static void done(Context ctx, String sentence) {
        Flash.put(ctx, sentence);
        ctx.redirect("/account/membership/", HttpStatus.SEE_OTHER);
    }

    private static String text(Context ctx, String field) {
        return Optional.ofNullable(ctx.formParam(field)).orElse("");
    }
}
