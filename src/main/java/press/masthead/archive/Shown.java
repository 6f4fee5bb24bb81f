package press.masthead.archive;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import press.masthead.access.Standing;
import press.masthead.stories.StoryCard;
import press.masthead.wording.Stretch;

/**
 * An answer as one person may see it now: a sentence is there only while every story that says it still says it and this person may
 * read it there.
 *
 * @param newest when the newest source came out
 * @param oldest when the oldest did, where that is another time
 * @param differing where sources of different days state different figures for the same thing: each pair, the newer first
 */
record Shown(
        List<Sentence> sentences,
        List<Cited> sources,
        Optional<Instant> newest,
        Optional<Instant> oldest,
        List<List<Stated>> differing,
        List<StoryCard> near) {
    /** Sources further apart than this are said to be. */
    private static final Duration APART = Duration.ofDays(120);

    /** Stories of less than a day apart are corrections, or one of several on the same day. */
    private static final Duration DAY = Duration.ofDays(1);

    private static final int MOST_DIFFERING = 3;
    private static final int LONG = 12;
    private static final int ENDS = 5;

    /**
     * @param stretches those of a model's own words apart from those that stand in the sources
     * @param cites the sources that say it, by number, with the way to the very words
     */
    record Sentence(String text, List<Stretch> stretches, String language, String direction, List<Cite> cites) {
        boolean hasOwn() {
            return stretches.stream().anyMatch(Stretch::own);
        }
    }

    record Cite(int number, String url) {}

    record Cited(int number, StoryCard card, String url, boolean newest) {}

    /** @param figure with its unit, as the story has it */
    record Stated(String figure, Cited source) {}

    static Shown of(Asked asked, List<Questions.Quoted> quotes, Library library, Standing standing) {
        var ids = new ArrayList<>(quotes.stream().map(Questions.Quoted::storyId).toList());
        ids.addAll(asked.near());
        Map<Long, Library.Text> texts = library.read(ids, standing);
        var bySentence = new TreeMap<Integer, List<Questions.Quoted>>();
        for (var quote : quotes)
            bySentence.computeIfAbsent(quote.sentence(), n -> new ArrayList<>()).add(quote);
        var numbers = new LinkedHashMap<Long, Integer>();
        var ways = new HashMap<Long, String>();
        var sentences = new ArrayList<Sentence>();
        for (var sayings : bySentence.values()) {
            if (!sayings.stream().allMatch(one -> says(texts, one))) continue;
            var cites = new ArrayList<Cite>();
            for (var one : sayings) {
                StoryCard card = card(texts, one.storyId());
                int number = numbers.computeIfAbsent(one.storyId(), id -> numbers.size() + 1);
                String url = card.path() + fragment(one.quote());
                ways.putIfAbsent(one.storyId(), url);
                if (cites.stream().noneMatch(cite -> cite.number() == number)) cites.add(new Cite(number, url));
            }
            StoryCard first = card(texts, sayings.getFirst().storyId());
            String said = straight(sayings.getFirst().said());
            var rests = sayings.stream().map(Questions.Quoted::quote).toList();
            sentences.add(new Sentence(
                    said, Stretch.of(said, rests, first.language()), first.language(), first.direction(), cites));
        }
        List<StoryCard> cards =
                numbers.keySet().stream().map(id -> card(texts, id)).toList();
        Optional<Instant> newest = cards.stream().map(StoryCard::publishedAt).max(Comparator.naturalOrder());
        Optional<Instant> oldest = cards.stream().map(StoryCard::publishedAt).min(Comparator.naturalOrder());
        boolean apart = newest.isPresent()
                && Duration.between(oldest.orElseThrow(), newest.get()).compareTo(APART) > 0;
        List<Cited> sources = cards.stream()
                .map(card -> new Cited(
                        numbers.getOrDefault(card.id(), 0),
                        card,
                        ways.getOrDefault(card.id(), card.path()),
                        apart && card.publishedAt().equals(newest.get())))
                .toList();
        List<StoryCard> near = asked.near().stream()
                .flatMap(id -> Optional.ofNullable(texts.get(id)).stream())
                .filter(Library.Text::whole)
                .map(Library.Text::card)
                .toList();
        var quotesShown = quotes.stream()
                .filter(quote -> numbers.containsKey(quote.storyId()))
                .filter(quote -> says(texts, quote))
                .toList();
        return new Shown(
                List.copyOf(sentences),
                sources,
                newest,
                apart ? oldest : Optional.empty(),
                differing(quotesShown, sources),
                near);
    }

    private static List<List<Stated>> differing(List<Questions.Quoted> quotes, List<Cited> sources) {
        Map<Long, Cited> cited =
                sources.stream().collect(Collectors.toMap(one -> one.card().id(), one -> one));
        var differing = new ArrayList<List<Stated>>();
        for (var newer : quotes)
            for (var older : quotes) {
                Cited one = Objects.requireNonNull(cited.get(newer.storyId()));
                Cited other = Objects.requireNonNull(cited.get(older.storyId()));
                if (differing.size() < MOST_DIFFERING && isDaysAfter(one.card(), other.card()))
                    Differing.of(newer.quote(), older.quote(), one.card().language())
                            .map(figures -> List.of(new Stated(figures.one(), one), new Stated(figures.other(), other)))
                            .filter(pair -> !differing.contains(pair))
                            .ifPresent(differing::add);
            }
        return List.copyOf(differing);
    }

    private static boolean isDaysAfter(StoryCard one, StoryCard other) {
        return one.language().equals(other.language())
                && Duration.between(other.publishedAt(), one.publishedAt()).compareTo(DAY) >= 0;
    }

    /** Without marks that would turn round the letters after it. */
    private static String straight(String said) {
        return said.replaceAll("[\\u202A-\\u202E\\u2066-\\u2069]", "");
    }

    private static StoryCard card(Map<Long, Library.Text> texts, long story) {
        return Objects.requireNonNull(texts.get(story), "a story that was just read")
                .card();
    }

    private static boolean says(Map<Long, Library.Text> texts, Questions.Quoted one) {
        Library.Text text = texts.get(one.storyId());
        return text != null && text.says(one.quote());
    }

    /** The way to the very words (WICG's text fragments); a browser that knows none of these shows the story's beginning. */
    static String fragment(String quote) {
        String[] words = quote.strip().split("\\s+");
        if (words.length <= LONG) return "#:~:text=" + encoded(String.join(" ", words));
        return "#:~:text=" + encoded(String.join(" ", List.of(words).subList(0, ENDS))) + ","
                + encoded(String.join(" ", List.of(words).subList(words.length - ENDS, words.length)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("-", "%2D");
    }
}
