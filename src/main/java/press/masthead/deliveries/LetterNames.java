package press.masthead.deliveries;

import java.util.Locale;

/** The names under which states are stored. */
final class LetterNames {
    private LetterNames() {}

    static String of(LetterState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
