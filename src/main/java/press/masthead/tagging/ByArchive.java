package press.masthead.tagging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.search.FiledWords.Found;
import press.masthead.search.FiledWords.Under;
import press.masthead.search.FiledWords.Word;
import press.masthead.tagging.Answers.Learned;
import press.masthead.tagging.Suggestion.Kind;

/**
 * Topics and industries by what the archive's own stories are filed under: each word of the text says how likely each filing is, as in
 * naive Bayes, held back because words of one text lean on each other; stories about the same speak too, where a model has read them;
 * and so does what editors answered. Where the evidence is thin nothing is suggested.
 */
final class ByArchive {
    /** A filing is suggested from even odds on. */
    private static final double LEAST = 0;

    /** The words of one text lean on each other: together they count for this many times the root of their number. */
    private static final double HELD_BACK = 0.8;

    private static final double MEANING_WEIGHT = 0.6;
    /** How many stories it takes for a word to be believed rather than the filing's usual share. */
    private static final double DOUBT = 6;

    private static final int LEAST_STORIES = 3;
    private static final int MOST = 4;
    private static final int SPEAKING = 3;
    private static final int LEARNING = 12;

    private ByArchive() {}

    private record Spoken(Word word, double weight) {}

    private record Scored(Suggestion suggestion, double score) {}

    /** @param names what there is to suggest, by its slug */
    static List<Suggestion> suggest(Found found, Under under, Kind kind, Map<String, String> names, Learned learned) {
        var scored = new ArrayList<Scored>();
        names.forEach(
                (slug, name) -> scored(found, under, kind, slug, name, learned).ifPresent(scored::add));
        scored.sort(Comparator.comparingDouble(Scored::score).reversed());
        return scored.stream().limit(MOST).map(Scored::suggestion).toList();
    }

    private static Optional<Scored> scored(
            Found found, Under under, Kind kind, String slug, String name, Learned learned) {
        double usual = (found.filed(under, slug) + 0.5) / (found.pieces() + 2.0);
        var spoken = new ArrayList<Spoken>();
        for (Word word : found.words()) {
            int with = found.with(word);
            double share = (found.with(word, under, slug) + DOUBT * usual) / (with + DOUBT);
            double weight = logit(share) - logit(usual) + learned.weight(kind, slug, word.term());
            spoken.add(new Spoken(word, weight * Math.sqrt(1 + Math.log(word.times()))));
        }
        double score = logit(usual)
                + HELD_BACK
                        / Math.sqrt(Math.max(1, spoken.size()))
                        * spoken.stream().mapToDouble(Spoken::weight).sum()
                + MEANING_WEIGHT
                        * found.nearby(under, slug)
                                .map(share -> logit(Math.clamp(share, 0.03, 0.97)) - logit(usual))
                                .orElse(0.0);
        if (score < LEAST) return Optional.empty();
        spoken.sort(Comparator.comparingDouble(Spoken::weight).reversed());
        return reason(found, under, kind, slug, spoken, learned)
                .map(reason -> new Scored(
                        new Suggestion(
                                kind,
                                slug,
                                name,
                                reason,
                                spoken.stream()
                                        .filter(one -> one.weight() > 0)
                                        .limit(LEARNING)
                                        .map(one -> one.word().term())
                                        .toList()),
                        score));
    }

    /** Why, in a sentence; empty where there is too little to say. */
    private static Optional<String> reason(
            Found found, Under under, Kind kind, String slug, List<Spoken> spoken, Learned learned) {
        List<Word> speaking = spoken.stream()
                .filter(one -> one.weight() > 0 && found.with(one.word(), under, slug) >= 2)
                .limit(SPEAKING)
                .map(Spoken::word)
                .toList();
        int stories = found.withAny(speaking, under, slug);
        if (speaking.size() >= 2 && stories >= LEAST_STORIES)
            return Optional.of("%d earlier stories with %s are filed there.".formatted(stories, quoted(speaking)));
        int near = found.nearbyFiled(under, slug);
        if (near >= LEAST_STORIES) return Optional.of(near + " earlier stories about the same are filed there.");
        List<Word> taught = spoken.stream()
                .map(Spoken::word)
                .filter(word -> learned.lead(kind, slug, word.term()) >= 2)
                .limit(SPEAKING)
                .toList();
        return taught.isEmpty()
                ? Optional.empty()
                : Optional.of("Editors took it before for stories with " + quoted(taught) + ".");
    }

    private static String quoted(List<Word> words) {
        var quoted = words.stream().map(word -> "“" + word.shown() + "”").toList();
        return quoted.size() == 1
                ? quoted.getFirst()
                : String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + quoted.getLast();
    }

    private static double logit(double share) {
        return Math.log(share / (1 - share));
    }
}
