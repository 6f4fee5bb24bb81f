package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.industries.IndustryRanks;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.reviews.Reviews;

/** A member's weekly reviews, and the page on which they put their industries in order and see at once what that brings. */
public final class ReviewPages {
    private static final int LISTED = 52;

    private final Site site;
    private final Reviews reviews;
    private final IndustryRanks ranks;

    public ReviewPages(Site site, Reviews reviews, IndustryRanks ranks) {
        this.site = site;
        this.reviews = reviews;
        this.ranks = ranks;
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

    /** GET /pro/industries/: every industry in this member's order, and their next review as it stands. */
    public void industries(Context ctx) {
        if (member(ctx) instanceof Member.Yes(Reader reader))
            show(ctx, 200, reader, ranks.of(reader.id()), Optional.empty(), "");
    }

    /** POST /pro/industries/: {@code rank=slug} once for each, the first first; or by the plain form a number beside each. */
    public void rank(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
        List<IndustryRanks.Ranked> all = ranks.of(reader.id());
        if ("order".equals(ctx.formParam("by"))) {
            var numbers = new LinkedHashMap<String, Integer>();
            for (String slug : ctx.formParams("rank")) numbers.putIfAbsent(slug, numbers.size() + 1);
            ranks.choose(reader.id(), numbers);
        } else {
            var numbers = new HashMap<String, Integer>();
            for (IndustryRanks.Ranked industry : all) {
                String typed = Optional.ofNullable(ctx.formParam("rank-" + industry.slug()))
                        .orElse("")
                        .strip();
                if (typed.isEmpty()) continue;
                if (!typed.matches("[1-9]\\d?")) {
                    show(ctx, 422, reader, all, Optional.empty(), "Please use whole numbers from 1 to 99.");
                    return;
                }
                numbers.put(industry.slug(), Integer.parseInt(typed));
            }
            ranks.choose(reader.id(), numbers);
        }
        String next = LocalPath.of(ctx.formParam("next"));
        ctx.redirect(next.isEmpty() ? "/pro/industries/?saved=yes" : next, HttpStatus.SEE_OTHER);
    }

    /** GET /pro/industries/preview/?rank=slug&rank=slug: the next review for this order, kept nowhere; for a script. */
    public void preview(Context ctx) {
        if (member(ctx) instanceof Member.Yes(Reader reader))
            show(ctx, 200, reader, ranks.of(reader.id()), Optional.of(ctx.queryParams("rank")), "");
    }

    private void show(
            Context ctx,
            int status,
            Reader reader,
            List<IndustryRanks.Ranked> all,
            Optional<List<String>> ranking,
            String error) {
        var context = new HashMap<String, Object>(Map.of("title", "Your industries"));
        context.put("industries", all.stream().map(ReviewPages::shape).toList());
        context.put("ranked", all.stream().anyMatch(industry -> industry.rank() > 0));
        reviews.next(reader.id(), ranking).ifPresent(next -> context.put("review", shape(next)));
        if (!error.isEmpty()) context.put("error", error);
        if ("yes".equals(ctx.queryParam("saved"))) context.put("notice", "Saved. Your next review follows this order.");
        if ("yes".equals(ctx.queryParam("welcome"))) context.put("welcome", true);
        site.show(ctx, status, "custom-industries", context);
    }

    private static Map<String, Object> shape(IndustryRanks.Ranked industry) {
        var map = new HashMap<String, Object>(Map.of("name", industry.name(), "slug", industry.slug()));
        if (industry.rank() > 0) map.put("rank", industry.rank());
        return map;
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

    private static Member member(Context ctx) {
        Visit visit = Visit.of(ctx);
        Optional<Reader> reader = visit.reader();
        if (reader.isPresent() && Paywall.ask(visit.standing(), Audience.MEMBER) instanceof Answer.Open)
            return new Member.Yes(reader.get());
        ctx.redirect(reader.isPresent() ? "/pro/" : "/signin/?next=" + ctx.path(), HttpStatus.SEE_OTHER);
        return new Member.Elsewhere();
    }
}
