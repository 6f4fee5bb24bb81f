package press.masthead.tagging;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import press.masthead.tagging.Answers.Learned;
import press.masthead.tagging.Suggestion.Kind;
import press.masthead.topics.Country;

/**
 * Countries that a text names, by their names, their peoples and their capitals. Once in the headline or the first lines is enough,
 * elsewhere it takes twice; a word that also means something else, such as Georgia, Jordan or Dominican, counts only beside another
 * sign of the same country.
 */
final class ByName {
    private static final int LONGEST_NAME = 6;
    private static final int FIRST_LINES = 500;
    private static final int MOST = 5;
    private static final String COUNTED = "name:";

    private ByName() {}

    private static final class Seen {
        private int times;
        private boolean early;
        private final Set<String> sure = new LinkedHashSet<>();
        private final Set<String> unsure = new LinkedHashSet<>();

        boolean isEnough() {
            boolean beside = unsure.size() + sure.size() > 1;
            if (sure.isEmpty() && !beside) return false;
            return early || times > 1;
        }

        Set<String> words() {
            var words = new LinkedHashSet<>(sure);
            words.addAll(unsure);
            return words;
        }
    }

    /** @param text with the headline in front */
    static List<Suggestion> countries(String text, String language, Learned learned) {
        var seen = seen(text, language);
        return seen.entrySet().stream()
                .filter(one -> one.getValue().isEnough())
                .filter(one -> one.getValue().words().stream()
                                .mapToDouble(word -> learned.weight(Kind.COUNTRY, one.getKey(), term(word)))
                                .sum()
                        > -2)
                .sorted(Comparator.comparing((Map.Entry<String, Seen> one) -> !one.getValue().early)
                        .thenComparing(one -> -one.getValue().times))
                .limit(MOST)
                .map(one -> suggestion(one.getKey(), one.getValue()))
                .toList();
    }

    /** How a name stands in what was learned. */
    static String term(String shown) {
        return COUNTED + Names.folded(shown);
    }

    /** The names that stand in a text, as what is learned has them. */
    static List<String> terms(String text, String language) {
        return seen(text, language).values().stream()
                .flatMap(one -> one.words().stream())
                .map(ByName::term)
                .distinct()
                .toList();
    }

    private static Suggestion suggestion(String code, Seen seen) {
        String words = seen.words().stream().limit(3).collect(Collectors.joining(", "));
        String reason = seen.times == 1
                ? "Named near the top: " + words + "."
                : "Named %s: %s.".formatted(Naming.times(seen.times), words);
        return new Suggestion(
                Kind.COUNTRY,
                code,
                Country.of(code).map(Country::name).orElse(code),
                reason,
                seen.words().stream().map(ByName::term).distinct().toList());
    }

    private static Map<String, Seen> seen(String text, String language) {
        var words = Names.words(text);
        var seen = new HashMap<String, Seen>();
        boolean latin = Names.hasCapitals(language);
        var own = Places.in(language);
        var english = Places.in("en");
        for (int at = 0; at < words.size(); at++) {
            if (latin && !words.get(at).capital()) continue;
            int length = Math.min(LONGEST_NAME, words.size() - at);
            boolean found = false;
            while (length > 0 && !found) {
                found = note(text, words.subList(at, at + length), at > 0 ? words.get(at - 1) : null, own, seen);
                if (!found && own != english) found = note(text, words.subList(at, at + length), null, english, seen);
                if (!found) length--;
            }
            if (found) at += length - 1;
        }
        return seen;
    }

    private static boolean note(
            String text, List<Names.Word> run, Names.@Nullable Word before, Places places, Map<String, Seen> seen) {
        String rest = run.stream().skip(1).map(Names.Word::folded).collect(Collectors.joining(" "));
        for (String first : run.getFirst().forms()) {
            var signs = places.of(rest.isEmpty() ? first : first + " " + rest);
            if (signs.isEmpty()) continue;
            String shown =
                    text.substring(run.getFirst().from(), run.getLast().to()).replaceAll("\\s+", " ");
            for (Places.Sign sign : signs) {
                // "Michael Jordan" is somebody
                if (!sign.sure() && before != null && before.capital() && !before.begins()) continue;
                Seen one = seen.computeIfAbsent(sign.country(), ignored -> new Seen());
                one.times++;
                one.early |= run.getFirst().from() < FIRST_LINES;
                (sign.sure() ? one.sure : one.unsure).add(shown);
            }
            return true;
        }
        return false;
    }
}
