package press.masthead.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import press.masthead.search.Texts;

/** Whole sentences: what Unicode's rules cut after an abbreviation is put together again. */
final class Sentences {
    /** A sentence does not end after these. */
    private static final Pattern ABBREVIATED = Pattern.compile(
            "(^|.*[\\s(“\"'])(Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|St|Jr|Sr|vs|etc|e\\.g|i\\.e|ca|cf|No|Nos|Vol|Fig|pp?|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z]|([A-Z]\\.)+[A-Z])\\.",
            Pattern.DOTALL);
    /** Begins with a word that points back to what was said before. */
    private static final Pattern LEANS = Pattern.compile(
            "^(He|She|It|They|His|Her|Its|Their|This|That|These|Those|But|And|So|Such|Then|However|There|Both|Instead|By then|In contrast)\\b.*"
                    + "|^(وهو|وهي|كما|لكن|وقال|وقالت|وأضاف)\\s.*|^(הוא|היא|הם|אבל|אך)\\s.*",
            Pattern.DOTALL);

    private Sentences() {}

    static List<String> of(String text, String languageTag) {
        var whole = new ArrayList<String>();
        for (String sentence : Texts.sentences(text, languageTag)) {
            boolean goesOn = !whole.isEmpty()
                    && (ABBREVIATED.matcher(whole.getLast()).matches()
                            || Character.isLowerCase(sentence.codePointAt(0)));
            String joined = goesOn ? whole.getLast() + " " + sentence : "";
            if (goesOn && text.contains(joined)) whole.set(whole.size() - 1, joined);
            else whole.add(sentence);
        }
        return whole;
    }

    /** Whether it can't be understood without the one before. */
    static boolean leans(String sentence) {
        return LEANS.matcher(sentence).matches();
    }
}
