package press.masthead.platform.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The number of a row as an address or a form holds it. */
public final class RowNumber {
    private RowNumber() {}

    /** Empty where it is no number that a row can have. */
    public static Optional<Long> of(@Nullable String text) {
        return text != null && text.matches("[1-9]\\d{0,17}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
