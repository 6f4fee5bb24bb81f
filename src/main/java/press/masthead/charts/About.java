package press.masthead.charts;

import java.util.Locale;
import java.util.Set;

/**
 * What is told about every chart.
 *
 * @param id unique on its page; letters, digits and hyphens
 * @param title what it shows, in a few words
 * @param description what is to be seen in it, in a sentence; may be empty
 * @param labels what the labels are, such as "Month"
 * @param unit of the values
 * @param locale how figures are written, and from which side one reads
 */
public record About(String id, String title, String description, String labels, Unit unit, Locale locale) {
    private static final Set<String> FROM_THE_RIGHT = Set.of("ar", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi");

    public About {
        if (!id.matches("[A-Za-z][A-Za-z0-9-]*")) throw new IllegalArgumentException("not an id: " + id);
    }

    boolean fromTheRight() {
        return FROM_THE_RIGHT.contains(locale.getLanguage());
    }
}
