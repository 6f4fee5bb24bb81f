package press.masthead.tagging;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jsoup.Jsoup;
import press.masthead.access.Standing;
import press.masthead.search.FiledWords.Alike;
import press.masthead.search.Search;
import press.masthead.search.SearchAway;
import press.masthead.search.Wanted;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;

/**
 * Published stories like the one that is being written, and a warning where one says the same in the same words; and what the archive
 * holds on some words. Drafts, scheduled and embargoed stories are not in the archive, so nobody is told of them.
 */
public final class Earlier {
    private static final int RUN = 4;
    private static final int FEWEST_RUNS = 12;
    private static final double SAME_RUNS = 0.3;
    private static final float SAME_MEANING = 0.86f;
    private static final double LIKE_WORDS = 0.3;
    private static final float LIKE_MEANING = 0.6f;
    private static final int MOST = 4;
    private static final int MOST_FOUND = 8;

    private final Stories stories;
    private final Search search;
    private final Supplier<ZoneId> zone;

    public Earlier(Stories stories, Search search, Supplier<ZoneId> zone) {
        this.stories = stories;
        this.search = search;
        this.zone = zone;
    }

    /**
     * An earlier story.
     *
     * @param same whether it says much the same in the same words
     * @param day on which it was published, by the newsroom's clock
     */
    record Story(StoryCard card, boolean same, String day) {}

    /** Those that say the same first. */
    List<Story> like(Written written, List<Alike> alike) {
        var near = alike.stream()
                .filter(one -> one.words() >= LIKE_WORDS || one.likeness() >= LIKE_MEANING)
                .toList();
        var ids = near.stream().map(Alike::piece).toList();
        var openings = stories.openings(ids);
        Set<String> mine = runs(written.title() + " " + written.text());
        var found = new ArrayList<Story>();
        for (StoryCard card : stories.cards(ids)) {
            if (card.kind().equals("page")) continue;
            String theirs = card.title() + " " + card.standfirst() + " "
                    + Jsoup.parseBodyFragment(openings.getOrDefault(card.id(), ""))
                            .text();
            boolean same = isSame(mine, runs(theirs))
                    || near.stream().anyMatch(one -> one.piece() == card.id() && one.likeness() >= SAME_MEANING);
            found.add(new Story(card, same, day(card.publishedAt())));
        }
        found.sort(java.util.Comparator.comparing(one -> !one.same()));
        return found.subList(0, Math.min(MOST, found.size()));
    }

    /** What staff find in the archive for these words. */
    List<Story> about(String words, Instant now) {
        return found(words, now).orElseGet(() -> stories.search(words, MOST_FOUND, 0)).stream()
                .map(card -> new Story(card, false, day(card.publishedAt())))
                .toList();
    }

    private Optional<List<StoryCard>> found(String words, Instant now) {
        try {
            return search.find(Wanted.of(words, new Standing.Staff(), now))
                    .map(hits -> stories.cards(hits.stream()
                            .limit(MOST_FOUND)
                            .map(hit -> hit.piece())
                            .toList()));
        } catch (SearchAway e) {
            return Optional.empty();
        }
    }

    private String day(Instant at) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH)
                .withZone(zone.get())
                .format(at);
    }

    private static boolean isSame(Set<String> mine, Set<String> theirs) {
        int fewer = Math.min(mine.size(), theirs.size());
        if (fewer < FEWEST_RUNS) return false;
        long both = mine.stream().filter(theirs::contains).count();
        return both >= SAME_RUNS * fewer;
    }

    /** Every four words that stand after each other, folded. */
    static Set<String> runs(String text) {
        var words = Names.words(text.substring(0, Math.min(20_000, text.length()))).stream()
                .map(Names.Word::folded)
                .toList();
        var runs = new HashSet<String>();
        for (int at = 0; at + RUN <= words.size(); at++) runs.add(String.join(" ", words.subList(at, at + RUN)));
        return runs;
    }
}
