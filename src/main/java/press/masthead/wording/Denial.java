package press.masthead.wording;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import press.masthead.search.Texts;

/** What a text denies, clause by clause: a "not" that is lost, put in or moved to another clause turns round what was said. */
final class Denial {
    /** So much of a clause's words makes it the same clause. */
    private static final double SHARE = 0.6;

    /** Words that turn a sentence round, of the languages that search knows best. */
    private static final Pattern NOT = Pattern.compile("""
            \\b(not|no|never|nor|none|nobody|nothing|neither|without|cannot|\\p{L}+n['’]t\
            |لا|لم|لن|ليس|ليست|غير|دون|بدون|לא|אין|אינו|אינה|אינם|בלי|ne|pas|jamais|sans|aucune?|nicht|kein\\p{L}*|nie|niemand|ohne\
            |nunca|sin|não|nunca|sem|değil|yok|не|нет|без|ни)\\b""", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern CLAUSES = Pattern.compile("[,;:.!?()،؛؟—–]+(?!\\p{Nd})");

    private final List<Set<String>> denied;

    private Denial(List<Set<String>> denied) {
        this.denied = denied;
    }

    static Denial of(String text, String language) {
        return new Denial(CLAUSES.splitAsStream(text)
                .filter(clause -> NOT.matcher(clause).find())
                .map(clause -> words(NOT.matcher(clause).replaceAll(" "), language))
                .toList());
    }

    private static Set<String> words(String text, String language) {
        return new HashSet<>(Texts.words(text, language));
    }

    /**
     * Whether it denies what the other denies and nothing else, as far as it tells the same at all.
     *
     * @param said all the words of what this was made of
     */
    boolean fits(Denial given, Set<String> said) {
        return denied.stream().allMatch(mine -> given.denied.stream().anyMatch(theirs -> isMostly(mine, theirs)))
                && given.denied.stream()
                        .filter(theirs -> !theirs.isEmpty() && isMostly(theirs, said))
                        .allMatch(theirs -> denied.stream().anyMatch(mine -> isMostly(mine, theirs)));
    }

    private static boolean isMostly(Set<String> clause, Set<String> in) {
        return clause.stream().filter(in::contains).count() >= SHARE * clause.size();
    }
}
