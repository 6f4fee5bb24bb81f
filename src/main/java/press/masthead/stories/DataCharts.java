package press.masthead.stories;

import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import press.masthead.charts.Plot;
import press.masthead.charts.Sheet;

/** The charts of a body, each with its figures: see {@link Plot}. */
final class DataCharts {
    private DataCharts() {}

    /** Writes each as it is kept. One that can't be read stays as it came, for whoever wrote it to mend. */
    static void tidy(Element body) {
        for (Element figure : body.select(Plot.SELECTOR))
            try {
                Element tidy = Jsoup.parseBodyFragment(Plot.of(figure).html()).expectFirst(Plot.SELECTOR);
                if (figure.hasAttr("id")) tidy.id(figure.id());
                figure.replaceWith(tidy);
            } catch (Sheet.Unreadable unreadable) {
                // told by complaint, where there is someone to tell
            }
    }

    /** What is wrong with the first chart that can't be read, in one sentence. */
    static Optional<String> complaint(String html) {
        if (!html.contains("data-chart")) return Optional.empty();
        for (Element figure : Jsoup.parseBodyFragment(html).select(Plot.SELECTOR))
            try {
                Plot.of(figure);
            } catch (Sheet.Unreadable unreadable) {
                Element caption = figure.selectFirst("figcaption");
                String which =
                        caption == null || caption.text().isBlank() ? "A chart" : "The chart “" + caption.text() + "”";
                return Optional.of(which + " can’t be drawn. " + unreadable.sentence());
            }
        return Optional.empty();
    }

    /** How many words are figures of charts, which nobody reads as text. */
    static int words(Element body) {
        return body.select(Plot.SELECTOR + " pre").stream()
                .mapToInt(table -> StoryText.count(table.text()))
                .sum();
    }
}
