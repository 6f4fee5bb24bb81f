package press.masthead.following;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.subscriptions.UnsubscribeLinks;

/**
 * Ending the alerts from a letter. A GET shows a button and changes nothing; a POST, by that button or by a mailbox provider
 * (RFC 8058), ends them. What is followed stays followed.
 */
public final class StopAlertPages {
    /** Stands in a link where a newsletter's number would. */
    private static final long ALERTS = 0;

    private static final Map<String, Object> MANAGE =
            Map.of("label", "Change what you follow", "url", "/account/following/");

    private final UnsubscribeLinks links;
    private final AlertChoices choices;
    private final PublicPages pages;

    public StopAlertPages(UnsubscribeLinks links, AlertChoices choices, PublicPages pages) {
        this.links = links;
        this.choices = choices;
        this.pages = pages;
    }

    /** What a letter's link to here ends with. */
    public static String token(UnsubscribeLinks links, long reader) {
        return links.token(ALERTS, reader);
    }

    /** GET /unsubscribe/alerts/{token} */
    public void ask(Context ctx) {
        long reader = reader(ctx);
        boolean runs = choices.of(reader)
                .filter(choice -> choice.how() != AlertChoice.How.NONE)
                .isPresent();
        if (runs)
            show(
                    ctx,
                    "Stop alerts of new memos?",
                    "You stay a member, and what you follow stays on your own front page.",
                    List.of(Map.of("label", "Stop the alerts", "action", path(ctx)), MANAGE));
        else show(ctx, "You get no alerts", "There is nothing to stop.", List.of(MANAGE));
    }

    /** POST /unsubscribe/alerts/{token}: needs no cookie and no origin; a second time changes nothing. */
    public void stop(Context ctx) {
        choices.stop(reader(ctx));
        if ("One-Click".equals(ctx.formParam("List-Unsubscribe")))
            ctx.contentType("text/plain; charset=utf-8").result("The alerts are stopped.\n");
        else
            show(
                    ctx,
                    "The alerts are stopped",
                    "No more letters about new memos. What you follow stays on your own front page.",
                    List.of(Map.of("label", "Undo", "action", path(ctx) + "/undo"), MANAGE));
    }

    /** POST /unsubscribe/alerts/{token}/undo: for a day, so that an old letter in other hands begins nothing again. */
    public void undo(Context ctx) {
        if (!choices.putBack(reader(ctx)))
            throw Problem.gone("It is too late to undo this. You can choose alerts again in your account.");
        show(ctx, "The alerts are back", "They come as before.", List.of(MANAGE));
    }

    private void show(Context ctx, String title, String text, List<Map<String, Object>> actions) {
        ctx.header("X-Robots-Tag", "noindex");
        pages.show(ctx, 200, "custom-message", Map.of("title", title, "text", text, "actions", actions));
    }

    private static String path(Context ctx) {
        return "/unsubscribe/alerts/" + ctx.pathParam("token");
    }

    private long reader(Context ctx) {
        return links.read(ctx.pathParam("token"))
                .filter(pair -> pair.newsletter() == ALERTS)
                .map(UnsubscribeLinks.Pair::reader)
                .orElseThrow(() -> Problem.notFound(
                        "This link is damaged. Please use the one at the foot of your latest letter."));
    }
}
