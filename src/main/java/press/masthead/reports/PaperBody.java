package press.masthead.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import press.masthead.charts.Figure;
import press.masthead.charts.Plot;
import press.masthead.charts.Sheet;
import press.masthead.charts.Svg;
import press.masthead.platform.web.Typeset;

/** Brings a report's text into the shape that paper wants: notes to the foot of their page, charts as drawings, heads that run along. */
final class PaperBody {
    /** How wide the text is on paper, in millimetres. */
    private static final double MEASURE = 158;

    /** A table of so many rows stands on one page. */
    private static final int SHORT = 12;

    private final Element body;
    private final ReportPaper.Paper paper;
    private final Map<String, Typeset.Drawing> drawings;
    private final List<ReportPaper.Chapter> chapters = new ArrayList<>();

    PaperBody(Element body, ReportPaper.Paper paper, Map<String, Typeset.Drawing> drawings) {
        this.body = body;
        this.paper = paper;
        this.drawings = drawings;
    }

    List<ReportPaper.Chapter> chapters() {
        return List.copyOf(chapters);
    }

    void arrange() {
        notes();
        for (Element figure : body.select(Plot.SELECTOR)) chart(figure);
        pictures();
        for (Element table : body.select("table:not(.small-charts)"))
            table.addClass(table.select("tr").size() <= SHORT ? "data short" : "data");
        links();
        for (Element section : body.select("section")) section.tagName("div");
        heads();
        Document owner = body.ownerDocument();
        if (owner != null) owner.outputSettings().prettyPrint(false);
    }

    /** Each mark gets its note, which floats to the foot of the mark's page. */
    private void notes() {
        for (Element mark : body.select("sup:has(a[href^=#fn])")) {
            Element link = mark.expectFirst("a");
            Element note = body.getElementById(link.attr("href").substring(1));
            String number = mark.text().strip();
            mark.text(number);
            if (note == null) continue;
            note.select("a[href^=#fnref]").remove();
            note.select("p").unwrap();
            Element foot = new Element("span").addClass("note");
            foot.appendElement("span").addClass("number").text(number + " ");
            foot.append(note.html());
            mark.after(foot);
        }
        body.select("section.footnotes").remove();
    }

    private void pictures() {
        for (Element image : body.select("img")) {
            image.attr("src", "picture:" + image.attr("src").replaceFirst("^.*/", ""));
            image.removeAttr("width").removeAttr("height").removeAttr("srcset");
        }
    }

    private void links() {
        for (Element link : body.select("a[href^=/]")) link.attr("href", paper.address() + link.attr("href"));
        for (Element link : body.select("a[href^=#]"))
            if (body.getElementById(link.attr("href").substring(1)) == null) link.removeAttr("href");
    }

    private void heads() {
        for (Element heading : body.select("h2")) {
            Element chapter = heading.parent() == null || heading.parent() == body ? heading : heading.parent();
            if (!chapter.hasAttr("id")) chapter.id("chapter-" + (chapters.size() + 1));
            chapter.addClass(chapters.isEmpty() ? "opening-chapter" : "chapter");
            var head = new Element("div").addClass("chapter-head").text(heading.text());
            if (chapter == heading) heading.after(head);
            else heading.before(head);
            chapters.add(new ReportPaper.Chapter(chapters.size() + 1, heading.text(), chapter.id()));
        }
    }

    private void chart(Element figure) {
        Plot plot;
        try {
            plot = Plot.of(figure);
        } catch (Sheet.Unreadable damaged) {
            figure.select("pre").remove();
            return;
        }
        var shown =
                new Figure(plot.chart("chart-" + (drawings.size() + 1), Locale.forLanguageTag(paper.language())), "");
        var chart = new Element("div").addClass("chart");
        if (figure.hasAttr("id")) chart.id(figure.id());
        chart.appendElement("p").addClass("chart-title").text(plot.title());
        String says = plot.description().isEmpty() || plot.unit().isEmpty()
                ? plot.unit() + plot.description()
                : plot.unit() + " · " + plot.description();
        if (!says.isEmpty()) chart.appendElement("p").addClass("chart-says").text(says);
        if (plot.kind() != Plot.Kind.MULTIPLES && !shown.legend().isEmpty()) legend(chart, shown.legend());
        Element drawn = Jsoup.parseBodyFragment(Svg.wide(shown.chart())).body();
        if (plot.kind() == Plot.Kind.MULTIPLES) multiples(chart, drawn, plot.title());
        else plot(chart, drawn.expectFirst("svg"), MEASURE, plot.title());
        if (plot.kind() == Plot.Kind.DOTS)
            chart.appendElement("p")
                    .addClass("chart-source")
                    .text("↔ " + plot.sheet().head().get(1) + "   ↕ "
                            + plot.sheet().head().get(2));
        if (!plot.source().isEmpty())
            chart.appendElement("p").addClass("chart-source").text(plot.source());
        figure.replaceWith(chart);
    }

    private void legend(Element chart, List<String> names) {
        Element legend = chart.appendElement("p").addClass("legend");
        for (int s = 0; s < names.size(); s++) {
            String key = "key-" + s;
            drawings.put(key, ChartDrawing.key(s));
            legend.appendElement("object").attr("data-drawing", key).attr("alt", "");
            legend.appendText("\u00a0" + names.get(s) + "\u2003 ");
        }
    }

    private void multiples(Element chart, Element drawn, String title) {
        Element table = chart.appendElement("table").addClass("small-charts");
        Element row = table.appendElement("tr");
        for (Element one : drawn.select(".multiple")) {
            if (row.childrenSize() == 3) row = table.appendElement("tr");
            Element cell = row.appendElement("td");
            cell.appendElement("p")
                    .addClass("small-name")
                    .text(one.expectFirst("p").text());
            plot(cell, one.expectFirst("svg"), MEASURE / 3 - 3, title);
        }
    }

    /** The drawing, and its words as text in their places over it. */
    private void plot(Element into, Element svg, double width, String title) {
        ChartDrawing drawing = ChartDrawing.of(svg);
        String name = "chart-" + (drawings.size() + 1);
        drawings.put(name, drawing);
        double unit = width / drawing.width();
        double height = drawing.height() * unit;
        Element plot = into.appendElement("div").addClass("plot").attr("style", size(width, height));
        plot.appendElement("object")
                .attr("data-drawing", name)
                .attr("alt", title)
                .attr("style", size(width, height));
        for (Element text : svg.select("text.tick")) {
            double x = Double.parseDouble(text.attr("x")) * unit;
            double y = Double.parseDouble(text.attr("y")) * unit;
            double wide = 60;
            boolean middle = text.attr("text-anchor").equals("middle");
            double left = middle ? x - wide / 2 : paper.rtl() ? x : x - wide;
            plot.appendElement("span")
                    .text(text.text())
                    .attr(
                            "style",
                            "left:%.2fmm;top:%.2fmm;width:%.2fmm;text-align:%s"
                                    .formatted(
                                            left, y - 2.3, wide, middle ? "center" : paper.rtl() ? "left" : "right"));
        }
    }

    private static String size(double width, double height) {
        return String.format(Locale.ROOT, "width:%.2fmm;height:%.2fmm", width, height);
    }
}
