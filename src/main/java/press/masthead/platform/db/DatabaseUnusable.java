package press.masthead.platform.db;

import org.jspecify.annotations.Nullable;

/** The database cannot be used; the message is one sentence for the operator that says what to do. */
public final class DatabaseUnusable extends RuntimeException {
    public DatabaseUnusable(String sentence) {
        this(sentence, null);
    }

    public DatabaseUnusable(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
