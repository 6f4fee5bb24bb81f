package press.masthead.teams;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import press.masthead.desk.Slug;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Pdf;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;

/** How much a team reads, by month: as a page with a chart, as CSV, as PDF. Nowhere who read what. */
public final class UsagePages {
    private static final int MONTHS = 12;
    private static final int SESSIONS = 24;

    private final Clock clock;
    private final TeamDoor door;
    private final Usage usage;
    private final Seats seats;
    private final Publication publication;
    private final PublicPages pages;
    private final Html html;

    public UsagePages(
            Clock clock,
            TeamDoor door,
            Usage usage,
            Seats seats,
            Publication publication,
            PublicPages pages,
            Html html) {
        this.clock = clock;
        this.door = door;
        this.usage = usage;
        this.seats = seats;
        this.publication = publication;
        this.pages = pages;
        this.html = html;
    }

    /** GET /team/{team}/usage/ */
    public void page(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        List<Usage.Month> months = usage.months(managed.team(), MONTHS);
        var context = TeamPages.frame(ctx, managed, "usage", "Usage");
        context.put("chart", UsageChart.svg(months, managed.team().name()));
        context.put("months", months.reversed().stream().map(UsagePages::row).toList());
        var day = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH)
                .withZone(managed.team().zoneId());
        context.put(
                "sessions",
                usage.sessions(managed.team(), SESSIONS).stream()
                        .map(one -> Map.<String, Object>of(
                                "title", one.title(),
                                "day", day.format(one.startsAt()),
                                "hidden", one.isHidden(),
                                "people", Math.max(0, one.people()),
                                "minutes", one.minutes()))
                        .toList());
        context.put("fewest", Usage.FEWEST);
        context.put("bought", seats.room(managed.team().id()).bought());
        pages.show(ctx, 200, "custom-team-usage", context);
    }

    private static Map<String, Object> row(Usage.Month month) {
        var map = new HashMap<String, Object>();
        map.put("name", TeamPages.MONTH.format(month.month()));
        map.put("used", month.used());
        map.put("hidden", month.isHidden());
        map.put("active", Math.max(0, month.active()));
        map.put("articles", month.pieces().getOrDefault("article", 0L));
        map.put("memos", month.pieces().getOrDefault("memo", 0L));
        map.put("reports", month.pieces().getOrDefault("report", 0L));
        return map;
    }

    /** GET /team/{team}/usage.csv (RFC 4180) */
    public void csv(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        List<Usage.Month> months = usage.months(managed.team(), MONTHS);
        var kinds = new TreeSet<>(List.of("article", "memo", "report"));
        months.forEach(month -> kinds.addAll(month.pieces().keySet()));
        var csv = new StringBuilder("month,seats_used,active_readers");
        kinds.forEach(kind -> csv.append(',').append(kind).append("s_read"));
        csv.append("\r\n");
        for (Usage.Month month : months) {
            csv.append(month.month()).append(',').append(month.used()).append(',');
            csv.append(month.isHidden() ? "fewer than " + Usage.FEWEST : Long.toString(month.active()));
            for (String kind : kinds)
                csv.append(',')
                        .append(
                                month.isHidden()
                                        ? ""
                                        : Long.toString(month.pieces().getOrDefault(kind, 0L)));
            csv.append("\r\n");
        }
        download(ctx, managed, "csv").contentType("text/csv; charset=utf-8").result(csv.toString());
    }

    /** GET /team/{team}/sessions.csv (RFC 4180) */
    public void sessions(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        var csv = new StringBuilder("begins,session,people,minutes\r\n");
        for (Usage.Session one : usage.sessions(managed.team(), 1_000))
            csv.append(one.startsAt())
                    .append(",\"")
                    .append(one.title().matches("[=+\\-@].*") ? "'" : "")
                    .append(one.title().replace("\"", "\"\""))
                    .append("\",")
                    .append(one.isHidden() ? "fewer than " + Usage.FEWEST : Long.toString(one.people()))
                    .append(',')
                    .append(one.isHidden() ? "" : Long.toString(one.minutes()))
                    .append("\r\n");
        download(ctx, managed, "csv").contentType("text/csv; charset=utf-8").result(csv.toString());
    }

    /** The report as paper. */
    record Paper(String publication, String team, String day, List<Usage.Month> months) {
        String name(Usage.Month month) {
            return TeamPages.MONTH.format(month.month());
        }

        String told(Usage.Month month) {
            return month.isHidden() ? "fewer than " + Usage.FEWEST : Long.toString(month.active());
        }

        String pieces(Usage.Month month, String kind) {
            return month.isHidden() ? "" : Long.toString(month.pieces().getOrDefault(kind, 0L));
        }

        /** Millimetres of a bar, at most 100. */
        long width(long value) {
            long most = months.stream().mapToLong(Usage.Month::used).max().orElse(1);
            return value * 100 / Math.max(1, most);
        }

        int fewest() {
            return Usage.FEWEST;
        }
    }

    /** GET /team/{team}/usage.pdf */
    public void pdf(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        var paper = new Paper(
                publication.settings().name(),
                managed.team().name(),
                new Times(managed.team().zoneId(), clock.instant()).day(clock.instant()),
                usage.months(managed.team(), MONTHS));
        download(ctx, managed, "pdf")
                .contentType("application/pdf")
                .result(Pdf.of(html.text("teams/usagepaper", paper)));
    }

    static Context download(Context ctx, TeamDoor.Managed managed, String ending) {
        String name = Slug.of(managed.team().name()).replaceAll("[^a-z0-9-]", "");
        return ctx.header("Cache-Control", "private, no-store")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"usage-"
                                + (name.isEmpty() ? managed.team().id() : name) + "." + ending + "\"");
    }
}
