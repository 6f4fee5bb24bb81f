package press.masthead.tagging;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import press.masthead.tagging.Answers.Learned;
import press.masthead.tagging.Suggestion.Kind;

/** Whom a text names: of the newsroom's list by the longest alias that matches, and names that nobody has put there yet. */
final class Naming {
    private static final int LONGEST_NAME = 8;
    private static final int MOST = 8;
    private static final int MOST_NEW = 3;
    private static final String COUNTED = "name:";

    private final Entities entities;
    private volatile Known known = new Known(-1, Map.of());

    Naming(Entities entities) {
        this.entities = entities;
    }

    private record Known(long edition, Map<String, List<Entity>> byAlias) {}

    /** What was found in a text: known ones to link, and runs of capitals that may be names. */
    record Named(List<Suggestion> known, List<String> fresh) {}

    private static final class Seen {
        private final Entity entity;
        private final Set<String> as = new LinkedHashSet<>();
        private final Set<String> others = new LinkedHashSet<>();
        private int times;

        Seen(Entity entity) {
            this.entity = entity;
        }
    }

    /** @param learned of {@link #terms} */
    Named in(String text, String language, Learned learned) {
        var aliases = known().byAlias();
        var words = Names.words(text);
        var taken = new boolean[words.size()];
        var seen = seen(text, words, aliases, taken);
        var suggestions = seen.values().stream()
                .filter(one -> one.as.stream()
                                .mapToDouble(as -> learned.weight(Kind.ENTITY, one.entity.slug(), COUNTED + as))
                                .sum()
                        > -1.5)
                .sorted(Comparator.comparingInt((Seen one) -> -one.times))
                .limit(MOST)
                .map(Naming::suggestion)
                .toList();
        return new Named(suggestions, fresh(text, language, words, taken));
    }

    /** Names of the list that stand in a text, as what is learned has them. */
    List<String> terms(String text) {
        var words = Names.words(text);
        return seen(text, words, known().byAlias(), new boolean[words.size()]).values().stream()
                .flatMap(one -> one.as.stream())
                .map(as -> COUNTED + as)
                .distinct()
                .toList();
    }

    boolean knows(String slug) {
        return entities.bySlug(slug).isPresent();
    }

    private Known known() {
        long edition = entities.edition();
        Known now = known;
        if (now.edition() == edition) return now;
        var byAlias = new HashMap<String, List<Entity>>();
        for (Entity entity : entities.suggested()) {
            put(byAlias, entity, entity.name());
            for (String alias : entity.aliases()) put(byAlias, entity, alias);
        }
        known = new Known(edition, byAlias);
        return known;
    }

    private static void put(Map<String, List<Entity>> byAlias, Entity entity, String alias) {
        var there = byAlias.computeIfAbsent(Names.folded(alias), ignored -> new ArrayList<>());
        if (!there.contains(entity)) there.add(entity);
    }

    private static Map<String, Seen> seen(
            String text, List<Names.Word> words, Map<String, List<Entity>> aliases, boolean[] taken) {
        var seen = new LinkedHashMap<String, Seen>();
        if (aliases.isEmpty()) return seen;
        for (int at = 0; at < words.size(); at++) {
            for (int length = Math.min(LONGEST_NAME, words.size() - at); length > 0; length--) {
                if (!note(text, words.subList(at, at + length), aliases, seen)) continue;
                for (int i = at; i < at + length; i++) taken[i] = true;
                at += length - 1;
                break;
            }
        }
        return seen;
    }

    private static boolean note(
            String text, List<Names.Word> run, Map<String, List<Entity>> aliases, Map<String, Seen> seen) {
        String rest = run.stream().skip(1).map(Names.Word::folded).collect(Collectors.joining(" "));
        for (String first : run.getFirst().forms()) {
            String folded = rest.isEmpty() ? first : first + " " + rest;
            List<Entity> called = aliases.getOrDefault(folded, List.of());
            // "apple" is a fruit where names have capitals
            boolean small =
                    Character.isLowerCase(text.codePointAt(run.getFirst().from()));
            if (called.isEmpty() || small && hasCapital(called)) continue;
            String shown =
                    text.substring(run.getFirst().from(), run.getLast().to()).replaceAll("\\s+", " ");
            for (Entity entity : called) {
                Seen one = seen.computeIfAbsent(entity.slug(), ignored -> new Seen(entity));
                one.times++;
                one.as.add(folded.replace(' ', '_'));
                for (Entity other : called) if (other != entity) one.others.add(shown);
            }
            return true;
        }
        return false;
    }

    private static boolean hasCapital(List<Entity> called) {
        return called.stream()
                .allMatch(entity -> Character.isUpperCase(entity.name().codePointAt(0)));
    }

    private static Suggestion suggestion(Seen seen) {
        String reason = seen.others.isEmpty()
                ? "Named " + times(seen.times) + "."
                : "“" + seen.others.iterator().next() + "” may be this one or another of that name: choose.";
        String described = seen.entity.description().isBlank() ? "" : " " + firstLine(seen.entity.description());
        return new Suggestion(
                Kind.ENTITY,
                seen.entity.slug(),
                seen.entity.name(),
                reason + described,
                seen.as.stream().map(as -> COUNTED + as).toList());
    }

    private static String firstLine(String description) {
        String line = description.lines().findFirst().orElse("");
        return line.length() <= 90 ? line : line.substring(0, line.lastIndexOf(' ', 90)) + " …";
    }

    static String times(int times) {
        return times == 1 ? "once" : times == 2 ? "twice" : times + " times";
    }

    /**
     * Runs of two to four words with capitals that stand in the text twice at least and that no list knows. Rather none than a wrong one:
     * not in languages that write every noun with a capital, not from a word whose capital only the beginning of a sentence gave it.
     */
    private static List<String> fresh(String text, String language, List<Names.Word> all, boolean[] taken) {
        if (!Names.capitalsAreNames(language)) return List.of();
        var words = Names.withoutArticles(all, text, language);
        var counts = new LinkedHashMap<String, Integer>();
        var places = List.of(Places.in(language), Places.in("en"));
        var calendar = calendar(language);
        var names = capitalsInside(words);
        for (int at = 0; at < words.size(); ) {
            int end = at;
            while (end < words.size() && end < at + 5 && isPartOfName(text, words, taken, at, end, names, calendar))
                end++;
            if (end - at >= 2 && end - at <= 4) {
                String run = Names.bare(
                        text.substring(words.get(at).from(), words.get(end - 1).to()), language);
                String folded = Names.folded(run);
                if (run.codePoints().anyMatch(Character::isLowerCase)
                        && places.stream().allMatch(list -> list.of(folded).isEmpty()))
                    counts.merge(run, 1, Integer::sum);
            }
            at = Math.max(at + 1, end);
        }
        return counts.entrySet().stream()
                .filter(one -> one.getValue() >= 2)
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_NEW)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Words that have a capital within a sentence, and no small letter anywhere. */
    private static Set<String> capitalsInside(List<Names.Word> words) {
        var names = words.stream()
                .filter(word -> word.capital() && !word.begins())
                .map(Names.Word::folded)
                .collect(Collectors.toCollection(HashSet::new));
        words.stream().filter(word -> !word.capital()).forEach(word -> names.remove(word.folded()));
        return names;
    }

    private static boolean isPartOfName(
            String text,
            List<Names.Word> words,
            boolean[] taken,
            int first,
            int at,
            Set<String> names,
            Set<String> calendar) {
        Names.Word word = words.get(at);
        if (taken[at] || !word.capital() || word.to() - word.from() < 2) return false;
        if (calendar.contains(word.folded())) return false;
        if (at == first) return !word.begins() || names.contains(word.folded());
        return !word.begins()
                && text.substring(words.get(at - 1).to(), word.from()).equals(" ");
    }

    /** Days and months, as the language calls them. */
    private static Set<String> calendar(String language) {
        var locale = Locale.forLanguageTag(language);
        var calendar = new HashSet<String>();
        for (TextStyle style : List.of(TextStyle.FULL, TextStyle.FULL_STANDALONE)) {
            for (DayOfWeek day : DayOfWeek.values()) calendar.add(Names.folded(day.getDisplayName(style, locale)));
            for (Month month : Month.values()) calendar.add(Names.folded(month.getDisplayName(style, locale)));
        }
        return calendar;
    }
}
