package press.masthead.platform.web;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/**
 * Leads from a form to a page of someone else's. A redirect would not do: the policy that forms lead nowhere but here
 * ({@code form-action 'self'}) holds for redirects too, so the browser is sent on by the page that answers, and where it is not, a
 * button leads there.
 */
public final class Onward {
    private Onward() {}

    /** @param url absolute, ours or our provider's and never from a request */
    public static void to(PublicPages pages, Context ctx, String url, String title, String text, String label) {
        ctx.header("Refresh", "0; url=" + url);
        ctx.header("Cache-Control", "no-store");
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of("title", title, "text", text, "actions", List.of(Map.of("label", label, "url", url))));
    }
}
