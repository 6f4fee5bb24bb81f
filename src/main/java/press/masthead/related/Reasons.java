package press.masthead.related;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why a story stands under another, in words for editors. */
final class Reasons {
    /** From here on (cosine) two openings tell of the same thing; below it of things that have to do with each other. */
    private static final float MUCH = 0.55f;

    private static final Duration NEW = Duration.ofDays(30);
    private static final long MANY = 100;

    private Reasons() {}

    /** @param opens of the last four weeks */
    static List<String> of(MoreOnThis.Pick pick, List<String> topics, long opens, Instant now) {
        var reasons = new ArrayList<String>();
        if (pick.first()) reasons.add("Put first by an editor");
        if (pick.likeness() >= MUCH) reasons.add("Opens much like it");
        else if (pick.likeness() > 0) reasons.add("Opens somewhat like it");
        List<String> shared = shared(pick, topics);
        if (!shared.isEmpty()) reasons.add("On the same topic: " + String.join(", ", shared));
        if (pick.card().publishedAt().isAfter(now.minus(NEW))) reasons.add("New");
        if (opens >= MANY)
            reasons.add(String.format(Locale.ENGLISH, "Read a lot: opened %,d times in four weeks", opens));
        return reasons;
    }

    private static List<String> shared(MoreOnThis.Pick pick, List<String> topics) {
        var shared = new ArrayList<String>();
        for (int i = 0; i < pick.card().topicSlugs().size(); i++)
            if (topics.contains(pick.card().topicSlugs().get(i)))
                shared.add(pick.card().topicNames().get(i));
        return shared;
    }
}
