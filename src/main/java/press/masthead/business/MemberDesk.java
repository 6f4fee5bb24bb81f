package press.masthead.business;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.charts.ChartTable;
import press.masthead.desk.Audit;
import press.masthead.plans.Plans;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.signin.Fresh;

/** The members of the publication: looked up, filtered, taken along as a file. */
public final class MemberDesk {
    private static final int PAGE = 50;

    private final Jdbi jdbi;
    private final MemberList members;
    private final Plans plans;
    private final Audit audit;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public MemberDesk(Jdbi jdbi, Plans plans, Audit audit, Publication publication, Html html, Clock clock) {
        this.jdbi = jdbi;
        this.members = new MemberList(jdbi, clock, () -> publication.settings().zone());
        this.plans = plans;
        this.audit = audit;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /** @param count how many there are, in words; empty past the first page */
    record Page(
            Reader staff,
            String notice,
            MemberFilter filter,
            List<MemberList.Row> rows,
            String count,
            boolean first,
            String more,
            List<Plans.Named> plans,
            MemberList.Choices choices,
            Times times) {
        /** How someone pays, as one says it. */
        String pays(String payment) {
            return switch (payment) {
                case "invoice" -> "by invoice";
                case "stripe" -> "by card";
                case "gift" -> "gift";
                case "complimentary" -> "given";
                default -> "team";
            };
        }
    }

    /** GET /desk/business/members */
    public void list(Context ctx) {
        Reader staff = Visit.business(ctx);
        var filter = MemberFilter.of(ctx);
        Moves.Place place = MovesDesk.place(ctx);
        boolean first = place.equals(Moves.Place.FIRST);
        List<MemberList.Row> found = members.page(filter, place, PAGE + 1);
        String more = "";
        if (found.size() > PAGE) {
            found = found.subList(0, PAGE);
            more = "/desk/business/members" + filter.query() + "&before="
                    + found.getLast().since() + "_" + found.getLast().id();
        }
        html.page(
                ctx,
                "business/members",
                new Page(
                        staff,
                        Flash.take(ctx),
                        filter,
                        found,
                        first ? words(members.count(filter)) : "",
                        first,
                        more,
                        plans.named(),
                        members.choices(),
                        new Times(publication.settings().zone(), clock.instant())));
    }

    private static String words(int count) {
        return count > MemberList.MOST_COUNTED
                ? MemberList.MOST_COUNTED + "+ people"
                : count == 1 ? "1 person" : count + " people";
    }

    /** POST /desk/business/members.csv: the same as a file */
    public void export(Context ctx) throws IOException {
        Reader staff = Visit.business(ctx);
        Fresh.require(ctx);
        var filter = MemberFilter.of(ctx);
        jdbi.useTransaction(handle -> audit.note(
                handle, staff.id(), "exported the list of members" + (filter.isEmpty() ? "" : ", filtered")));
        ctx.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"members.csv\"")
                .header("Cache-Control", "private, no-store");
        var out = new PrintWriter(new OutputStreamWriter(ctx.outputStream(), StandardCharsets.UTF_8), false);
        out.print("Address,Name,State,Plan,Interval,Pays by,Source,Joined,Until,Team\r\n");
        members.each(filter, row -> out.print(line(row)));
        out.flush();
    }

    private static String line(MemberList.Row row) {
        return Stream.of(
                                row.email(),
                                row.name(),
                                row.words(),
                                row.plan(),
                                row.interval(),
                                row.payment(),
                                row.source(),
                                row.since().toString(),
                                row.until().toString(),
                                row.team())
                        .map(ChartTable::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
