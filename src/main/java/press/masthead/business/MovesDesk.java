package press.masthead.business;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.charts.ChartTable;
import press.masthead.desk.Audit;
import press.masthead.plans.Money;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** The members behind a figure: who joined, changed, paused or left in a month, on the page and as a file. */
public final class MovesDesk {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final int PAGE = 50;

    private final Jdbi jdbi;
    private final Moves moves;
    private final Audit audit;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public MovesDesk(Jdbi jdbi, Audit audit, Publication publication, Html html, Clock clock) {
        this.jdbi = jdbi;
        this.moves = new Moves(jdbi);
        this.audit = audit;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record MovesPage(
            Reader staff,
            String notice,
            String words,
            String what,
            String month,
            String label,
            List<Moves.Move> rows,
            String more,
            Times times) {
        String money(Moves.Move move) {
            return move.yearly() == 0 ? "–" : Money.words(move.yearly(), move.currency()) + " a year";
        }
    }

    /** GET /desk/business/moves?what=left&month=2026-11: the members behind a figure */
    public void moves(Context ctx) {
        Reader staff = Visit.business(ctx);
        List<String> what = what(ctx);
        YearMonth month = month(ctx);
        List<Moves.Move> found = moves.page(what, month, place(ctx), PAGE + 1);
        String here = "/desk/business/moves?what=" + String.join(",", what) + "&month=" + month;
        String more = "";
        if (found.size() > PAGE) {
            found = found.subList(0, PAGE);
            more = here + "&before=" + found.getLast().at() + "_"
                    + found.getLast().membershipId();
        }
        html.page(
                ctx,
                "business/moves",
                new MovesPage(
                        staff,
                        Flash.take(ctx),
                        String.join(", ", what.stream().map(Moves::words).toList()),
                        String.join(",", what),
                        month.toString(),
                        MONTH.format(month),
                        found,
                        more,
                        new Times(publication.settings().zone(), clock.instant())));
    }

    /** POST /desk/business/moves.csv: the same as a file */
    public void export(Context ctx) throws IOException {
        Reader staff = Visit.business(ctx);
        List<String> what = what(ctx);
        YearMonth month = month(ctx);
        jdbi.useTransaction(handle -> audit.note(
                handle, staff.id(), "exported the members who moved (" + String.join(", ", what) + ") in " + month));
        ctx.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + what.getFirst() + "-" + month + ".csv\"")
                .header("Cache-Control", "private, no-store");
        var out = new PrintWriter(new OutputStreamWriter(ctx.outputStream(), StandardCharsets.UTF_8), false);
        out.print("Address,Name,When,What,A year,Currency,Plan,Interval,Pays by,Source,Reason\r\n");
        moves.each(
                what,
                month,
                move -> out.print(String.join(
                                ",",
                                List.of(
                                        ChartTable.cell(move.email()),
                                        ChartTable.cell(move.name()),
                                        move.at().toString(),
                                        move.what(),
                                        new Money(move.yearly(), move.currency())
                                                .figure()
                                                .replace(",", ""),
                                        move.currency(),
                                        ChartTable.cell(move.plan()),
                                        move.interval(),
                                        move.payment(),
                                        ChartTable.cell(move.source()),
                                        ChartTable.cell(move.reason())))
                        + "\r\n"));
        out.flush();
    }

    private static List<String> what(Context ctx) {
        String asked = Optional.ofNullable(ctx.queryParam("what")).orElse("");
        List<String> known = Arrays.stream(asked.split(","))
                .filter(what -> Arrays.stream(Measure.values()).anyMatch(one -> one.moves.contains(what)))
                .toList();
        if (known.isEmpty()) throw Problem.notFound("There is no such list.");
        return known;
    }

    private YearMonth month(Context ctx) {
        String asked = Optional.ofNullable(ctx.queryParam("month")).orElse("");
        if (!asked.matches("[0-9]{4}-(0[1-9]|1[0-2])"))
            return YearMonth.from(clock.instant().atZone(publication.settings().zone()));
        return YearMonth.parse(asked);
    }

    static Moves.Place place(Context ctx) {
        String asked = Optional.ofNullable(ctx.queryParam("before")).orElse("");
        int cut = asked.indexOf('_');
        if (cut < 0 || !asked.substring(cut + 1).matches("\\d{1,18}")) return Moves.Place.FIRST;
        try {
            return new Moves.Place(Instant.parse(asked.substring(0, cut)), Long.parseLong(asked.substring(cut + 1)));
        } catch (java.time.DateTimeException e) {
            return Moves.Place.FIRST;
        }
    }
}
