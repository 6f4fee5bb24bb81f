package press.masthead.readers;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which language a reader's letters speak. */
public final class ReaderLanguage {
    private ReaderLanguage() {}

    /** As an IETF tag; none where the address has no account. */
    public static Optional<String> of(Handle handle, String email) {
        if (email.isEmpty()) return Optional.empty();
        return handle.createQuery("select language from reader where email_key = :key")
                .bind("key", EmailAddress.kept(email).key())
                .mapTo(String.class)
                .findOne();
    }
}
