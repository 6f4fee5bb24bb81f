package press.masthead.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** How search reads a text, for whoever works with its sentences and words. Languages are BCP 47 tags. */
public final class Texts {
    private Texts() {}

    /** A body without its marks, one line for each block; tables left out. */
    public static String plain(String html) {
        return PlainText.of(html);
    }

    /** In the order of the text; as a hit counts them. */
    public static List<String> passages(String text, String languageTag) {
        return Passages.of(text, languageTag);
    }

    public static List<String> sentences(String text, String languageTag) {
        return Passages.sentences(text, languageTag);
    }

    /** Stemmed and folded, as often as they stand there; words that every text has are left out. */
    public static List<String> words(String text, String languageTag) {
        var words = new ArrayList<String>();
        try (var stream = Analysis.of(Analysis.key(languageTag)).tokenStream("", new StringReader(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) words.add(term.toString());
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As they stand, only folded: without case, accents and marks. */
    public static String folded(String text) {
        return String.join(" ", Words.tokens(Analysis.EXACT, text));
    }

    /** The likeliest language, by its letters alone. */
    public static String language(String text) {
        return Languages.of(text);
    }

    /** How near two directions of one model are, from -1 to 1. */
    public static float likeness(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) sum += one[i] * other[i];
        return Math.clamp(sum, -1, 1);
    }
}
