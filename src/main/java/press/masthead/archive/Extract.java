package press.masthead.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import press.masthead.briefing.Sentences;
import press.masthead.search.Hit;
import press.masthead.search.Meaning;
import press.masthead.search.Texts;

/**
 * Answers with the sentences that say it: the best of the best passages, whole and as they stand there. What it can't show so, it
 * says is not in the archive.
 */
final class Extract {
    /** From here on an answer is given. */
    static final double SURE = 0.42;

    private static final int TEXTS = 24;
    private static final int PASSAGES = 16;
    /** So many sentences are read for their meaning; each takes some milliseconds. */
    private static final int READ = 40;

    private static final int QUOTES = 5;
    private static final int LONGEST = 700;
    private static final int OTHERS = 4;
    private static final double FAR = 0.8;
    /** What is said beside the best sentence is this share as good, or it would be noise; words alone tell less well which that is. */
    private static final double BESIDE = 0.75;

    private static final double BESIDE_BY_WORDS = 0.6;
    /** The same said twice is said once. */
    private static final double SAME = 0.7;

    private final Asking asking;
    private final Optional<Meaning> meaning;

    Extract(Asking asking, Optional<Meaning> meaning) {
        this.asking = asking;
        this.meaning = meaning.filter(model -> model.understands(Texts.language(asking.text())));
    }

    private record Passage(
            Source source, String text, Set<String> words, double found, double likeness, double around) {
        double score() {
            return around + found + Math.max(0, likeness);
        }
    }

    private record Candidate(Passage passage, List<String> sentences, int at, double said) {
        String sentence() {
            return sentences.get(at);
        }
    }

    private record Judged(Candidate candidate, Evidence evidence) {}

    /** @param sources the best first */
    Answer answer(List<Source> sources) {
        List<Judged> judged = judged(candidates(passages(sources)));
        double sure = judged.isEmpty() ? 0 : judged.getFirst().evidence().likelihood(ahead(judged));
        if (sure < SURE)
            return new Answer.Absent(
                    sources.stream().map(Source::piece).distinct().limit(3).toList(), sure);
        return new Answer.Found(quotes(judged), sure);
    }

    /** How far the best stands above the next few that say something else. */
    private static double ahead(List<Judged> judged) {
        Judged best = judged.getFirst();
        Set<String> words = words(best.candidate());
        double others = judged.stream()
                .filter(one ->
                        !one.candidate().passage().equals(best.candidate().passage()))
                .filter(one -> !alike(words, words(one.candidate())))
                .limit(OTHERS)
                .mapToDouble(one -> one.evidence().score())
                .average()
                .orElse(best.evidence().score() - FAR);
        return Math.min(FAR, best.evidence().score() - others);
    }

    private static Set<String> words(Candidate one) {
        return new HashSet<>(Texts.words(one.sentence(), one.passage().source().language()));
    }

    private List<Passage> passages(List<Source> sources) {
        double best = sources.stream()
                .mapToDouble(source -> source.hit().score())
                .max()
                .orElse(1);
        var passages = new ArrayList<Passage>();
        for (Source source : sources.subList(0, Math.min(TEXTS, sources.size()))) {
            var title = new HashSet<>(Texts.words(source.title(), source.language()));
            add(passages, source, title, source.open(), false, best);
            add(passages, source, title, source.beyond(), true, best);
        }
        return passages.stream()
                .sorted(Comparator.comparingDouble(Passage::score).reversed())
                .limit(PASSAGES)
                .toList();
    }

    private void add(
            List<Passage> passages, Source source, Set<String> title, String text, boolean beyond, double best) {
        Hit hit = source.hit();
        int number = 0;
        for (String passage : Texts.passages(text, source.language())) {
            var words = new HashSet<>(Texts.words(passage, source.language()));
            var all = new HashSet<>(words);
            all.addAll(title);
            boolean nearest = hit.beyondCut() == beyond && hit.passage() == number++;
            double likeness =
                    meaning.isEmpty() || hit.likeness() < -0.99 ? -1 : nearest ? hit.likeness() : 0.8 * hit.likeness();
            double found = best <= 0 ? 0 : hit.score() / best;
            passages.add(new Passage(source, passage, all, found, likeness, asking.covered(source.language(), all)));
        }
    }

    private List<Candidate> candidates(List<Passage> passages) {
        var candidates = new ArrayList<Candidate>();
        for (Passage passage : passages) {
            if (!asking.figuresStandIn(passage.text() + " " + passage.source().about())) continue;
            String language = passage.source().language();
            List<String> sentences = Sentences.of(passage.text(), language);
            for (int i = 0; i < sentences.size(); i++) {
                var words = new HashSet<>(Texts.words(sentences.get(i), language));
                if (words.size() < 2) continue;
                candidates.add(new Candidate(passage, sentences, i, asking.covered(language, words)));
            }
        }
        return candidates.stream()
                .sorted(Comparator.comparingDouble(
                                (Candidate one) -> one.passage().score() + one.said())
                        .reversed())
                .limit(READ)
                .toList();
    }

    private List<Judged> judged(List<Candidate> candidates) {
        Optional<float[]> direction = meaning.map(model -> model.of(asking.text()));
        return candidates.stream()
                .map(one -> new Judged(one, evidence(one, direction)))
                .sorted(Comparator.comparingDouble(
                                (Judged one) -> one.evidence().score())
                        .reversed())
                .toList();
    }

    private Evidence evidence(Candidate one, Optional<float[]> direction) {
        Source source = one.passage().source();
        double near = meaning.filter(model -> model.understands(source.language()))
                .flatMap(model -> direction.map(
                        asked -> (double) Texts.likeness(asked, model.of(source.title() + ". " + one.sentence()))))
                .orElse(-1.0);
        return new Evidence(
                near < -0.99 ? -1 : Math.max(0, near),
                one.said(),
                one.passage().around(),
                asking.heaviest(source.language(), one.passage().words(), 3),
                one.passage().found(),
                one.passage().likeness(),
                asking.kind().fits(one.sentence(), asking.text()));
    }

    /** The best sentence of each of the best passages; of the very best passage the second, too. */
    private List<Answer.Quote> quotes(List<Judged> judged) {
        Evidence best = judged.getFirst().evidence();
        double least = best.score() * (best.near() < 0 ? BESIDE_BY_WORDS : BESIDE);
        Map<Passage, Integer> taken = new HashMap<>();
        var quotes = new ArrayList<Answer.Quote>();
        var said = new ArrayList<Set<String>>();
        for (Judged one : judged) {
            if (quotes.size() == QUOTES || one.evidence().score() < least) break;
            Passage passage = one.candidate().passage();
            int most = passage.equals(judged.getFirst().candidate().passage()) ? 2 : 1;
            if (taken.getOrDefault(passage, 0) >= most) continue;
            String text = whole(one.candidate());
            var words = new LinkedHashSet<>(Texts.words(text, passage.source().language()));
            if (said.stream().anyMatch(other -> alike(other, words)) && !differs(quotes, passage.source(), text))
                continue;
            taken.merge(passage, 1, Integer::sum);
            said.add(words);
            quotes.add(new Answer.Quote(passage.source().piece(), text, one.evidence()));
        }
        return List.copyOf(quotes);
    }

    /** Whether another story of those quoted says another figure in nearly the same words: then both are quoted. */
    private static boolean differs(List<Answer.Quote> quotes, Source source, String text) {
        return quotes.stream()
                .anyMatch(quote -> quote.piece() != source.piece()
                        && Differing.of(quote.text(), text, source.language()).isPresent());
    }

    /** With the sentence before, where it leans on that. */
    private static String whole(Candidate one) {
        String text = one.sentence();
        if (one.at() == 0 || !Sentences.isDangling(text, one.passage().source().language())) return text;
        String with = one.sentences().get(one.at() - 1) + " " + text;
        return with.length() <= LONGEST && one.passage().text().contains(with) ? with : text;
    }

    private static boolean alike(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return both.size() >= SAME * Math.min(one.size(), other.size());
    }
}
