package press.masthead.archive;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import press.masthead.briefing.Sentences;
import press.masthead.search.Texts;

/**
 * Whether two sentences state different figures for the same thing. They do where they say nearly the same words, name the same years
 * and nothing else besides, and hold one figure each with the same unit, of which neither is the other made round. Sentences that lean
 * on the day on which they were written (such as "last year") are never held against each other.
 */
final class Differing {
    private static final double SAME_OF_SHORTER = 0.75;
    private static final double SAME_OF_LONGER = 0.6;
    private static final int FEWEST = 3;

    private static final Map<String, Integer> SCALES = Map.ofEntries(
            Map.entry("thousand", 3),
            Map.entry("million", 6),
            Map.entry("billion", 9),
            Map.entry("trillion", 12),
            Map.entry("ألف", 3),
            Map.entry("آلاف", 3),
            Map.entry("مليون", 6),
            Map.entry("مليار", 9),
            Map.entry("אלף", 3),
            Map.entry("מיליון", 6),
            Map.entry("מיליארד", 9));

    private static final Pattern FIGURE = Pattern.compile(
            "(?<![\\p{L}\\p{Nd}.,])(?<money>[$€£¥₪]\\s?)?(?<number>\\p{Nd}+(?:[.,\\u00A0\\u202F٫٬]\\p{Nd}+)*)"
                    + "(?:[\\s\\u00A0-]?(?<scale>" + String.join("|", SCALES.keySet()) + ")\\b)?"
                    + "(?<percent>\\s?(?:%|٪|percent\\b|per cent\\b))?(?<after>(?:[\\s\\u00A0-][\\p{L}\\p{M}]+){0,3})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern YEAR = Pattern.compile("(?<![\\p{Nd}.,])(1[5-9]|20)\\d{2}(?![\\p{Nd}]|[.,]\\p{Nd})");
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{L}\\p{Nd},;:’'\"”)] )\\p{Lu}[\\p{L}\\p{Nd}]+");
    /** What leads on from a unit and is no part of it. */
    private static final Pattern ENDS_SMALL =
            Pattern.compile("( (a|an|the|in|on|at|of|by|to|for|from|per|with|and|or|is|are|was|were|في|من|على|إلى))+$");

    private static final Pattern OF_ITS_DAY = Pattern.compile(
            "\\b((last|this|next|previous|past|coming) (year|month|week|quarter|season|summer|winter|spring|autumn)|yesterday|today|tomorrow|so far|now"
                    + "|year earlier|ago|العام الماضي|هذا العام|أمس|اليوم|אתמול|היום|השנה|אשתקד)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private Differing() {}

    /** @param one as the first sentence has it, with its unit; {@code other} as the second */
    record Figures(String one, String other) {}

    private record Figure(BigDecimal value, String text, boolean money, boolean percent, List<String> after) {
        /** How it reads with what follows it in both; empty where these are not of one unit. */
        Optional<String> with(Figure other) {
            if (money != other.money || percent != other.percent) return Optional.empty();
            if (money || percent) return Optional.of(text);
            var unit = new StringBuilder(text);
            int same = 0;
            while (same < Math.min(after.size(), other.after.size())
                    && after.get(same).equalsIgnoreCase(other.after.get(same)))
                unit.append(' ').append(after.get(same++));
            return same > 0 ? Optional.of(ENDS_SMALL.matcher(unit).replaceFirst("")) : Optional.empty();
        }

        /** Not even when the more precise is made as round as the other. */
        boolean differs(Figure other) {
            int digits = Math.max(
                    1,
                    Math.min(
                            value.stripTrailingZeros().precision(),
                            other.value.stripTrailingZeros().precision()));
            var round = new MathContext(digits, RoundingMode.HALF_UP);
            return value.round(round).compareTo(other.value.round(round)) != 0;
        }
    }

    /** What they state differently; texts may be several sentences, of which the first pair that differs counts. */
    static Optional<Figures> of(String one, String other, String languageTag) {
        for (String first : Sentences.of(one, languageTag))
            for (String second : Sentences.of(other, languageTag)) {
                Optional<Figures> found =
                        isOfOneThing(first, second, languageTag) ? figures(first, second) : Optional.empty();
                if (found.isPresent()) return found;
            }
        return Optional.empty();
    }

    private static boolean isOfOneThing(String one, String other, String languageTag) {
        if (OF_ITS_DAY.matcher(one).find() || OF_ITS_DAY.matcher(other).find()) return false;
        if (!all(YEAR, one).equals(all(YEAR, other))) return false;
        Set<String> names = all(NAME, one);
        Set<String> others = all(NAME, other);
        if (!names.containsAll(others) && !others.containsAll(names)) return false;
        Set<String> words = words(one, languageTag);
        Set<String> theirs = words(other, languageTag);
        long same = words.stream().filter(theirs::contains).count();
        return same >= FEWEST
                && same >= SAME_OF_SHORTER * Math.min(words.size(), theirs.size())
                && same >= SAME_OF_LONGER * Math.max(words.size(), theirs.size());
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Set<String> words(String text, String languageTag) {
        return Texts.words(text, languageTag).stream()
                .filter(word -> word.codePoints().noneMatch(Character::isDigit))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Optional<Figures> figures(String one, String other) {
        var found = new ArrayList<Figures>();
        for (Figure first : figures(one))
            for (Figure second : figures(other)) {
                Optional<String> said = first.with(second);
                if (said.isEmpty()) continue;
                if (!first.differs(second)) return Optional.empty();
                found.add(new Figures(said.get(), second.with(first).orElse(second.text())));
            }
        // more than one pair of one unit: which belongs to which can't be told
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static List<Figure> figures(String sentence) {
        return FIGURE.matcher(sentence)
                .results()
                .filter(figure -> !isYear(figure))
                .map(Differing::figure)
                .toList();
    }

    private static boolean isYear(MatchResult figure) {
        return figure.group("money") == null
                && figure.group("scale") == null
                && figure.group("percent") == null
                && YEAR.matcher(figure.group("number")).matches();
    }

    private static Figure figure(MatchResult figure) {
        String scale = figure.group("scale");
        String percent = figure.group("percent");
        String after = figure.group("after");
        String text = sign(figure)
                + figure.group("number")
                + (scale == null ? "" : " " + scale)
                + (percent == null ? "" : percent);
        return new Figure(
                value(figure.group("number"))
                        .scaleByPowerOfTen(
                                scale == null ? 0 : SCALES.getOrDefault(scale.toLowerCase(java.util.Locale.ROOT), 0)),
                text,
                figure.group("money") != null,
                percent != null,
                after == null || after.isBlank()
                        ? List.of()
                        : List.of(after.strip().split("[\\s\\u00A0-]+")));
    }

    private static String sign(MatchResult figure) {
        String money = figure.group("money");
        return money == null ? "" : money.strip();
    }

    /** In digits of any script; a mark before three digits groups them, any other begins a fraction. */
    private static BigDecimal value(String number) {
        var digits = new StringBuilder();
        for (char one : number.toCharArray())
            digits.append(Character.isDigit(one) ? (char) ('0' + Character.digit(one, 10)) : '.');
        String whole = digits.toString();
        int last = whole.lastIndexOf('.');
        boolean fraction = last >= 0 && whole.length() - last != 4;
        String before = fraction ? whole.substring(0, last) : whole;
        return new BigDecimal(before.replace(".", "") + (fraction ? whole.substring(last) : ""));
    }
}
