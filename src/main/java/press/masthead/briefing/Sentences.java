package press.masthead.briefing;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A text in whole sentences, by Unicode's rules (UAX 29) with CLDR's list of abbreviations and our own: after U.S., Mr. or No. a sentence
 * does not end, nor between quotation marks or brackets that are still open. Where it is not sure, two sentences stay one.
 */
public final class Sentences {
    private static final Set<String> ABBREVIATIONS = Set.of(
            "U.S.", "U.K.", "U.N.", "E.U.", "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "St.", "Gen.", "Col.", "Sgt.", "Lt.",
            "Capt.", "Gov.", "Sen.", "Rep.", "Rev.", "Hon.", "No.", "Nos.", "Inc.", "Ltd.", "Co.", "Corp.", "vs.", "v.",
            "e.g.", "i.e.", "etc.", "approx.", "Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.", "a.m.", "p.m.",
            "Ph.D.", "Jr.", "Sr.", "Art.", "Fig.", "Vol.", "p.", "pp.", "Mt.", "Ft.", "د.", "أ.", "م.", "ق.م.");

    private static final String OPENING = "“«„([（「『";
    private static final String CLOSING = "”»)]）」』";

    private Sentences() {}

    /** @param text plain, a line for each block; a block's end is a sentence's end */
    public static List<String> of(String text, String languageTag) {
        var sentences = new ArrayList<String>();
        for (String line : text.split("\n")) if (!line.isBlank()) addAll(sentences, line.strip(), languageTag);
        return sentences;
    }

    private static void addAll(List<String> sentences, String line, String languageTag) {
        BreakIterator breaks = breaks(languageTag);
        breaks.setText(line);
        var begun = new StringBuilder();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            begun.append(line, start, end);
            if (end < line.length() && !isEnd(begun.toString(), line.substring(end))) continue;
            String sentence = begun.toString().strip();
            if (!sentence.isEmpty()) sentences.add(sentence);
            begun.setLength(0);
        }
    }

    private static BreakIterator breaks(String languageTag) {
        var locale = new ULocale(languageTag);
        var builder = FilteredBreakIteratorBuilder.getInstance(locale);
        for (String abbreviation : ABBREVIATIONS) builder.suppressBreakAfter(abbreviation);
        return builder.wrapIteratorWithFilter(BreakIterator.getSentenceInstance(locale));
    }

    private static boolean isEnd(String sentence, String next) {
        if (isOpen(sentence)) return false;
        String begun = sentence.strip();
        // initials: "J. Tarn", "the U.S. Treasury"
        if (begun.matches("(?s).*(^|[\\s(“\"])(\\p{Lu}\\.)+")) return false;
        String follows = next.strip();
        if (follows.isEmpty()) return true;
        int first = follows.codePointAt(0);
        return !Character.isLowerCase(first) && CLOSING.indexOf(first) < 0;
    }

    private static boolean isOpen(String sentence) {
        int open = 0;
        int straight = 0;
        // “ closes what „ opened
        int low = 0;
        for (int i = 0; i < sentence.length(); i++) {
            char here = sentence.charAt(i);
            if (here == '"') straight++;
            else if (here == '“' && low > 0) {
                low--;
                open--;
            } else if (here == '„') {
                low++;
                open++;
            } else if (OPENING.indexOf(here) >= 0) open++;
            else if (CLOSING.indexOf(here) >= 0) open = Math.max(0, open - 1);
        }
        return open > 0 || straight % 2 == 1;
    }

    /** Whether a sentence leans on the one before it, so that it says nothing, or something else, alone. */
    public static boolean isDangling(String sentence, String languageTag) {
        String first = sentence.replaceFirst("^[^\\p{L}\\p{N}]+", "")
                .split("[^\\p{L}\\p{M}’']", 2)[0]
                .toLowerCase(Locale.ROOT)
                .replaceAll("[’'].*", "");
        return switch (languageTag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT)) {
            case "ar" ->
                ARABIC.contains(first)
                        || first.matches("(وقال|وأضاف|وتابع|وأوضح|وذكر|وأكد|وأشار|وكان|ولكن|لكن|فقد|كما).*");
            case "he" -> HEBREW.contains(first);
            case "fr" -> FRENCH.contains(first);
            default -> ENGLISH.contains(first);
        };
    }

    private static final Set<String> ENGLISH = Set.of(
            "he",
            "she",
            "it",
            "they",
            "his",
            "her",
            "hers",
            "their",
            "theirs",
            "its",
            "this",
            "that",
            "these",
            "those",
            "but",
            "and",
            "or",
            "nor",
            "so",
            "yet",
            "however",
            "also",
            "then",
            "instead",
            "meanwhile",
            "moreover",
            "still",
            "therefore",
            "thus",
            "both",
            "neither",
            "such",
            "there",
            "here",
            "another",
            "others",
            "him",
            "them",
            "we",
            "you",
            "i",
            "because",
            "hence",
            "besides",
            "furthermore",
            "nevertheless");
    private static final Set<String> ARABIC = Set.of(
            "هو", "هي", "هم", "هذا", "هذه", "ذلك", "تلك", "هؤلاء", "أيضا", "أيضًا", "ثم", "إنه", "إنها", "بل", "قال",
            "قالت");
    private static final Set<String> HEBREW =
            Set.of("הוא", "היא", "הם", "הן", "זה", "זאת", "זו", "אלה", "אבל", "אך", "גם", "לכן", "אולם", "ואולם", "כך");
    private static final Set<String> FRENCH = Set.of(
            "il",
            "elle",
            "ils",
            "elles",
            "ce",
            "cet",
            "cette",
            "ces",
            "mais",
            "et",
            "ou",
            "donc",
            "or",
            "ni",
            "car",
            "son",
            "sa",
            "ses",
            "leur",
            "leurs",
            "cela",
            "c",
            "celui",
            "celle",
            "ceux",
            "pourtant",
            "cependant");
}
