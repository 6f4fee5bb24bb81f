package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/**
 * Whatever way a script came into a field, no page runs it. Each column that holds plain words is given one; the body of a
 * story, which holds markup, is cleaned on its way in and tested where that is done.
 */
class ScriptsInEveryFieldTest {
    private static final String SCRIPT = " \"'><script>alert(1)</script><img src=x onerror=alert(2)>";
    private static final Pattern LINK = Pattern.compile("(?:href|src|action)=\"(/[^\"#]*)\"");
    private static final List<String> TABLES = List.of(
            "author",
            "topic",
            "industry",
            "reader",
            "picture",
            "story",
            "correction",
            "newsletter",
            "edition",
            "edition_block",
            "holiday",
            "event",
            "registration",
            "ticket");

    /** Words that the program chooses among or checks, addresses, and cleaned markup. */
    private static final Set<String> NO_FREE_TEXT = Set.of(
            "slug",
            "email",
            "email_key",
            "language",
            "kind",
            "direction",
            "access",
            "opening",
            "rest",
            "state",
            "content_type",
            "portrait",
            "days",
            "zone",
            "slot",
            "release",
            "audience",
            "link",
            "on_holidays",
            "accent",
            "reply_to",
            "confidence",
            "map_url",
            "online_url",
            "recording_url",
            "uid",
            "currency",
            "why",
            "plan",
            "pay");

    @Test
    void no_page_feed_or_letter_holds_one_as_it_was_typed() throws Exception {
        try (var press = Press.started()) {
            var room = press.running.newsroom();
            room.draftEditions.run();
            int filled = room.database.jdbi().inTransaction(ScriptsInEveryFieldTest::fill);
            assertThat(filled).as("columns").isGreaterThan(25);
            room.publication.forget();
            room.site.forget();
            room.pageCache.retire();

            var ada = press.person();
            ada.post(URI.create(room.newsroomLink()).getPath());
            var shown = new TreeSet<String>();
            Set<String> seen = walk(
                    ada,
                    List.of(
                            "/desk/stories",
                            "/desk/newsletters",
                            "/desk/editions",
                            "/desk/readers",
                            "/desk/settings",
                            "/desk/settings/look",
                            "/desk/topics",
                            "/desk/authors",
                            "/desk/industries",
                            "/desk/pictures",
                            "/desk/events",
                            "/desk/events/1",
                            "/desk/events/1/guests",
                            "/desk/events/1/attendance",
                            "/desk/events/1/door",
                            "/account/"),
                    160,
                    shown);
            seen.addAll(walk(
                    press.person(),
                    List.of(
                            "/",
                            "/rss/",
                            "/atom/",
                            "/sitemap.xml",
                            "/sitemap-news.xml",
                            "/opensearch.xml",
                            "/newsletters/",
                            "/newsletters/morning/",
                            "/search/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                            "/pro/",
                            "/events/",
                            "/events/an-evening-with-the-energy-desk/",
                            "/events/the-border-levy-explained/",
                            "/archive/"),
                    120,
                    shown));
            assertThat(seen).hasSizeGreaterThan(200);
            assertThat(shown)
                    .as("pages that show the words, so that this test can fail")
                    .hasSizeGreaterThan(100);
        }
    }

    private static int fill(Handle handle) {
        int filled = 0;
        for (String table : TABLES)
            for (String column : handle.createQuery("""
                            select column_name from information_schema.columns
                            where table_name = :table and table_schema = 'public' and data_type = 'text' and is_generated = 'NEVER'
                            """)
                    .bind("table", table)
                    .mapTo(String.class)
                    .list())
                if (!NO_FREE_TEXT.contains(column) && !(table.equals("picture") && column.equals("name"))) {
                    handle.createUpdate("update " + table + " set " + column + " = " + column + " || :script")
                            .bind("script", SCRIPT)
                            .execute();
                    filled++;
                }
        handle.createUpdate(
                        "update setting set value = value || :script where name in ('name', 'tagline', 'description', 'notice', 'address', 'paying')")
                .bind("script", SCRIPT)
                .execute();
        return filled;
    }

    private static Set<String> walk(Press.Person person, List<String> from, int most, Set<String> shown)
            throws Exception {
        var seen = new LinkedHashSet<String>();
        var ahead = new ArrayDeque<String>(from);
        while (!ahead.isEmpty() && seen.size() < most) {
            String path = ahead.poll();
            if (path.startsWith("/content/")
                    || path.startsWith("/assets/")
                    || path.startsWith("/static/")
                    || path.startsWith("/signout")
                    || !seen.add(path)) continue;
            var answer = person.get(path);
            String type = answer.headers().firstValue("Content-Type").orElse("");
            if (!type.contains("html") && !type.contains("xml")) continue;
            String body = answer.body();
            assertThat(answer.statusCode()).as(path).isLessThan(500);
            assertThat(body).as(path).doesNotContain("<script>alert(", "<img src=x onerror");
            if (body.contains("alert(1)")) shown.add(path);
            var links = LINK.matcher(body);
            while (links.find()) ahead.add(links.group(1).replace("&amp;", "&"));
        }
        return seen;
    }
}
