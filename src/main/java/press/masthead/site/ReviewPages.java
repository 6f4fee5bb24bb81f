package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.industries.IndustryRanks;
import press.masthead.industries.RankForm;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.reviews.Reviews;

/** A member's weekly reviews, and the page on which they put their industries in order and see at once what that brings. */
public final class ReviewPages {
    private static final int LISTED = 52;

    private final Site site;
    private final Reviews reviews;
    private final IndustryRanks ranks;
    private final KeepOrder keepOrder;

    public ReviewPages(Site site, Reviews reviews, IndustryRanks ranks, KeepOrder keepOrder) {
        this.site = site;
        this.reviews = reviews;
        this.ranks = ranks;
        this.keepOrder = keepOrder;
    }

    /** GET /pro/review/: the latest, or what is to come where there was none. */
    public void latest(Context ctx) {
        if (member(ctx) instanceof Member.Yes(Reader reader)) {
            List<LocalDate> days = reviews.days(reader.id(), 1);
            if (days.isEmpty()) ctx.redirect("/pro/industries/", HttpStatus.SEE_OTHER);
            else ctx.redirect("/pro/review/" + days.getFirst() + "/", HttpStatus.SEE_OTHER);
        }
    }

    /** GET /pro/review/{day}/: what this member was sent on that day. */
    public void review(Context ctx) {
        if (!(member(ctx) instanceof Member.Yes(Reader reader))) return;
        LocalDate day = day(ctx.pathParam("day"));
        Reviews.Shown shown = reviews.sent(reader.id(), day)
                .orElseThrow(() -> Problem.notFound("There is no review of yours for this day."));
        var context = new HashMap<String, Object>(Map.of("title", "Your weekly review", "review", shape(shown)));
        context.put(
                "others",
                reviews.days(reader.id(), LISTED).stream()
                        .filter(other -> !other.equals(day))
                        .map(other -> Map.of("day", instant(other), "url", "/pro/review/" + other + "/"))
                        .toList());
        site.show(ctx, 200, "custom-review", context);
    }

    /** GET /pro/welcome/: from a letter that tells of a new membership; asks for industries once, and leads to the member's front page. */
    public void welcome(Context ctx) {
        if (!(member(ctx) instanceof Member.Yes(Reader reader))) return;
        ctx.redirect(keepOrder.before(reader, "/pro/"), HttpStatus.SEE_OTHER);
    }

    /** GET /pro/industries/: every industry in this member's order, and their next review as it stands; {@code ?welcome=yes} after joining. */
    public void industries(Context ctx) {
        if (!(member(ctx) instanceof Member.Yes(Reader reader))) return;
        IndustryRanks.Ranking ranking = ranks.counting(reader.id());
        show(ctx, 200, reader, ranking, RankForm.shapes(ranking.industries()), Optional.empty(), "");
    }

    /**
     * POST /pro/industries/: {@code rank=slug} once for each, the first first; or by the plain form a number beside each.
     * {@code letter=yes} has the review sent, too.
     */
    public void rank(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
        IndustryRanks.Ranking ranking = ranks.counting(reader.id());
        RankForm form = RankForm.read(ctx, ranking.industries());
        if (!form.problem().isEmpty()) {
            show(ctx, 422, reader, ranking, form.forThemes(ranking.industries()), Optional.empty(), form.problem());
            return;
        }
        boolean sent =
                keepOrder.run(reader, form, "yes".equals(ctx.formParam("letter")) && isMember(ctx), Network.of(ctx));
        String next = LocalPath.of(ctx.formParam("next"));
        ctx.redirect(
                next.isEmpty() ? "/pro/industries/?saved=" + (sent ? "letter" : "yes") : next, HttpStatus.SEE_OTHER);
    }

    /** POST /pro/industries/later: whoever has just joined and was asked goes on without an answer, and is not asked again. */
    public void later(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
        keepOrder.later(reader);
        String next = LocalPath.of(ctx.formParam("next"));
        ctx.redirect(next.isEmpty() ? "/account/" : next, HttpStatus.SEE_OTHER);
    }

    /** GET /pro/industries/preview/?rank=slug&rank=slug: the next review for this order, kept nowhere; for a script. */
    public void preview(Context ctx) {
        if (!(member(ctx) instanceof Member.Yes(Reader reader))) return;
        IndustryRanks.Ranking ranking = ranks.counting(reader.id());
        show(
                ctx,
                200,
                reader,
                ranking,
                RankForm.shapes(ranking.industries()),
                Optional.of(ctx.queryParams("rank")),
                "");
    }

    private void show(
            Context ctx,
            int status,
            Reader reader,
            IndustryRanks.Ranking ranking,
            List<Map<String, Object>> rows,
            Optional<List<String>> order,
            String error) {
        var context = new HashMap<String, Object>(Map.of("title", "Your industries"));
        context.put("industries", rows);
        context.put("ranked", ranking.whose() != IndustryRanks.Whose.NOBODY);
        context.put("whose", ranking.whose().name().toLowerCase(java.util.Locale.ROOT));
        ranking.team().ifPresent(team -> context.put("team", team));
        reviews.next(reader.id(), order).ifPresent(next -> context.put("review", shape(next)));
        keepOrder.letter(reader).ifPresent(letter -> context.put("letter", letter));
        if (!error.isEmpty()) context.put("error", error);
        String saved = Optional.ofNullable(ctx.queryParam("saved")).orElse("");
        if (saved.equals("yes")) context.put("notice", "Saved. Your next review follows this order.");
        if (saved.equals("letter")) context.put("notice", "Saved. Your review comes to you by e-mail from now on.");
        String next = LocalPath.of(param(ctx, "next"));
        if (!next.isEmpty()) context.put("next", next);
        if ("yes".equals(param(ctx, "welcome"))) context.put("welcome", true);
        site.show(ctx, status, "custom-industries", context);
    }

    private static @Nullable String param(Context ctx, String name) {
        return ctx.method() == HandlerType.POST ? ctx.formParam(name) : ctx.queryParam(name);
    }

    private Map<String, Object> shape(Reviews.Shown review) {
        var map = new HashMap<String, Object>();
        map.put("day", instant(review.day()));
        map.put("length", review.length());
        map.put("chosen", review.chosen());
        review.quiet().ifPresent(name -> map.put("quiet", name));
        map.put(
                "blocks",
                review.blocks().stream()
                        .map(block -> {
                            var shape = new HashMap<String, Object>();
                            shape.put("name", block.name());
                            shape.put("url", "/industry/" + block.slug() + "/");
                            shape.put("ranked", block.ranked());
                            shape.put("posts", Shapes.cards(block.cards()));
                            Shapes.unlessEmpty(shape, "foreword", block.foreword());
                            return shape;
                        })
                        .toList());
        return map;
    }

    /** Themes tell times on the site's clock; a review's day is that day wherever it is read. */
    private java.time.Instant instant(LocalDate day) {
        return day.atStartOfDay(site.settings().zone()).toInstant();
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.notFound("There is no review at this address.");
        }
    }

    /** Whether whoever asks is let in; who is not has been answered. */
    private sealed interface Member {
        record Yes(Reader reader) implements Member {}

        record Elsewhere() implements Member {}
    }

    private static boolean isMember(Context ctx) {
        return Paywall.ask(Visit.of(ctx).standing(), Audience.MEMBER) instanceof Answer.Open;
    }

    private static Member member(Context ctx) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isPresent() && isMember(ctx)) return new Member.Yes(reader.get());
        ctx.redirect(reader.isPresent() ? "/pro/" : "/signin/?next=" + ctx.path(), HttpStatus.SEE_OTHER);
        return new Member.Elsewhere();
    }
}
