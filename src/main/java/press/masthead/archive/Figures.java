package press.masthead.archive;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The figures of a text, in digits of one script; "five" is 5, and "one" says nothing. Those that are a part of a name, such as P1754, are none. */
final class Figures {
    private static final Pattern FIGURE =
            Pattern.compile("(?<![\\p{L}\\p{Nd}])\\p{Nd}+([.,]\\p{Nd}+)*(?![\\p{L}\\p{Nd}])");
    private static final List<String> WORDS =
            List.of("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
    private static final Pattern WORD =
            Pattern.compile("\\b(" + String.join("|", WORDS) + ")\\b", Pattern.CASE_INSENSITIVE);

    private Figures() {}

    static Set<String> of(String text) {
        var figures = new HashSet<String>();
        FIGURE.matcher(text).results().forEach(figure -> figures.add(plain(figure.group())));
        WORD.matcher(text)
                .results()
                .forEach(word -> figures.add(
                        Integer.toString(2 + WORDS.indexOf(word.group().toLowerCase(Locale.ROOT)))));
        return figures;
    }

    private static String plain(String figure) {
        var plain = new StringBuilder();
        for (char one : figure.toCharArray())
            plain.append(Character.isDigit(one) ? (char) ('0' + Character.digit(one, 10)) : one);
        return plain.toString();
    }
}
