package press.masthead.platform.web;

import io.javalin.http.Context;
import java.util.Map;

/** How a feature shows a page to readers: it names a template of the public theme and says what the page holds. */
@FunctionalInterface
public interface PublicPages {
    /**
     * Answers with the page.
     *
     * @param template the theme's file without its ending, such as {@code custom-signin}
     * @param context what the template may name: texts, numbers, instants, booleans, lists and maps of these
     */
    void show(Context ctx, int status, String template, Map<String, Object> context);
}
