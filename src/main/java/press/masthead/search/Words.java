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
 * What someone typed: words, and phrases in quotation marks that must stand as they are.
 *
 * @param loose everything, the words of the phrases too
 * @param phrases between straight or curly quotation marks
 */
record Words(String loose, List<String> phrases) {
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

    /** Cut, stemmed and folded; the first sixty. */
    static List<String> tokens(Analyzer analyzer, String text) {
        var tokens = new ArrayList<String>();
        try (var stream = analyzer.tokenStream("", new StringReader(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (tokens.size() < MOST_TOKENS && stream.incrementToken()) tokens.add(term.toString());
            return tokens;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
