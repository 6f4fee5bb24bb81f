package press.masthead.briefing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells which texts are about the same event: published within days of each other, and what one says in its title stands for
 * the greater part in the other's title and standfirst (by weight, idf log(n/df) squared; three words at least). Words of no subject
 * don't count; the others are compared by their first letters, which serves for a stem in a dozen languages. Likeness is handed on:
 * where A is like B and B like C, all three are one event.
 */
public final class SameEvent {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]{3,}");
    private static final int STEM = 5;
    private static final double ALIKE = 0.5;
    private static final int FEWEST = 3;
    private static final Duration NEAR = Duration.ofDays(5);

    /** Words that more of the texts than this share tell nothing about an event. */
    private static final double COMMON = 0.05;

    /** Words of no subject, which only a large archive would show to be common: of the languages that a newsroom's own letters speak. */
    private static final Set<String> FUNCTION = Set.of(("""
            about after again all and any are because been before but can could did does down during for from get gets had has have
            her here him his how into its just may more most much new not now off one only other our out over own said say says she
            should some still such than that the their them then there these they this those through too under until was were what
            when where which while who whom whose why will with would yet you your
            إلى التي الذي الى بعد بين حتى حول ذلك على عند عن غير قال قالت قبل كان كانت لكن منذ هذا هذه هناك
            אבל אחרי אמר אמרה אלה אשר בין היא היה הוא היתה הזה זאת לפני מול עוד עכשיו שלא שלו שלה אין יותר""").split("\\s+"));

    private SameEvent() {}

    public record Text(String title, String standfirst, Instant at) {}

    /** Whether two texts, by their places in the list, are known by something else than their words to be about one event. */
    public interface Alike {
        boolean test(int one, int other);
    }

    /** For each text a number that those of the same event share: the place in the list of the first of them. */
    public static int[] of(List<Text> texts) {
        return of(texts, (int) Math.max(4, texts.size() * COMMON), (one, other) -> false);
    }

    /**
     * The same among few texts, of which an event may be a large part.
     *
     * @param most what more of the texts than these say tells nothing about an event
     */
    public static int[] of(List<Text> texts, int most, Alike alike) {
        List<Set<String>> titles =
                texts.stream().map(text -> words(text.title())).toList();
        Map<String, List<Integer>> where = new HashMap<>();
        for (int i = 0; i < texts.size(); i++)
            for (String word : words(texts.get(i).title() + " " + texts.get(i).standfirst()))
                where.computeIfAbsent(word, any -> new ArrayList<>()).add(i);
        // among few texts every word is rare, so that they are taken for a part of a larger archive
        double all = Math.max(500, texts.size());
        int[] events = new int[texts.size()];
        Arrays.setAll(events, i -> i);
        for (int i = 0; i < texts.size(); i++) {
            Map<Integer, Shared> shared = new HashMap<>();
            double title = 0;
            for (String word : titles.get(i)) {
                List<Integer> holders = where.getOrDefault(word, List.of());
                if (holders.size() > most) continue;
                double weight = Math.pow(Math.log(all / holders.size()), 2);
                title += weight;
                for (int holder : holders) if (holder != i) shared.merge(holder, new Shared(1, weight), Shared::and);
            }
            for (var other : shared.entrySet())
                if (other.getValue().words() >= FEWEST
                        && other.getValue().weight() >= ALIKE * title
                        && near(texts.get(i), texts.get(other.getKey()))) join(events, i, other.getKey());
        }
        for (int i = 0; i < events.length; i++)
            for (int j = 0; j < i; j++) if (root(events, i) != root(events, j) && alike.test(i, j)) join(events, i, j);
        for (int i = 0; i < events.length; i++) events[i] = root(events, i);
        return events;
    }

    private record Shared(int words, double weight) {
        Shared and(Shared other) {
            return new Shared(words + other.words, weight + other.weight);
        }
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        var found = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (found.find())
            if (!FUNCTION.contains(found.group()))
                words.add(
                        found.group().substring(0, Math.min(STEM, found.group().length())));
        return words;
    }

    private static boolean near(Text one, Text other) {
        return Duration.between(one.at(), other.at()).abs().compareTo(NEAR) <= 0;
    }

    private static void join(int[] events, int one, int other) {
        int a = root(events, one);
        int b = root(events, other);
        events[Math.max(a, b)] = Math.min(a, b);
    }

    private static int root(int[] events, int i) {
        int root = i;
        while (events[root] != root) root = events[root];
        return root;
    }
}
