package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.access.Visit;
import press.masthead.access.Visit.StaffOnly;
import press.masthead.platform.db.Outage;
import press.masthead.platform.web.Problem;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;

/** Says what went wrong in one sentence, as a page to people and as JSON or text to programs. */
public final class ErrorPages {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    private static final Pattern WORD = Pattern.compile("\\p{L}+");

    /**
     * An address that can have been a story's, here or before a move: small letters and hyphens, alone or under a date. Every link
     * that holds a secret has another segment before it, or letters of both sizes, and is looked for nowhere.
     */
    private static final Pattern LIKE_A_STORY = Pattern.compile(
            "/(?:\\d{4}/(?:\\d{1,2}/){0,2})?(?=.{4,120}$)[\\p{Ll}\\p{Lo}\\d]{1,24}(?:-[\\p{Ll}\\p{Lo}\\d]{1,24})*/?");

    private final Site site;
    private final Stories stories;

    public ErrorPages(Site site, Stories stories) {
        this.site = site;
        this.stories = stories;
    }

    public void problem(Problem problem, Context ctx) {
        problem.tellWhen(ctx);
        show(ctx, problem.status(), problem.sentence());
    }

    /** Someone who isn't of the staff asked for the newsroom: first sign in, then back here. */
    public void staffOnly(StaffOnly refusal, Context ctx) {
        if (Visit.isWaiting(ctx)) {
            waiting(ctx);
            return;
        }
        if (!ctx.method().toString().equals("GET")) {
            show(ctx, 403, "Please sign in as a member of the newsroom, then send this again.");
            return;
        }
        var reader = Visit.of(ctx).reader();
        if (reader.isPresent()) {
            // Sent to sign in, they would be sent straight back.
            show(
                    ctx,
                    403,
                    "This part is for the newsroom's staff, and " + reader.get().email() + " is not on it.");
            return;
        }
        ctx.redirect("/signin/?next=" + URLEncoder.encode(ctx.path(), StandardCharsets.UTF_8), HttpStatus.SEE_OTHER);
    }

    /** Someone of the staff who has come by a link alone: first the second step, then back here. */
    private void waiting(Context ctx) {
        if (ctx.method().toString().equals("GET"))
            ctx.redirect(
                    "/signin/factor?next=" + URLEncoder.encode(ctx.path(), StandardCharsets.UTF_8),
                    HttpStatus.SEE_OTHER);
        else show(ctx, 403, "Please open the newsroom in another tab and confirm who you are, then send this again.");
    }

    /** What Javalin itself refuses: a form too large, a method that isn't there. */
    public void http(HttpResponseException refusal, Context ctx) {
        int status = refusal.getStatus();
        if (status == 404 && OneAddress.leadsOn(ctx)) return;
        show(
                ctx,
                status,
                switch (status) {
                    case 404 -> "There is nothing at this address.";
                    case 405 -> "This address can't be used in that way.";
                    case 413 -> "That is too large to be sent in one piece.";
                    default -> "That could not be understood.";
                });
    }

    public void unexpected(Exception failure, Context ctx) {
        Optional<Outage> outage = Outage.behind(failure);
        if (outage.isEmpty()) LOG.error("{} {} failed", ctx.method(), ctx.path(), failure);
        else LOG.error("{} {} failed, the database is {}: {}", ctx.method(), ctx.path(), outage.get(), failure);
        switch (outage.orElse(null)) {
            case AWAY -> {
                ctx.header("Retry-After", "10");
                show(
                        ctx,
                        503,
                        "Our archive can't be reached just now. Nothing was changed; please try again in a minute.");
            }
            case FULL ->
                show(
                        ctx,
                        507,
                        "There is no room left to keep this. Nothing was changed; please tell whoever runs this site.");
            case null ->
                show(ctx, 500, "Something went wrong on our side. It has been noted; please try again in a minute.");
        }
    }

    private void show(Context ctx, int status, String sentence) {
        String accept = String.valueOf(ctx.header("Accept"));
        if (accept.contains("application/json")) {
            ctx.status(status).json(Map.of("message", sentence));
            return;
        }
        try {
            var context = new HashMap<String, Object>();
            context.put("title", status == 404 ? "Not found" : status == 410 ? "Withdrawn" : "Sorry");
            context.put("statusCode", status);
            context.put("message", sentence);
            if (status == 404 || status == 410) suggest(ctx, context);
            // A withdrawn story's page has the same ways on as one that never was.
            int like = status == 410 ? 404 : status;
            site.show(ctx, status, site.theme().errorTemplate(like).orElse("error"), context);
        } catch (RuntimeException e) {
            LOG.error("the error page itself failed", e);
            ctx.status(status).contentType("text/plain; charset=utf-8").result(sentence);
        }
    }

    /** Stories that share words with the address; the newest where none does. */
    private void suggest(Context ctx, Map<String, Object> context) {
        String words = WORD.matcher(ctx.path())
                .results()
                .map(MatchResult::group)
                .filter(word -> word.length() > 3)
                .sorted(Comparator.comparing(String::length).reversed())
                .limit(3)
                .collect(Collectors.joining(" or "));
        boolean like = LIKE_A_STORY.matcher(ctx.path()).matches();
        List<StoryCard> near = like && !words.isEmpty() ? stories.search(words, 4, 0) : List.of();
        context.put("near", !near.isEmpty());
        context.put("posts", Shapes.cards(near.isEmpty() ? stories.newest(4, 0) : near));
    }
}
