package press.masthead.search;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.access.Standing;

/** Texts that everyone may read, searched as the site searches; for measurements. */
public final class TextSet implements AutoCloseable {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final PieceIndex index;
    private final Optional<Meaning> meaning;

    private TextSet(PieceIndex index, Optional<Meaning> meaning) {
        this.index = index;
        this.meaning = meaning;
    }

    /** @param folder an empty one */
    public static TextSet open(Path folder, Optional<Meaning> meaning) throws IOException {
        return new TextSet(PieceIndex.open(folder), meaning);
    }

    /** Takes a text in; from many threads if one likes. Found after {@link #show()}. */
    public void put(long number, String language, String title, String text) {
        Piece piece = piece(number, language, title, text);
        index.put(piece, meaning.map(model -> Reading.directions(piece, model)).orElse(PieceIndex.Directions.NONE));
    }

    /** A text of a set, which everyone may read. */
    static Piece piece(long number, String language, String title, String text) {
        return new Piece(
                number,
                "article",
                language,
                title,
                "",
                text,
                "",
                Rule.of(Audience.PUBLIC),
                THEN,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    public void show() {
        index.show();
    }

    /** As {@link Search#find(Wanted, String)}. */
    public List<Hit> find(String words, String meant, int most) {
        var wanted = new Wanted(words, List.of(), Narrowed.NOT, new Standing.Visitor(), THEN, Wanted.Order.BEST, most);
        var direction = meaning.filter(model -> model.understands(Languages.of(meant)))
                .map(model -> Vectors.bytes(model.of(meant)));
        return index.ask(searcher -> new Ranking(searcher, wanted).hits(direction, Search.LEAST_LIKENESS));
    }

    /** As {@link Search#rarity}. */
    public double rarity(String languageTag, String word) {
        return index.ask(searcher -> Rarity.of(searcher, languageTag, word));
    }

    @Override
    public void close() throws IOException {
        index.close();
    }
}
