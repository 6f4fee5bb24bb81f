package press.masthead.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be asked of an index, wherever it lies. */
sealed interface Lookup permits PieceIndex, ClusterLookup {
    /** Whether directions are looked at: where they are not, nobody need ask a model for one. */
    boolean isByMeaning();

    /**
     * The hits, best first.
     *
     * @param direction of what is asked; none when no model understands it
     * @param leastLikeness below which what was found by meaning alone is not shown
     */
    List<Hit> find(Wanted wanted, Optional<byte[]> direction, float leastLikeness);

    /** As {@link Rarity}. */
    double rarity(String languageTag, String word);

    /** For each of these words that no open text has, one that some have and that is written nearly so. */
    Map<String, String> better(List<String> words);

    /** The newest whose headlines have all these words, the last of them perhaps unfinished. */
    List<Long> beginningWith(List<String> words, int most);

    /** The nearest to a piece by how they open; none where no model has read it. */
    List<Related.Near> near(long piece, int most, Instant now);

    /** What is filed where of what a text is like. */
    FiledWords.Found filed(FiledWords.Text text);
}
