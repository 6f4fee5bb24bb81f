package press.masthead.related;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import press.masthead.readership.Readership;
import press.masthead.search.Related;
import press.masthead.search.Related.Near;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;

/** What stands under a story as related to it: by meaning, time and readership, and before all that as editors said. */
public final class MoreOnThis {
    static final int SHOWN = 4;
    /** Their opens are asked for in one question to the database. */
    private static final int NEAREST = 60;

    private static final int DAYS = 28;
    /** As much as being new weighs. A hundred opens are two fifths of it, a thousand three fifths. */
    private static final double READ = 0.05;

    private static final double MOST_READ = Math.log10(100_000);

    private final Related related;
    private final Stories stories;
    private final Readership readership;
    private final RelatedChoices choices;
    private final Clock clock;

    public MoreOnThis(Jdbi jdbi, Related related, Stories stories, Readership readership, Clock clock) {
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
                        .limit(SHOWN + first.size())
                        .toList())
                .forEach(card -> picks.putIfAbsent(card.id(), card));
        if (picks.size() < SHOWN)
            stories.relatedTo(story, 2 * SHOWN + said.size()).stream()
                    .filter(card -> !out.contains(card.id()))
                    .forEach(card -> picks.putIfAbsent(card.id(), card));
        return picks.values().stream()
                .limit(SHOWN)
                .map(card -> new Pick(card, first.contains(card.id()), likeness.getOrDefault(card.id(), 0f)))
                .toList();
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
