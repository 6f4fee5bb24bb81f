package press.masthead.platform.db;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The database cannot be used; the message is one sentence for the operator that says what to do. */
public final class DatabaseUnusable extends RuntimeException {
    public DatabaseUnusable(String sentence) {
        this(sentence, null);
    }

    public DatabaseUnusable(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
