package press.masthead.live;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Shows a session's page with what it says of itself to search engines, as the public site knows how. */
@FunctionalInterface
public interface SessionPage {
    /**
     * Answers with the page.
     *
     * @param recorded how long the recording is, where there is one
     * @param context what the theme's template may name
     */
    void show(Context ctx, int status, LiveSession session, Optional<Duration> recorded, Map<String, Object> context);
}
