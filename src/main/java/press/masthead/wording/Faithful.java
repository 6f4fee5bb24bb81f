package press.masthead.wording;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import press.masthead.search.Texts;

/**
 * Whether quotations say what a sentence says, by its words. Most of them must stand there, and every one that may be a figure, its unit, a
 * name or an address; a word of a script without capitals may be a name. What it denies is {@link Denial}'s.
 */
final class Faithful {
    /** So much of a sentence's words must stand in what it names. */
    private static final double SHARE = 0.6;

    private static final Pattern FIGURE = Pattern.compile("\\p{Nd}+([.,]\\p{Nd}+)*");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}]+(['’][\\p{L}\\p{M}]+)?");

    /** What is counted; what comes after a year is none. */
    private static final Pattern COUNTED =
            Pattern.compile("(?<![\\p{Nd}.,])(?!(1[89]|20)\\d\\d\\b)\\p{Nd}[\\p{Nd}.,]*[\\s-]+(\\p{L}+)");

    /** Where one could be led to: only where a quotation leads. */
    private static final Pattern ADDRESS = Pattern.compile("\\S*(://|@|[\\p{L}\\p{Nd}]\\.\\p{L}{2})\\S*");

    /** Numbers and times that are written in small letters. */
    private static final Set<String> NUMBERS =
            Stream.of("""
                    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
                    twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions
                    trillion trillions dozen dozens half quarter third twice double doubled triple tripled
                    deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent cents mille
                    millions milliard milliards moitié tiers quart double triple janvier février mars avril mai juin juillet août septembre
                    octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
                    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig hundert tausend
                    dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cuarenta cincuenta ciento mil millón millones
                    mitad tercio enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
                    lunes martes miércoles jueves viernes sábado domingo
                    due tre quattro cinque sette otto nove dieci cento mila milione milioni miliardo miliardi metà gennaio febbraio aprile
                    maggio giugno luglio settembre ottobre dicembre
                    два две три четыре пять шесть семь восемь девять десять сто тысяча тысячи тысяч миллион миллиона миллионов миллиард
                    миллиарда миллиардов января февраля марта апреля мая июня июля августа сентября октября ноября декабря
                    """.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());

    private Faithful() {}

    static boolean says(List<String> quotations, String text) {
        String given = String.join(" ", quotations);
        String language = Texts.language(given);
        Set<String> words = new HashSet<>(Texts.words(text, language));
        Set<String> there = new HashSet<>(Texts.words(given, language));
        return !words.isEmpty()
                && words.stream().filter(there::contains).count() >= SHARE * words.size()
                && WORD.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .filter(Faithful::isFact)
                        .allMatch(word -> there.containsAll(Texts.words(word, language)))
                && figures(given).containsAll(figures(text))
                && COUNTED.matcher(text)
                        .results()
                        .allMatch(counted -> there.containsAll(Texts.words(counted.group(2), language)))
                && ADDRESS.matcher(text)
                        .results()
                        .allMatch(address -> given.contains(address.group().replaceAll("\\p{P}+$", "")))
                && Denial.of(text, language).fits(Denial.of(given, language), words);
    }

    /** What could be a name or a number, and so must stand in the quotation. */
    private static boolean isFact(String word) {
        int first = word.codePointAt(0);
        return Character.isUpperCase(first) && word.length() > 1
                || word.codePoints().anyMatch(letter -> Character.getType(letter) == Character.OTHER_LETTER)
                || NUMBERS.contains(word.toLowerCase(Locale.ROOT));
    }

    private static Set<String> figures(String text) {
        return FIGURE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
