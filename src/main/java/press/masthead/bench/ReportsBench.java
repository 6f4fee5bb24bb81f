package press.masthead.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Standing;
import press.masthead.charts.Plot;
import press.masthead.charts.Svg;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.reports.ReportCopies;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;
import press.masthead.stories.Stories;
import press.masthead.stories.Teaser;

/** A report of some 60 pages with 20 charts: set on paper, stamped for a member, and its charts drawn for a page. */
public final class ReportsBench {
    private static final int CHAPTERS = 10;
    private static final int CHARTS = 20;
    private static final int TIMES = 7;
    private static final double SET_MS = 3_000;
    private static final double STAMP_MS = 100;
    private static final double DRAW_MS = 5;

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final List<Double> worked = new ArrayList<>();
    private final Jdbi jdbi;
    private final Drafts drafts;
    private final Stories stories;
    private final ReportCopies copies;

    public ReportsBench(Jdbi jdbi, Drafts drafts, Stories stories, ReportCopies copies) {
        this.jdbi = jdbi;
        this.drafts = drafts;
        this.stories = stories;
        this.copies = copies;
    }

    public void run() throws IOException {
        long id = publish();
        Reader reader = reader();
        Supplier<byte[]> take = () -> take(id, reader);
        double[] set = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            forget();
            set[i] = took(take);
        }
        double setWorked = worked();
        double[] stamp =
                IntStream.range(0, 5 * TIMES).mapToDouble(i -> took(take)).toArray();
        double stampWorked = worked();
        Plot usual = plot(24, 4);
        Plot large = plot(10_000, 4);
        double[] draw = IntStream.range(0, 400)
                .mapToDouble(i -> took(() -> drawn(usual)))
                .toArray();
        double drawWorked = worked();
        double[] drawLarge = IntStream.range(0, 40)
                .mapToDouble(i -> took(() -> drawn(large)))
                .toArray();
        byte[] pdf = take.get();
        int pages;
        try (var document = Loader.loadPDF(pdf)) {
            pages = document.getNumberOfPages();
        }
        System.out.printf(
                Locale.ROOT,
                "%d pages, %d charts, %d kB. Set and stamped: first %.0f ms, then median %.0f ms (longest %.0f)%n",
                pages,
                CHARTS,
                pdf.length / 1024,
                set[0],
                median(Arrays.copyOfRange(set, 1, TIMES)),
                max(Arrays.copyOfRange(set, 1, TIMES)));
        System.out.printf(
                Locale.ROOT,
                "Kept, and stamped with a name: median %.1f ms (longest %.1f), its rows in the database included%n",
                median(stamp),
                max(stamp));
        System.out.printf(
                Locale.ROOT,
                "A chart of 24 labels and 4 series as SVG, for a wide and a narrow place: median %.2f ms; of 10,000: %.1f ms%n",
                median(draw),
                median(drawLarge));
        System.out.printf(
                Locale.ROOT,
                "Of these at work, without waiting for a processor: %.0f, %.1f and %.2f ms; load %.1f on %d processors%n",
                setWorked,
                stampWorked,
                drawWorked,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
        double[][] all = {
            {median(Arrays.copyOfRange(set, 1, TIMES)), SET_MS}, {median(stamp), STAMP_MS}, {median(draw), DRAW_MS}
        };
        double[] worst = Arrays.stream(all)
                .max((a, b) -> Double.compare(a[0] / a[1], b[0] / b[1]))
                .orElseThrow();
        // The one of the three that is nearest to its limit.
        System.out.printf(
                Locale.ROOT,
                "reports ratio=%.2f ours=%.2f limit=%.0f unit=ms rss_mb=%d%n",
                worst[0] / worst[1],
                worst[0],
                worst[1],
                Tools.residentMegabytes());
    }

    private byte[] take(long id, Reader reader) {
        Teaser teaser = stories.teaser(id).orElseThrow();
        Answer answer = Paywall.ask(new Standing.Staff(), teaser.card().rule(), Instant.EPOCH, Meter.OFF, Gift.NONE);
        if (!(answer instanceof Answer.Open pass)) throw new IllegalStateException("staff may read everything");
        return copies.take(teaser, Optional.of(reader), pass);
    }

    /** As an edit would: what is kept no longer fits. */
    private void forget() {
        jdbi.useHandle(handle -> handle.execute("update report_copy set version = ''"));
    }

    private Reader reader() {
        long id = jdbi.withHandle(
                handle -> handle.createQuery("""
                        insert into reader (email, email_key, name, created_at, confirmed_at)
                        values ('cleo@reader.example', 'cleo@reader.example', 'Cleo Tarn', now(), now()) returning id
                        """).mapTo(Long.class).one());
        return new Reader(
                id,
                EmailAddress.parse("cleo@reader.example").orElseThrow().toString(),
                "Cleo Tarn",
                "en",
                Optional.empty(),
                Optional.empty());
    }

    private long publish() {
        var draft = new Draft(
                "report",
                "bench-report",
                "A sample report to measure",
                "Made for a measurement; every word and figure of it is invented.",
                body(),
                "en",
                "ltr",
                "",
                Optional.empty(),
                Rule.of(Audience.MEMBER),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "");
        return jdbi.inTransaction(handle -> {
            if (!(drafts.create(handle, draft, null) instanceof Drafts.Saved saved))
                throw new IllegalStateException("a report that can't be saved");
            drafts.publishing().publish(handle, saved.id(), null);
            return saved.id();
        });
    }

    private static String body() {
        String words = "<p>"
                + "A line makes money from the difference in price between its ends, and in time abolishes it. "
                        .repeat(9)
                + "</p>";
        var notes = new StringBuilder();
        var body = new StringBuilder();
        for (int chapter = 1; chapter <= CHAPTERS; chapter++) {
            body.append("<h2>Chapter %d of the sample</h2>".formatted(chapter));
            for (int part = 1; part <= CHARTS / CHAPTERS; part++) {
                int note = (chapter - 1) * CHARTS / CHAPTERS + part;
                body.append(words.repeat(6))
                        .append("<p>One claim.<sup><a href=\"#fn%d\" id=\"fnref%d\">%d</a></sup></p>"
                                .formatted(note, note, note))
                        .append(plot(24, 1 + note % 4).html())
                        .append(words.repeat(4));
                notes.append("<li id=\"fn%d\"><p>A sample source.</p></li>".formatted(note));
            }
            if (chapter == CHAPTERS) body.append(table());
        }
        return body + "<section class=\"footnotes\"><ol>" + notes + "</ol></section>";
    }

    private static String table() {
        return IntStream.rangeClosed(1, 300)
                .mapToObj(i ->
                        "<tr><th scope=\"row\">District %d</th><td>%d</td><td>%d</td></tr>".formatted(i, i * 3, i * 7))
                .collect(Collectors.joining(
                        "",
                        "<table><thead><tr><th>District</th><th>Loans</th><th>Losses</th></tr></thead><tbody>",
                        "</tbody></table>"));
    }

    private static Plot plot(int rows, int series) {
        String head = "Month"
                + IntStream.rangeClosed(1, series)
                        .mapToObj(s -> "\tSeries " + s)
                        .collect(Collectors.joining());
        String table = IntStream.range(0, rows)
                .mapToObj(i -> "M" + i
                        + IntStream.rangeClosed(1, series)
                                .mapToObj(s -> "\t" + Math.round(1_000 * Math.sin(i / 3.0 + s)))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
        String kind = List.of("lines", "bars", "areas", "stacked").get(series % 4);
        return Plot.read(kind, "A sample chart", "Invented figures.", "Sample", "MWh", head + "\n" + table);
    }

    private static byte[] drawn(Plot plot) {
        return new byte[Svg.both(plot.chart("chart-1", Locale.ENGLISH)).length()];
    }

    /** Milliseconds by the clock; how many of them this thread was at work is added up beside. */
    private double took(Supplier<byte[]> work) {
        long worked = CPU.getCurrentThreadCpuTime();
        long began = System.nanoTime();
        if (work.get().length == 0) throw new IllegalStateException("nothing was made");
        double took = (System.nanoTime() - began) / 1e6;
        this.worked.add((CPU.getCurrentThreadCpuTime() - worked) / 1e6);
        return took;
    }

    /** The median of this thread's own milliseconds since the last question. */
    private double worked() {
        double median = median(worked.stream().mapToDouble(Double::doubleValue).toArray());
        worked.clear();
        return median;
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double max(double[] figures) {
        return Arrays.stream(figures).max().orElse(0);
    }
}
