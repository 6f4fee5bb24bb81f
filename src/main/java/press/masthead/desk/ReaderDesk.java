package press.masthead.desk;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** Everyone who has an address, as the newsroom looks them up. */
public final class ReaderDesk {
    private static final int PAGE = 50;

    private final Readers readers;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public ReaderDesk(Readers readers, Publication publication, Html html, Clock clock) {
        this.readers = readers;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record ListPage(Reader staff, String notice, List<Readers.Listed> found, String words, String more, Times times) {}

    /** GET /desk/readers?q=&before= */
    public void list(Context ctx) {
        Reader staff = Visit.staff(ctx);
        String words = Optional.ofNullable(ctx.queryParam("q")).orElse("").strip();
        long before = Optional.ofNullable(ctx.queryParam("before"))
                .filter(id -> id.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        List<Readers.Listed> found = readers.find(words, before, PAGE + 1);
        String more = "";
        if (found.size() > PAGE) {
            found = found.subList(0, PAGE);
            more = "/desk/readers?q=" + java.net.URLEncoder.encode(words, java.nio.charset.StandardCharsets.UTF_8)
                    + "&before=" + found.getLast().id();
        }
        var times = new Times(publication.settings().zone(), clock.instant());
        html.page(ctx, "desk/readers", new ListPage(staff, Flash.take(ctx), found, words, more, times));
    }
}
