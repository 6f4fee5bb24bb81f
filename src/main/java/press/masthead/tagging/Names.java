package press.masthead.tagging;

import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text as a row of words in which names are looked for: folded so that case, accents, vowel signs and widths do not matter, each with
 * its place in the text, and with what may stand before a name without a space, such as the Arabic "and" and "the".
 */
final class Names {
    private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 APART = Normalizer2.getNFDInstance();
    private static final String ARABIC_BEFORE = "وفبلك";
    private static final String HEBREW_BEFORE = "והבלמשכ";
    private static final int SHORTEST_STEM = 3;
    private static final Set<String> ELIDING = Set.of("fr", "it", "ca", "oc");
    private static final Pattern ARTICLE = Pattern.compile("\\p{L}{1,5}['’]");
    private static final Set<String> EVERY_NOUN = Set.of("de", "lb", "gsw", "nds");
    private static final Set<String> NO_CAPITALS = Set.of(
            "ar", "he", "yi", "fa", "ur", "ps", "sd", "ug", "ckb", "hi", "mr", "ne", "bn", "gu", "pa", "ta", "te", "kn",
            "ml", "si", "am", "ti", "my", "km", "lo", "ka", "zh", "ja", "ko", "th");

    private Names() {}

    /**
     * A word of the text.
     *
     * @param folded as it is compared
     * @param from where it begins, in chars
     * @param to where it ends
     * @param begins whether a sentence begins with it
     * @param capital whether it is written with a capital, where its script has them
     */
    record Word(String folded, int from, int to, boolean begins, boolean capital) {

        /** As it is, and without what may stand before it. */
        Set<String> forms() {
            if (folded.isEmpty()) return Set.of();
            var forms = new java.util.LinkedHashSet<String>();
            forms.add(folded);
            switch (Character.UnicodeScript.of(folded.codePointAt(0))) {
                case ARABIC -> arabic(folded, forms);
                case HEBREW -> {
                    if (HEBREW_BEFORE.indexOf(folded.charAt(0)) >= 0 && folded.length() > SHORTEST_STEM)
                        forms.add(folded.substring(1));
                }
                default -> {}
            }
            return forms;
        }

        private static void arabic(String word, Set<String> forms) {
            String bare = ARABIC_BEFORE.indexOf(word.charAt(0)) >= 0 && word.length() > SHORTEST_STEM + 1
                    ? word.substring(1)
                    : word;
            forms.add(bare);
            for (String one : List.of(word, bare)) {
                if (one.startsWith("ال") && one.length() > SHORTEST_STEM + 1) forms.add(one.substring(2));
                // "to the" is written as one letter
                if (one.startsWith("لل") && one.length() > SHORTEST_STEM + 1) forms.add(one.substring(2));
                if (word.startsWith("لل")) forms.add("ال" + word.substring(2));
            }
        }
    }

    /** Its words, with one space between them. */
    static String folded(String name) {
        return String.join(" ", words(name).stream().map(Word::folded).toList());
    }

    static List<Word> words(String text) {
        var words = new ArrayList<Word>();
        boolean begins = true;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (!isPart(point)) {
                if (point == '\n' || ".!?؟:”\"“‘•".indexOf(point) >= 0) begins = true;
                at += Character.charCount(point);
                continue;
            }
            int from = at;
            while (at < text.length() && (isPart(text.codePointAt(at)) || joins(text, at)))
                at += Character.charCount(text.codePointAt(at));
            String word = text.substring(from, at);
            words.add(new Word(fold(word), from, at, begins, Character.isUpperCase(word.codePointAt(0))));
            begins = false;
        }
        return words;
    }

    private static boolean isPart(int point) {
        return Character.isLetterOrDigit(point)
                || Character.getType(point) == Character.NON_SPACING_MARK
                || point == 0x0640;
    }

    /** Points of abbreviations, apostrophes and hyphens hold a word together: U.S., N'Djamena, Port-au-Prince. */
    private static boolean joins(String text, int at) {
        if (at + 1 >= text.length() || !isPart(text.codePointAt(at + 1))) return false;
        char here = text.charAt(at);
        if (here == '.') return at >= 1 && Character.isUpperCase(text.charAt(at - 1)) && single(text, at);
        return "'’-‑".indexOf(here) >= 0;
    }

    private static boolean single(String text, int at) {
        return at < 2 || !Character.isLetterOrDigit(text.charAt(at - 2));
    }

    private static String fold(String word) {
        var folded = new StringBuilder();
        APART.normalize(FOLD.normalize(word)).codePoints().forEach(point -> {
            int type = Character.getType(point);
            if (type == Character.NON_SPACING_MARK || point == 0x0640 || point == '.' || point == '’' || point == '\'')
                return;
            switch (point) {
                case 'أ', 'إ', 'آ', 'ٱ' -> folded.append('ا');
                case 'ى' -> folded.append('ي');
                case 'ة' -> folded.append('ه');
                case '‑' -> folded.append('-');
                default -> folded.appendCodePoint(point);
            }
        });
        String whole = folded.toString();
        return whole.endsWith("s") && word.matches("(?s).*['’]s") ? whole.substring(0, whole.length() - 1) : whole;
    }

    /** Whether a capital within a sentence tells a name: not where there are none, nor where every noun has one. */
    static boolean capitalsAreNames(String languageTag) {
        return hasCapitals(languageTag) && !EVERY_NOUN.contains(base(languageTag));
    }

    /** Whether this language's names are written with a capital. */
    static boolean hasCapitals(String languageTag) {
        return !NO_CAPITALS.contains(base(languageTag));
    }

    /** A text's words where an article that elides stands before them: the names alone, as in d’Élise or dell’Adige. */
    static List<Word> withoutArticles(List<Word> words, String text, String languageTag) {
        if (!ELIDING.contains(base(languageTag))) return words;
        return words.stream()
                .map(word -> {
                    var article = ARTICLE.matcher(text).region(word.from(), word.to());
                    if (!article.lookingAt() || article.end() >= word.to()) return word;
                    int from = article.end();
                    return Character.isUpperCase(text.codePointAt(from))
                            ? new Word(folded(text.substring(from, word.to())), from, word.to(), false, true)
                            : word;
                })
                .toList();
    }

    /** A name without its case behind an apostrophe. */
    static String bare(String name, String languageTag) {
        return switch (base(languageTag)) {
            case "en" -> name.replaceAll("['’]s$", "");
            case "tr", "az" -> name.replaceAll("['’]\\p{Ll}+$", "");
            default -> name;
        };
    }

    private static String base(String languageTag) {
        return languageTag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    }
}
