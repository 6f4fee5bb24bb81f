package press.masthead.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * What someone typed: words, and phrases in quotation marks that must stand as they are. In a longer sentence quotation marks are
 * part of the sentence, and a phrase is wanted more than it is demanded.
 *
 * @param loose everything, the words of the phrases too
 * @param phrases between straight or curly quotation marks
 */
record Words(String loose, List<String> phrases) {
    private static final int FEW = 3;

    private static final Pattern PHRASE = Pattern.compile(
            "[\"\u201c\u201d\u201e\u00ab\u00bb]([^\"\u201c\u201d\u201e\u00ab\u00bb]+)[\"\u201c\u201d\u201e\u00ab\u00bb]");
    private static final int MOST_TOKENS = 60;

    static Words of(String typed) {
        var phrases = new ArrayList<String>();
        var matcher = PHRASE.matcher(typed);
        while (matcher.find())
            if (!matcher.group(1).isBlank()) phrases.add(matcher.group(1).strip());
        return new Words(typed, List.copyOf(phrases));
    }

    /** Whether the phrases were meant as a demand: with at most three words beside them. */
    boolean isDemand() {
        return !phrases.isEmpty() && beside() <= FEW;
    }

    /** Whether nothing but phrases was typed. */
    boolean isPhrasesAlone() {
        return !phrases.isEmpty() && beside() == 0;
    }

    private int beside() {
        return tokens(Analysis.EXACT, PHRASE.matcher(loose).replaceAll(" ")).size();
    }

    /** Cut, stemmed and folded; the first sixty. */
    static List<String> tokens(Analyzer analyzer, String text) {
        return tokens(analyzer, text, MOST_TOKENS);
    }

    /** All of a text. */
    static List<String> allTokens(Analyzer analyzer, String text) {
        return tokens(analyzer, text, Integer.MAX_VALUE);
    }

    private static List<String> tokens(Analyzer analyzer, String text, int most) {
        var tokens = new ArrayList<String>();
        try (var stream = analyzer.tokenStream("", new StringReader(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (tokens.size() < most && stream.incrementToken()) tokens.add(term.toString());
            return tokens;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
