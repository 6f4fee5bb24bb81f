package press.masthead.archive;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a question asks for, told by its words in several languages; and whether a sentence holds such a thing. */
enum Kind {
    WHO("\\b(who|whom|whose|which (person|man|woman|president|minister|author|company|organi[sz]ation))\\b"
            + "|^من |^مَن |^מי |\\b(qui|quién|quiénes|wer|wem|kim|quem|chi)\\b|^кто "),
    WHEN(
            "\\b(when|(what|which) (year|day|date|month|century|decade)|since when|how long ago)\\b"
                    + "|متى|أي عام|أي سنة|^מתי|באיזו שנה|\\b(quand|cuándo|wann|quando|ne zaman|hangi yıl)\\b|когда|в каком году"),
    HOW_MANY(
            "\\b(how (many|much|often|far|long|large|big|high|old|deep|fast|heavy|tall|wide)|what (percentage|percent|share|number|proportion|amount|part|size|price)"
                    + "|by how|to what amount|for how long|within how)\\b|^كم |\\bكم\\b|^כמה|\\b(combien|cuánt[oa]s?|wie ?viele?|quant[aoie]s?|kaç)\\b|сколько"),
    WHERE("\\b(where|(what|which) (city|cities|country|countries|place|town|state|region|province))\\b"
            + "|أين|^איפה|^היכן|\\b(où|dónde|wo|wohin|onde|dove|nerede)\\b|^где "),
    OTHER("$^");

    private static final Pattern TIME = Pattern.compile(
            "\\b(1[0-9]{3}|20[0-9]{2})\\b|\\b(January|February|March|April|May|June|July|August|September|October|November|December"
                    + "|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|spring|summer|autumn|winter|yesterday|century)\\b"
                    + "|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|עשור|ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NUMBER = Pattern.compile(
            "\\p{Nd}+([.,]\\p{Nd}+)*|\\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|thousands?"
                    + "|millions?|billions?|half|third|quarter|dozens?|double|twice|once)\\b|مليون|مليار|ألف|مئة|نصف|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع|עשר|מיליון|אלף|מאה|חצי",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{L}\\p{Nd},;:’'\"”)] )\\p{Lu}[\\p{L}\\p{Nd}.’'-]+");
    private static final Pattern CASED = Pattern.compile("\\p{Ll}");

    private final Pattern asks;

    Kind(String asks) {
        this.asks = Pattern.compile(
                asks, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }

    /** The first that its words tell. */
    static Kind of(String question) {
        for (Kind kind : List.of(HOW_MANY, WHEN, WHERE, WHO))
            if (kind.asks.matcher(question).find()) return kind;
        return OTHER;
    }

    /** How well a sentence may answer a question of this kind: 1 when it holds what is asked for, 0 when not, between when that can't be told. */
    double fits(String sentence, String question) {
        return switch (this) {
            case WHEN -> holds(TIME, sentence, question) ? 1 : 0;
            case HOW_MANY -> holds(NUMBER, sentence, question) ? 1 : 0;
            case WHO, WHERE -> !CASED.matcher(sentence).find() ? 0.5 : holds(NAME, sentence, question) ? 1 : 0.2;
            case OTHER -> 0.5;
        };
    }

    private static boolean holds(Pattern wanted, String sentence, String question) {
        Set<String> known =
                new HashSet<>(List.of(question.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+")));
        Matcher found = wanted.matcher(sentence);
        while (found.find()) if (!known.contains(found.group().toLowerCase(Locale.ROOT))) return true;
        return false;
    }
}
