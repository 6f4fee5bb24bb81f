package press.masthead.search;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Divides a text into passages that a language model takes in at once, at the ends of sentences. */
final class Passages {
    /** A passage and its headline stay under the 256 pieces of words for which the model was made. */
    static final int WORDS = 130;

    private static final int LONGEST_SENTENCE = 200;

    private Passages() {}

    /** In the order of the text; together all of it. A text without words has none. */
    static List<String> of(String text, String languageTag) {
        var passages = new ArrayList<String>();
        var passage = new StringBuilder();
        int words = 0;
        for (String sentence : sentences(text, languageTag)) {
            int more = words(sentence);
            if (words > 0 && words + more > WORDS) {
                passages.add(passage.toString().strip());
                passage.setLength(0);
                words = 0;
            }
            passage.append(sentence).append(' ');
            words += more;
        }
        if (words > 0) passages.add(passage.toString().strip());
        return List.copyOf(passages);
    }

    /** Sentences by Unicode's rules (UAX 29); one without an end is cut where it grows too long. */
    static List<String> sentences(String text, String languageTag) {
        var sentences = new ArrayList<String>();
        for (String line : text.split("\n")) {
            if (line.isBlank()) continue;
            var breaks = BreakIterator.getSentenceInstance(Locale.forLanguageTag(languageTag));
            breaks.setText(line);
            int start = breaks.first();
            for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next())
                addCut(sentences, line.substring(start, end).strip());
        }
        return sentences;
    }

    private static void addCut(List<String> sentences, String sentence) {
        if (sentence.isEmpty()) return;
        if (words(sentence) <= LONGEST_SENTENCE) {
            sentences.add(sentence);
            return;
        }
        String[] words = sentence.split("\\s+");
        for (int from = 0; from < words.length; from += WORDS)
            sentences.add(String.join(" ", List.of(words).subList(from, Math.min(words.length, from + WORDS))));
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean letter = !Character.isWhitespace(text.charAt(i));
            if (letter && !inside) words++;
            inside = letter;
        }
        return words;
    }
}
