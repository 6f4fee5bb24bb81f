package press.masthead.archive;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import press.masthead.access.Answer;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Standing;
import press.masthead.search.Hit;
import press.masthead.search.Narrowed;
import press.masthead.search.Search;
import press.masthead.search.Texts;
import press.masthead.search.Wanted;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;

/** The archive as far as someone may read it at this moment: the paywall is asked for each text, each time. */
final class Library {
    private static final int MOST = 30;

    private final Search search;
    private final Stories stories;
    private final Clock clock;

    Library(Search search, Stories stories, Clock clock) {
        this.search = search;
        this.stories = stories;
        this.clock = clock;
    }

    /** What was found for a question, the best first; none while this node has no index. */
    Optional<List<Source>> find(Asking asking, Standing standing) {
        var wanted =
                new Wanted(asking.words(), List.of(), Narrowed.NOT, standing, clock.instant(), Wanted.Order.BEST, MOST);
        return search.find(wanted, asking.text()).map(hits -> sources(hits, standing));
    }

    private List<Source> sources(List<Hit> hits, Standing standing) {
        var read = read(hits.stream().map(Hit::piece).toList(), standing);
        return hits.stream()
                .flatMap(hit -> Optional.ofNullable(read.get(hit.piece())).stream()
                        .map(text -> new Source(
                                hit,
                                text.card().language(),
                                text.card().title(),
                                text.card().publishedAt(),
                                text.open(),
                                text.beyond())))
                .toList();
    }

    /**
     * A story as far as someone may read it.
     *
     * @param whole whether that is all of it
     */
    record Text(StoryCard card, String open, String beyond, boolean whole) {
        /** Whether these words stand in it. */
        boolean says(String quote) {
            return one(open).contains(one(quote))
                    || one(beyond).contains(one(quote))
                    || one(open + " " + beyond).contains(one(quote));
        }

        private static String one(String text) {
            return text.replaceAll("\\s+", " ");
        }
    }

    /** Of these the stories that are published; pages of the house are not part of the archive. */
    Map<Long, Text> read(Collection<Long> ids, Standing standing) {
        Instant now = clock.instant();
        Map<Long, StoryCard> cards = stories.cards(ids.stream().distinct().toList()).stream()
                .filter(card -> !card.kind().equals("page"))
                .collect(Collectors.toMap(StoryCard::id, Function.identity()));
        var passes = new HashMap<Long, Answer.Open>();
        for (StoryCard card : cards.values())
            if (Paywall.ask(standing, card.rule(), now, Meter.OFF, Gift.NONE) instanceof Answer.Open open)
                passes.put(card.id(), open);
        Map<Long, String> openings = stories.openings(cards.keySet());
        Map<Long, String> rests = stories.rests(passes);
        var read = new HashMap<Long, Text>();
        cards.forEach((id, card) -> read.put(
                id,
                new Text(
                        card,
                        card.standfirst() + "\n" + Texts.plain(openings.getOrDefault(id, "")),
                        Texts.plain(rests.getOrDefault(id, "")),
                        passes.containsKey(id))));
        return read;
    }
}
