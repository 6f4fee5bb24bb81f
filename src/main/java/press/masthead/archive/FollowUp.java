package press.masthead.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import press.masthead.search.Texts;

/** What a question means after another one: "and in 2024?" is the question before, with another year. */
final class FollowUp {
    private static final int SHORT = 3;
    private static final Pattern GOES_ON = Pattern.compile(
            "^(and|but|or|also|what about|how about|then|since then|why|و|ماذا عن|et|y|und|ve|ו|ומה)\\b.*|^و\\S+.*"
                    + "|.*\\b(he|she|it|they|them|him|his|her|its|their|that|this|those|these|there|same)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    private static final Pattern YEAR = Pattern.compile("\\b(1[5-9]|20)\\d{2}\\b");
    private static final int LONGEST = 500;

    private FollowUp() {}

    /** @param before what the question before meant; none for the first of a conversation */
    static String meant(String asked, Optional<String> before) {
        if (before.isEmpty() || !leans(asked)) return asked;
        String kept = YEAR.matcher(asked).find()
                ? YEAR.matcher(before.get()).replaceAll("").strip()
                : before.get();
        // Its own words first: they say what kind of answer is wanted.
        String whole = asked.strip() + " " + kept;
        return whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole;
    }

    /** Whether it can't be understood alone. */
    private static boolean leans(String asked) {
        List<String> words =
                new ArrayList<>(Texts.words(new Asking(asked, (language, word) -> 1).words(), Texts.language(asked)));
        words.removeIf(word -> word.length() < 2);
        return words.size() < SHORT || GOES_ON.matcher(asked.strip()).matches() && words.size() <= 2 * SHORT;
    }
}
