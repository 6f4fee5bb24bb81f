package press.masthead.account;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** Everyone who has an address, as the newsroom looks them up. */
public final class ReaderListDesk {
    private static final int PAGE = 50;

    private final Readers readers;
    private final Memberships memberships;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public ReaderListDesk(Readers readers, Memberships memberships, Publication publication, Html html, Clock clock) {
        this.readers = readers;
        this.memberships = memberships;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /** @param back where the first page is; empty on it */
    record ListPage(Reader staff, String notice, List<Row> rows, String words, String back, String more, Times times) {}

    record Row(Readers.Listed reader, MemberWords state) {}

    /** GET /desk/readers?q=&before= */
    public void list(Context ctx) {
        Reader staff = Visit.staff(ctx);
        String words = Optional.ofNullable(ctx.queryParam("q")).orElse("").strip();
        long before = Optional.ofNullable(ctx.queryParam("before"))
                .filter(id -> id.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        List<Readers.Listed> found =
                words.isEmpty() ? readers.newest(before, PAGE + 1) : readers.find(words, before, PAGE + 1);
        String first =
                "/desk/readers" + (words.isEmpty() ? "" : "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
        String more = "";
        if (found.size() > PAGE) {
            found = found.subList(0, PAGE);
            more = first + (words.isEmpty() ? "?" : "&") + "before="
                    + found.getLast().id();
        }
        html.page(
                ctx,
                "account/readers",
                new ListPage(
                        staff,
                        Flash.take(ctx),
                        rows(found),
                        words,
                        before == Long.MAX_VALUE ? "" : first,
                        more,
                        new Times(publication.settings().zone(), clock.instant())));
    }

    private List<Row> rows(List<Readers.Listed> found) {
        Map<Long, Membership> member =
                memberships.find(found.stream().map(Readers.Listed::id).toList());
        return found.stream()
                .map(reader -> new Row(
                        reader,
                        MemberWords.of(
                                reader.role(),
                                reader.confirmedAt().isPresent(),
                                Optional.ofNullable(member.get(reader.id())),
                                clock.instant())))
                .toList();
    }
}
