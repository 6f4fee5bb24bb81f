package press.masthead.search;

import java.util.HashMap;
import java.util.Map;

/** What can be told of a text's language from its letters alone. */
final class Languages {
    private Languages() {}

    /** The likeliest language of this script, as a BCP 47 tag. */
    static String of(Character.UnicodeScript script) {
        return switch (script) {
            case ARABIC -> "ar";
            case HEBREW -> "he";
            case CYRILLIC -> "ru";
            case GREEK -> "el";
            case DEVANAGARI -> "hi";
            case HAN -> "zh";
            case HIRAGANA, KATAKANA -> "ja";
            case HANGUL -> "ko";
            case THAI -> "th";
            default -> "en";
        };
    }

    /** Of the script in which most of its letters are. */
    static String of(String text) {
        var letters = new HashMap<Character.UnicodeScript, Integer>();
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> letters.merge(Character.UnicodeScript.of(letter), 1, Integer::sum));
        return letters.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .map(Languages::of)
                .orElse("en");
    }
}
