package press.masthead.search;

import java.time.Instant;
import java.util.ArrayList;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.VectorSimilarityFunction;
import press.masthead.access.Audience;
import press.masthead.access.Rule;

/**
 * How a piece lies in the index: its passages one after another, and then itself, so that each finds the other by counting. A passage
 * has a direction and no words. What the rule says is written into each of them as it stands, and judged by {@link Readable}.
 */
final class Fields {
    static final String PIECE = "piece";
    static final String IS = "is";
    static final String ID = "id";
    static final String LANGUAGE = "language";
    static final String PASSAGES = "passages";
    static final String AHEAD = "ahead";
    static final String PART = "part";
    static final String HAS = "has";
    static final String MEANING = "meaning";
    static final String PUBLISHED = "published";
    static final String KIND = "kind";
    static final String AUTHOR = "author";
    static final String TOPIC = "topic";
    static final String INDUSTRY = "industry";
    static final String COUNTRY = "country";
    static final String AUDIENCE = "audience";
    static final String PLAN = "plan";
    static final String FREE_FROM = "free_from";
    static final String FREE_UNTIL = "free_until";
    static final String OPEN = "open";
    static final String REST = "rest";
    /** What is open and what lies beyond the cut, of pieces that have such. */
    static final String WHOLE = "whole";

    static final String TITLE = "title";
    /** The fields of words as they stand. */
    static final String EXACT = "_x";

    private static final FieldType WORDS = type(IndexOptions.DOCS_AND_FREQS);
    private static final FieldType THERE = type(IndexOptions.DOCS);
    private static final FieldType PLACED = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);

    private Fields() {}

    /** A field of stemmed words, such as {@code open_en}. */
    static String in(String field, String languageKey) {
        return field + "_" + languageKey;
    }

    /** Whether words of a text lie in this field, and no single value. */
    static boolean isText(String field) {
        return field.startsWith(OPEN + "_")
                || field.startsWith(WHOLE + "_")
                || field.startsWith(REST + "_")
                || field.startsWith(TITLE + "_");
    }

    /** Whether words beyond a cut lie in this field. */
    static boolean isHidden(String field) {
        return field.startsWith(WHOLE + "_") || field.equals(REST + EXACT);
    }

    /** What everyone may read in the same form: of {@code whole_en} it is {@code open_en}. */
    static String openOf(String hidden) {
        return OPEN + hidden.substring(hidden.indexOf('_'));
    }

    static Document piece(Piece piece, int passages) {
        var document = new Document();
        document.add(new StringField(IS, PIECE, Field.Store.NO));
        document.add(new NumericDocValuesField(PASSAGES, passages));
        String language = Analysis.key(piece.language());
        document.add(new StringField(LANGUAGE, language, Field.Store.NO));
        var title = Cut.of(piece.title(), language);
        var standfirst = Cut.of(piece.standfirst(), language);
        var opening = Cut.of(piece.opening(), language);
        var open = Counted.open(title, standfirst, opening);
        words(document, OPEN, language, open);
        document.add(new Field(TITLE + EXACT, new Placed(title.exact), THERE));
        var inOrder = new ArrayList<>(title.exact);
        inOrder.addAll(standfirst.exact);
        inOrder.addAll(opening.exact);
        document.add(new Field(OPEN + EXACT, new Placed(inOrder), PLACED));
        if (!piece.rest().isEmpty()) {
            var rest = Cut.of(piece.rest(), language);
            words(document, WHOLE, language, Counted.whole(open, rest));
            document.add(new Field(REST + EXACT, new Placed(rest.exact), PLACED));
            document.add(new StringField(HAS, REST, Field.Store.NO));
        }
        about(document, piece);
        return document;
    }

    /** @param ahead how many documents later the piece itself stands */
    static Document passage(Piece piece, byte[] direction, boolean open, int ahead) {
        var document = new Document();
        document.add(new KnnByteVectorField(MEANING, direction, VectorSimilarityFunction.DOT_PRODUCT));
        document.add(new NumericDocValuesField(AHEAD, ahead));
        document.add(new NumericDocValuesField(PART, open ? 0 : 1));
        document.add(new StringField(PART, open ? OPEN : REST, Field.Store.NO));
        about(document, piece);
        return document;
    }

    private static void words(Document document, String field, String language, Counted counted) {
        if (!counted.isEmpty()) document.add(new Field(in(field, language), counted, WORDS));
    }

    private static void about(Document document, Piece piece) {
        document.add(new StringField(PIECE, Long.toString(piece.id()), Field.Store.NO));
        document.add(new NumericDocValuesField(ID, piece.id()));
        long published = micros(piece.publishedAt());
        document.add(new LongPoint(PUBLISHED, published));
        document.add(new NumericDocValuesField(PUBLISHED, published));
        document.add(new StringField(KIND, piece.kind(), Field.Store.NO));
        each(document, AUTHOR, piece.authors());
        each(document, TOPIC, piece.topics());
        each(document, INDUSTRY, piece.industries());
        each(document, COUNTRY, piece.countries());
        rule(document, piece.rule());
    }

    private static void rule(Document document, Rule rule) {
        document.add(new StringField(AUDIENCE, rule.audience().name(), Field.Store.NO));
        each(document, PLAN, rule.plans());
        if (rule.audience() == Audience.CLOSED || !rule.free().isSet()) return;
        document.add(
                new LongPoint(FREE_FROM, rule.free().from().map(Fields::micros).orElse(Long.MIN_VALUE)));
        document.add(new LongPoint(
                FREE_UNTIL, rule.free().until().map(Fields::micros).orElse(Long.MAX_VALUE)));
    }

    private static void each(Document document, String field, Iterable<String> values) {
        for (String value : values) document.add(new StringField(field, value, Field.Store.NO));
    }

    /** As finely as PostgreSQL keeps time. */
    static long micros(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1000);
    }

    private static FieldType type(IndexOptions options) {
        var type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(options);
        type.freeze();
        return type;
    }
}
