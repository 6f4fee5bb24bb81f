package press.masthead.related;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.readership.Readership;
import press.masthead.search.Openings;
import press.masthead.search.Related;
import press.masthead.search.Related.Near;
import press.masthead.search.Texts;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;

/** What stands under a story as related to it: by meaning, time and readership, and before all that as editors said. */
public final class MoreOnThis {
    static final int SHOWN = 4;
    /** Their opens are asked for in one question to the database. */
    private static final int NEAREST = 60;

    /** From here on two openings are the same text once more. */
    private static final double SAME = 0.97;

    private static final int DAYS = 28;
    /** As much as being new weighs. A hundred opens are two fifths of it, a thousand three fifths. */
    private static final double READ = 0.05;

    private static final double MOST_READ = Math.log10(100_000);

    private final Jdbi jdbi;
    private final Related related;
    private final Stories stories;
    private final Readership readership;
    private final RelatedChoices choices;
    private final Clock clock;

    public MoreOnThis(Jdbi jdbi, Related related, Stories stories, Readership readership, Clock clock) {
        this.jdbi = jdbi;
        this.related = related;
        this.stories = stories;
        this.readership = readership;
        this.choices = new RelatedChoices(jdbi);
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param likeness of the two openings (cosine); 0 where they are too far apart to tell, or no model has read both
     */
    record Pick(StoryCard card, boolean first, float likeness) {}

    /** One of them, and why it stands there. */
    record Shown(StoryCard card, boolean first, List<String> reasons) {}

    /** At most four, all of them published. Where few are about the same, those under the same topics follow. */
    public List<StoryCard> under(long story) {
        return picks(story).stream().map(Pick::card).toList();
    }

    /** The same ones in the same order, with reasons for editors. */
    List<Shown> explained(RelatedChoices.Over over) {
        List<Pick> picks = picks(over.id());
        Map<Long, Long> opens =
                readership.opens(picks.stream().map(pick -> pick.card().id()).toList(), DAYS);
        return picks.stream()
                .map(pick -> new Shown(
                        pick.card(),
                        pick.first(),
                        Reasons.of(
                                pick,
                                over.topicSlugs(),
                                opens.getOrDefault(pick.card().id(), 0L),
                                clock.instant())))
                .toList();
    }

    private List<Pick> picks(long story) {
        List<RelatedChoices.Choice> said = choices.under(story);
        List<Long> first = said.stream()
                .filter(RelatedChoices.Choice::first)
                .map(RelatedChoices.Choice::otherId)
                .toList();
        Set<Long> out = said.stream()
                .filter(choice -> !choice.first())
                .map(RelatedChoices.Choice::otherId)
                .collect(Collectors.toSet());
        List<Near> near = ranked(related.to(story, NEAREST));
        var likeness = new HashMap<Long, Float>();
        near.forEach(one -> likeness.put(one.piece(), one.likeness()));

        var picks = new LinkedHashMap<Long, StoryCard>();
        stories.cards(first).forEach(card -> picks.put(card.id(), card));
        stories.cards(near.stream()
                        .map(Near::piece)
                        .filter(other -> !out.contains(other))
                        .limit(2 * SHOWN + first.size())
                        .toList())
                .forEach(card -> picks.putIfAbsent(card.id(), card));
        var told = new Told(story, first, picks.keySet());
        picks.values().removeIf(card -> !told.isNew(card));
        if (picks.size() < SHOWN) {
            var alsoThere = stories.relatedTo(story, 2 * SHOWN + said.size()).stream()
                    .filter(card -> !out.contains(card.id()) && !picks.containsKey(card.id()))
                    .toList();
            told.read(alsoThere);
            alsoThere.stream().filter(told::isNew).forEach(card -> picks.putIfAbsent(card.id(), card));
        }
        return picks.values().stream()
                .limit(SHOWN)
                .map(card -> new Pick(card, first.contains(card.id()), likeness.getOrDefault(card.id(), 0f)))
                .toList();
    }

    /** What stands there so far, the story itself before all; a story is told once, unless an editor put its second telling first. */
    private final class Told {
        private final long story;
        private final Set<Long> first;
        private final List<StoryCard> told = new ArrayList<>();
        private Openings openings;

        Told(long story, List<Long> first, Collection<Long> others) {
            this.story = story;
            this.first = Set.copyOf(first);
            openings = openings(others);
            told.addAll(stories.cards(List.of(story)));
        }

        private Openings openings(Collection<Long> others) {
            return jdbi.withHandle(handle -> Openings.of(
                    handle,
                    Stream.concat(told.stream().map(StoryCard::id), Stream.concat(Stream.of(story), others.stream()))
                            .distinct()
                            .toList()));
        }

        /** Asks about more of them. */
        void read(List<StoryCard> more) {
            if (!more.isEmpty())
                openings = openings(more.stream().map(StoryCard::id).toList());
        }

        /** Whether it is neither the story nor one of those before it once more; it stands there from now on. */
        boolean isNew(StoryCard card) {
            boolean again = openings.likeness(story, card.id()).orElse(0) >= SAME
                    || told.stream().anyMatch(other -> isSame(other, card));
            if (again && !first.contains(card.id())) return false;
            told.add(card);
            return true;
        }

        private boolean isSame(StoryCard one, StoryCard other) {
            return Texts.folded(one.title()).equals(Texts.folded(other.title()))
                    || openings.likeness(one.id(), other.id()).orElse(0) >= SAME;
        }
    }

    /** What many have read a little before what is otherwise as near. */
    private List<Near> ranked(List<Near> near) {
        Map<Long, Long> opens = readership.opens(near.stream().map(Near::piece).toList(), DAYS);
        return near.stream()
                .sorted(Comparator.comparingDouble(
                                (Near one) -> one.score() + weight(opens.getOrDefault(one.piece(), 0L)))
                        .reversed())
                .toList();
    }

    /** Of so many opens in four weeks: grows with their number of digits, so that no favourite stands everywhere. */
    static double weight(long opens) {
        return READ * Math.min(1, Math.log10(1 + opens) / MOST_READ);
    }
}
