package press.masthead.subscriptions;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.subscriptions.Subscriptions.Because;
import press.masthead.subscriptions.UnsubscribeLinks.Pair;

/**
 * Leaving one newsletter from a letter. A GET shows a button and changes nothing; a POST, by that button or by a mailbox
 * provider (RFC 8058), leaves.
 */
public final class UnsubscribePages {
    private static final Map<String, Object> MANAGE =
            Map.of("label", "Manage all your newsletters", "url", "/account/");

    private final Jdbi jdbi;
    private final UnsubscribeLinks links;
    private final Subscriptions subscriptions;
    private final PublicPages pages;

    public UnsubscribePages(Jdbi jdbi, UnsubscribeLinks links, Subscriptions subscriptions, PublicPages pages) {
        this.jdbi = jdbi;
        this.links = links;
        this.subscriptions = subscriptions;
        this.pages = pages;
    }

    /** GET /unsubscribe/{token} */
    public void ask(Context ctx) {
        Pair pair = pair(ctx);
        String name = name(pair);
        if (subscriptions.has(pair.newsletter(), pair.reader()))
            show(
                    ctx,
                    "Leave " + name + "?",
                    "You will get no more letters from " + name + ". Your other newsletters stay as they are.",
                    List.of(Map.of("label", "Unsubscribe from " + name, "action", path(ctx)), MANAGE));
        else
            show(
                    ctx,
                    "You don't get " + name,
                    "There is nothing to unsubscribe from: " + name + " does not come to you.",
                    List.of(MANAGE));
    }

    /** POST /unsubscribe/{token}: needs no cookie and no origin; a second time changes nothing. */
    public void leave(Context ctx) {
        Pair pair = pair(ctx);
        String name = name(pair);
        boolean oneClick = "One-Click".equals(ctx.formParam("List-Unsubscribe"));
        subscriptions.leave(
                pair.newsletter(), pair.reader(), new Because(oneClick ? "one_click" : "letter", Network.of(ctx), ""));
        if (oneClick) ctx.contentType("text/plain; charset=utf-8").result("Unsubscribed from " + name + ".\n");
        else
            show(
                    ctx,
                    "You have left " + name,
                    "It will not come again. Your other newsletters stay as they are.",
                    List.of(Map.of("label", "Put me back", "action", path(ctx) + "/undo"), MANAGE));
    }

    /** POST /unsubscribe/{token}/undo: for a day, so that an old letter in other hands brings nobody back. */
    public void undo(Context ctx) {
        Pair pair = pair(ctx);
        String name = name(pair);
        boolean back = subscriptions.has(pair.newsletter(), pair.reader())
                || subscriptions.putBack(
                        pair.newsletter(), pair.reader(), new Because("undo", Network.of(ctx), Joining.WORDING));
        if (!back)
            throw Problem.gone("It is too late to undo this. You can choose " + name + " again among our newsletters.");
        show(ctx, "You are back", name + " comes to you as before.", List.of(MANAGE));
    }

    private void show(Context ctx, String title, String text, List<Map<String, Object>> actions) {
        ctx.header("Cache-Control", "private, no-store").header("X-Robots-Tag", "noindex");
        pages.show(ctx, 200, "custom-message", Map.of("title", title, "text", text, "actions", actions));
    }

    private static String path(Context ctx) {
        return "/unsubscribe/" + ctx.pathParam("token");
    }

    private Pair pair(Context ctx) {
        return links.read(ctx.pathParam("token"))
                .orElseThrow(() -> Problem.notFound(
                        "This unsubscribe link is damaged. Please use the one at the foot of your latest letter."));
    }

    private String name(Pair pair) {
        return jdbi.withHandle(handle -> handle.createQuery("select name from newsletter where id = :id")
                        .bind("id", pair.newsletter())
                        .mapTo(String.class)
                        .findOne())
                .orElseThrow(() -> Problem.notFound("This newsletter has ended, so it will not come to you again."));
    }
}
