package press.masthead.charts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/**
 * A chart as it stands in a text, with its figures: {@code <figure data-chart="lines" data-unit="%">}, in which {@code figcaption} is
 * the title, {@code p} what is to be seen, {@code cite} the source, and {@code pre} the table as CSV. So a text's history, its
 * comparison and its copies hold the chart without knowing it.
 *
 * @param unit as written behind figures; empty where they have none. A code of ISO 4217 stands before them
 */
public record Plot(Kind kind, String title, String description, String source, String unit, Sheet sheet) {
    /** How a chart is drawn, by the name under which it is kept. */
    public enum Kind {
        BARS("Bars"),
        STACKED("Stacked bars"),
        LINES("Lines"),
        AREAS("Areas"),
        DOTS("Dots"),
        MULTIPLES("Small charts side by side");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String stored() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String words() {
            return words;
        }

        static Optional<Kind> of(String stored) {
            for (Kind kind : values()) if (kind.stored().equals(stored)) return Optional.of(kind);
            return Optional.empty();
        }
    }

    /** Where one stands in a body. */
    public static final String SELECTOR = "figure[data-chart]";

    /**
     * Reads a chart.
     *
     * @throws Sheet.Unreadable with the sentence for whoever wrote it
     */
    public static Plot read(String kind, String title, String description, String source, String unit, String table) {
        Kind drawn = Kind.of(kind).orElseThrow(() -> new Sheet.Unreadable("Choose how the chart is drawn."));
        if (title.isBlank())
            throw new Sheet.Unreadable("A chart needs a title: it is what readers hear who can’t see it.");
        if (title.length() > 200) throw new Sheet.Unreadable("This title is longer than 200 characters.");
        if (unit.length() > 30) throw new Sheet.Unreadable("This unit is longer than 30 characters.");
        return new Plot(
                drawn,
                title.strip(),
                description.strip(),
                source.strip(),
                unit.strip(),
                Sheet.read(table, drawn == Kind.DOTS));
    }

    /**
     * Reads the figure of a body.
     *
     * @throws Sheet.Unreadable where its table was damaged
     */
    public static Plot of(Element figure) {
        Element caption = figure.selectFirst("figcaption");
        Element says = figure.selectFirst("> p");
        Element source = figure.selectFirst("cite");
        Element table = figure.selectFirst("pre");
        return read(
                figure.attr("data-chart"),
                caption == null ? "" : caption.text(),
                says == null ? "" : says.text(),
                source == null ? "" : source.text(),
                figure.attr("data-unit"),
                table == null ? "" : table.wholeText());
    }

    /**
     * What it shows.
     *
     * @param id unique on its page
     */
    public Chart chart(String id, Locale locale) {
        // Figures stand beside words that have 0 to 9 in every language of ours.
        Locale latin = new Locale.Builder()
                .setLocale(locale)
                .setUnicodeLocaleKeyword("nu", "latn")
                .build();
        var about = new About(id, title, description, sheet.head().getFirst(), measure(unit), latin);
        return switch (kind) {
            case BARS -> new Chart.Bars(about, sheet.labels(), series());
            case STACKED -> new Chart.Stacked(about, sheet.labels(), series());
            case LINES -> new Chart.Lines(about, sheet.labels(), series());
            case AREAS -> new Chart.Areas(about, sheet.labels(), series());
            case DOTS ->
                new Chart.Scatter(
                        about,
                        sheet.head().get(1),
                        new Unit.Measure(""),
                        sheet.head().get(2),
                        dots());
            case MULTIPLES ->
                new Chart.Multiples(
                        about,
                        IntStream.range(0, series().size())
                                .<Chart.Labelled>mapToObj(s -> part(about, s))
                                .toList());
        };
    }

    private Chart.Lines part(About about, int s) {
        Chart.Series one = series().get(s);
        var own = new About(about.id() + "-" + (s + 1), one.name(), "", about.labels(), about.unit(), about.locale());
        return new Chart.Lines(own, sheet.labels(), List.of(one));
    }

    private List<Chart.Series> series() {
        return IntStream.range(1, sheet.head().size())
                .mapToObj(c -> new Chart.Series(sheet.head().get(c), sheet.column(c - 1)))
                .toList();
    }

    private List<Chart.Dots> dots() {
        var groups = new LinkedHashMap<String, List<Chart.Dot>>();
        for (int i = 0; i < sheet.labels().size(); i++) {
            List<Double> at = sheet.values().get(i);
            groups.computeIfAbsent(
                            sheet.groups().isEmpty() ? "" : sheet.groups().get(i), name -> new ArrayList<>())
                    .add(new Chart.Dot(sheet.labels().get(i), at.get(0), at.get(1)));
        }
        return groups.entrySet().stream()
                .map(group -> new Chart.Dots(group.getKey(), group.getValue()))
                .toList();
    }

    private static Unit measure(String unit) {
        boolean currency = unit.matches("[A-Z]{3}")
                && java.util.Currency.getAvailableCurrencies().stream()
                        .anyMatch(one -> one.getCurrencyCode().equals(unit));
        return currency ? new Unit.Money(unit) : new Unit.Measure(unit);
    }

    /** Its figures as people read them. */
    public ChartTable table(Locale locale) {
        About about = chart("table", locale).about();
        Unit plain = kind == Kind.DOTS ? new Unit.Measure("") : about.unit();
        return new ChartTable(
                sheet.head(),
                IntStream.range(0, sheet.labels().size())
                        .mapToObj(i -> Stream.of(
                                        Stream.of(sheet.labels().get(i)),
                                        sheet.values().get(i).stream().map(value -> plain.full(value, about.locale())),
                                        sheet.groups().stream().skip(i).limit(1))
                                .flatMap(part -> part)
                                .toList())
                        .toList());
    }

    /** Its figures as a file that a spreadsheet opens: CSV with a point before decimals. */
    public String file() {
        return Stream.concat(Stream.of(sheet.head()), rows())
                .map(row -> row.stream().map(ChartTable::cell).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    private Stream<List<String>> rows() {
        return IntStream.range(0, sheet.labels().size()).mapToObj(sheet::row);
    }

    /** The figure as a body keeps it. */
    public String html() {
        return "<figure data-chart=\"%s\" data-unit=\"%s\"><figcaption>%s</figcaption>%s%s<pre>\n%s</pre></figure>"
                .formatted(
                        kind.stored(),
                        Pen.text(unit),
                        Pen.text(title),
                        description.isEmpty() ? "" : "<p>" + Pen.text(description) + "</p>",
                        source.isEmpty() ? "" : "<cite>" + Pen.text(source) + "</cite>",
                        Pen.text(sheet.csv()));
    }
}
