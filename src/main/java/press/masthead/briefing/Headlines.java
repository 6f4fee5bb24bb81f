package press.masthead.briefing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Headlines that a text offers in its own words: a short sentence of it, or a main clause where another begins. Never invented. */
public final class Headlines {
    private static final int LONGEST = 95;
    private static final int FEWEST_WORDS = 4;
    private static final int FIRST = 6;

    /** Where a main clause is over: what follows says more of it. Commas of a list are none of these. */
    private static final Pattern NEXT_CLAUSE =
            Pattern.compile("(; | — |, (which|who|whose|while|although|because|after|as|whereas|where) )");

    private static final Pattern SUBORDINATE = Pattern.compile(
            "^(when|while|after|before|although|though|because|since|if|as|unless|until|once|whereas|in|on|at|with|by|from|for|under|despite)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Headlines() {}

    /** The first is the earliest in the text. */
    public static List<String> of(String text, String languageTag, int most) {
        var headlines = new ArrayList<String>();
        var sentences = Sentences.of(text.substring(0, Math.min(8_000, text.length())), languageTag);
        for (String sentence : sentences.subList(0, Math.min(FIRST, sentences.size()))) {
            if (headlines.size() == most) break;
            if (Sentences.isDangling(sentence, languageTag) || !sentence.endsWith(".")) continue;
            String clause = clause(sentence, languageTag);
            if (clause.length() <= LONGEST
                    && clause.split("\\s+").length >= FEWEST_WORDS
                    && !headlines.contains(clause)) headlines.add(clause);
        }
        return headlines;
    }

    private static String clause(String sentence, String languageTag) {
        String whole = sentence.substring(0, sentence.length() - 1);
        if (whole.length() <= LONGEST || !languageTag.toLowerCase(Locale.ROOT).startsWith("en")) return whole;
        var next = NEXT_CLAUSE.matcher(whole);
        if (SUBORDINATE.matcher(whole).matches() || !next.find()) return whole;
        String clause = whole.substring(0, next.start());
        boolean quoted = clause.chars().anyMatch(letter -> "“”\"«»()".indexOf(letter) >= 0) || clause.contains(",");
        return quoted ? whole : clause;
    }
}
