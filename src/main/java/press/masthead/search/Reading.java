package press.masthead.search;

import java.util.List;

/** Has a model read a piece, passage by passage, each under its headline: a passage alone seldom says what it is about. */
final class Reading {
    private Reading() {}

    static PieceIndex.Directions directions(Piece piece, Meaning meaning) {
        if (!meaning.understands(piece.language())) return PieceIndex.Directions.NONE;
        return new PieceIndex.Directions(
                each(piece, piece.standfirst() + "\n" + piece.opening(), meaning), each(piece, piece.rest(), meaning));
    }

    private static List<byte[]> each(Piece piece, String text, Meaning meaning) {
        return Passages.of(text, piece.language()).stream()
                .map(passage ->
                        Vectors.bytes(meaning.of(piece.title().isBlank() ? passage : piece.title() + ". " + passage)))
                .toList();
    }
}
