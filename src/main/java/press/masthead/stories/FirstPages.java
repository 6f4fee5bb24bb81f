package press.masthead.stories;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import press.masthead.access.Audience;
import press.masthead.access.Rule;

/**
 * The pages that every page's foot leads to, in plain words, for a newsroom that begins with nothing. They are made once, at the
 * first start, and are pages like any other from then on; until someone saves them the newsroom sees that they are to be replaced.
 */
public final class FirstPages {
    private static final List<String> SLUGS = List.of("about", "corrections", "privacy", "terms");

    private final Jdbi jdbi;
    private final Drafts drafts;
    private final Clock clock;

    public FirstPages(Jdbi jdbi, Drafts drafts, Clock clock) {
        this.jdbi = jdbi;
        this.drafts = drafts;
        this.clock = clock;
    }

    /** Does nothing where anything was ever written; of two nodes that start at once, one does it. */
    public void run() {
        jdbi.useTransaction(handle -> {
            if (begun(handle)) return;
            handle.execute("select pg_advisory_xact_lock(hashtext('first pages'))");
            if (!begun(handle)) SLUGS.forEach(slug -> write(handle, slug));
        });
    }

    private static boolean begun(Handle handle) {
        return handle.createQuery("select exists (select from story)")
                .mapTo(Boolean.class)
                .one();
    }

    private void write(Handle handle, String slug) {
        Element page = Jsoup.parseBodyFragment(text(slug)).body();
        String title = taken(page, "h1");
        String standfirst = taken(page, "p");
        var draft = new Draft(
                "page",
                slug,
                title,
                standfirst,
                page.html(),
                "en",
                "ltr",
                "",
                Optional.empty(),
                Rule.of(Audience.PUBLIC),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "{\"to_be_replaced\": true}");
        if (drafts.create(handle, draft, null) instanceof Drafts.Saved saved)
            drafts.publishing().publishAt(handle, saved.id(), clock.instant(), null);
    }

    private static String taken(Element page, String tag) {
        Element first = page.selectFirst(tag);
        if (first == null) throw new IllegalStateException("a first page without " + tag);
        first.remove();
        return first.text();
    }

    private static String text(String slug) {
        try (InputStream in = FirstPages.class.getResourceAsStream("/pages/" + slug + ".html")) {
            if (in == null) throw new IllegalStateException("there is no first page " + slug);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
