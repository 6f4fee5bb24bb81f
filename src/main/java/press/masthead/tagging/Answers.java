package press.masthead.tagging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import press.masthead.tagging.Suggestion.Kind;

/** What editors answered to suggestions, counted for each word that spoke for one; who answered is not kept. */
final class Answers {
    private final Jdbi jdbi;

    Answers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How often a suggestion was taken, and how often dismissed, while this word spoke for it. */
    record Count(String kind, String value, String word, int taken, int dismissed) {}

    /** What was answered while one of these words spoke for it. */
    Learned about(Collection<String> words) {
        return new Learned(jdbi.withHandle(handle -> handle.createQuery("""
                        select kind, value, word, taken, dismissed from suggestion_word where word = any(:words)
                        """)
                .bindArray("words", String.class, words)
                .mapTo(Count.class)
                .list()));
    }

    /** What was dismissed for this story; it is not suggested for it again. */
    Set<String> dismissedFor(long story) {
        return new HashSet<>(jdbi.withHandle(handle ->
                handle.createQuery("""
                        select kind || ':' || value from suggestion_dismissed where story_id = :story
                        """).bind("story", story).mapTo(String.class).list()));
    }

    /** @param story 0 for one that is not saved yet */
    void note(long story, Kind kind, String value, List<String> words, boolean taken) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            insert into suggestion_word (word, kind, value, taken, dismissed)
                            select word, :kind, :value, :taken, 1 - :taken from unnest(:words) word order by word
                            on conflict (word, kind, value) do update set
                              taken = suggestion_word.taken + excluded.taken, dismissed = suggestion_word.dismissed + excluded.dismissed
                            """)
                    .bindArray("words", String.class, new ArrayList<>(new HashSet<>(words)))
                    .bind("kind", kind.stored())
                    .bind("value", value)
                    .bind("taken", taken ? 1 : 0)
                    .execute();
            if (!taken)
                handle.createUpdate("""
                                insert into suggestion_dismissed (story_id, kind, value) select id, :kind, :value from story where id = :story
                                on conflict do nothing
                                """)
                        .bind("story", story)
                        .bind("kind", kind.stored())
                        .bind("value", value)
                        .execute();
        });
    }

    /** What editors taught. */
    static final class Learned {
        static final Learned NOTHING = new Learned(List.of());

        private final Map<String, Count> counts = new HashMap<>();

        Learned(List<Count> counts) {
            for (Count count : counts) this.counts.put(key(count.kind(), count.value(), count.word()), count);
        }

        private static String key(String kind, String value, String word) {
            return kind + "\n" + value + "\n" + word;
        }

        /** How much more (or less) a word speaks for it than the archive says; in the logarithm of odds, from -2.5 to 2.5. */
        double weight(Kind kind, String value, String word) {
            Count count = counts.get(key(kind.stored(), value, word));
            if (count == null) return 0;
            return Math.clamp(Math.log((count.taken() + 2.0) / (count.dismissed() + 2.0)), -2.5, 2.5);
        }

        /** How often it was taken for this word more than it was dismissed. */
        int lead(Kind kind, String value, String word) {
            Count count = counts.get(key(kind.stored(), value, word));
            return count == null ? 0 : count.taken() - count.dismissed();
        }
    }
}
