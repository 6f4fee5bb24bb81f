package press.masthead.platform.mail;

import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/** The signing key of each domain, made once and kept as a row so that every node signs with the same. */
public final class MailKeys {
    private static final String SELECTOR = "masthead";

    private final Jdbi jdbi;
    private final Clock clock;

    public MailKeys(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Key(String selector, String key) {}

    /** The domain's key; the first question makes it. */
    public Dkim of(String domain) {
        Key key = jdbi.inTransaction(handle -> handle.createQuery(
                        "select selector, key from mail_key where domain = :domain")
                .bind("domain", domain)
                .mapTo(Key.class)
                .findOne()
                .orElseGet(() -> {
                    handle.createUpdate("""
                                    insert into mail_key (domain, selector, key, made_at) values (:domain, :selector, :key, :now)
                                    on conflict (domain) do nothing
                                    """)
                            .bind("domain", domain)
                            .bind("selector", SELECTOR)
                            .bind("key", Dkim.newKey())
                            .bind("now", clock.instant())
                            .execute();
                    // Another node may have been first: what stands there counts.
                    return handle.createQuery("select selector, key from mail_key where domain = :domain")
                            .bind("domain", domain)
                            .mapTo(Key.class)
                            .one();
                }));
        return Dkim.of(domain, key.selector(), key.key());
    }
}
