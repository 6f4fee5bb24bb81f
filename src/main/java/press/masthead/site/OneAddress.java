package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Every public page has one address: in small letters and with a slash at its end, as Ghost has them. Another way of
 * writing it leads there for good, and takes its question along.
 */
public final class OneAddress implements Handler {
    /** What stands at these is named by words; elsewhere capital letters may mean something, as in a link's secret. */
    private static final Pattern NAMED =
            Pattern.compile("/\\{slug}/.*|/(topic|industry|author|newsletters)/\\{slug}/.*");

    private static final Pattern WORDS = Pattern.compile("/[\\p{L}\\p{N}/_-]*");

    /** Before a page that was found: */
    @Override
    public void handle(Context ctx) {
        var found = ctx.endpoints().matchedHttpEndpoint();
        if (found == null || !ctx.method().toString().equals("GET") || !found.path.endsWith("/")) return;
        String path = ctx.path();
        // Letters beyond ASCII arrive encoded, in capitals or not; they are left as they came.
        boolean words = NAMED.matcher(found.path).matches() && !path.contains("%");
        String wanted = words ? path.toLowerCase(Locale.ROOT) : path;
        if (!wanted.endsWith("/")) wanted += "/";
        if (!wanted.equals(path)) lead(ctx, wanted);
    }

    /** Where nothing was found: /Topic/Energy and Ghost's /tag/energy/ are near enough to be understood. */
    static boolean leadsOn(Context ctx) {
        String path = ctx.path();
        if (!ctx.method().toString().equals("GET") || !WORDS.matcher(path).matches()) return false;
        String wanted = path.toLowerCase(Locale.ROOT).replaceFirst("^/tag/", "/topic/");
        if (wanted.equals(path) || !wanted.matches("/(topic|industry|author|archive|memos|reports|newsletters)/.*"))
            return false;
        lead(ctx, wanted.endsWith("/") ? wanted : wanted + "/");
        return true;
    }

    private static void lead(Context ctx, String path) {
        String question = ctx.queryString();
        // Two slashes at the front would name another host.
        String own = path.replaceFirst("^/+", "/");
        ctx.redirect(question == null ? own : own + "?" + question, HttpStatus.MOVED_PERMANENTLY);
        ctx.skipRemainingHandlers();
    }
}
