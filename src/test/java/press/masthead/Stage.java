package press.masthead;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import press.masthead.access.Rule;
import press.masthead.platform.db.Database;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** Stories with a rule, made for a test; and what tests of reading ask. */
final class Stage {
    private Stage() {}

    /** A published story with a membership line between its two parts; its slug. */
    static String story(Press press, String slug, String kind, Rule rule, String opening, String rest) {
        var drafts = press.running.newsroom().drafts;
        press.running.newsroom().database.jdbi().useTransaction(handle -> {
            var draft = new Draft(
                    kind,
                    slug,
                    "The story of " + slug,
                    "What it is about.",
                    opening + "<!--members-->" + rest,
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    rule,
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "");
            if (!(drafts.create(handle, draft, null) instanceof Drafts.Saved saved)) throw new AssertionError(slug);
            drafts.publishing().publish(handle, saved.id(), null);
        });
        press.running.newsroom().pageCache.retire();
        return slug;
    }

    /** The path and question of the link that an answer to a gift holds. */
    static String gift(String json) {
        var link = Pattern.compile("/[a-z-]+/\\?gift=[A-Za-z0-9_-]{43}").matcher(json);
        if (!link.find()) throw new AssertionError("no link in " + json);
        return link.group();
    }

    /** Each question that requests ask of the database from now on; not those of the timetable and the hands. */
    static Queue<String> askedByRequests(Database database) {
        var asked = new ConcurrentLinkedQueue<String>();
        database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                boolean request = StackWalker.getInstance()
                        .walk(frames ->
                                frames.anyMatch(frame -> frame.getClassName().startsWith("io.javalin.router")));
                if (request) asked.add(context.getRawSql());
            }
        });
        return asked;
    }
}
