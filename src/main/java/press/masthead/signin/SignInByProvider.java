package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** Signs in whom an identity provider has vouched for; someone new becomes a reader. */
public final class SignInByProvider implements Arrival {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Readers readers;
    private final Sessions sessions;

    public SignInByProvider(Jdbi jdbi, Clock clock, Readers readers, Sessions sessions) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.readers = readers;
        this.sessions = sessions;
    }

    @Override
    public void arrived(Context ctx, Vouched vouched) {
        if (!vouched.purpose().equals(Vouched.SIGN_IN))
            throw Problem.forbidden("That was a test, and nobody was signed in.");
        long reader = jdbi.inTransaction(handle -> reader(handle, vouched));
        welcome(ctx, reader, vouched, vouched.next());
    }

    /** Begins their session and leads on. */
    public void welcome(Context ctx, long reader, Vouched vouched, String next) {
        sessions.beginBy(ctx, reader, vouched.provider(), next);
        boolean staff = readers.byId(reader).filter(Reader::isStaff).isPresent();
        ctx.redirect(!next.isEmpty() ? next : staff ? "/desk/stories" : "/account/", HttpStatus.SEE_OTHER);
    }

    /**
     * The reader whom the provider means: by the subject, once that is known, whatever their address has become; else by the
     * address, which is theirs from now on. Returns their id.
     */
    public long reader(Handle handle, Vouched vouched) {
        Optional<Long> known = handle.createQuery("""
                        update identity set seen_at = :now where provider_id = :provider and subject = :subject
                        returning reader_id
                        """)
                .bind("provider", vouched.provider().id())
                .bind("subject", vouched.subject())
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .findOne();
        if (known.isPresent()) return known.get();
        long reader = readers.meet(handle, vouched.email());
        readers.confirm(handle, reader);
        handle.createUpdate("update reader set name = :name where id = :id and name = ''")
                .bind("id", reader)
                .bind("name", vouched.name())
                .execute();
        handle.createUpdate("""
                        insert into identity (provider_id, subject, reader_id, created_at, seen_at)
                        values (:provider, :subject, :reader, :now, :now) on conflict (provider_id, subject) do nothing
                        """)
                .bind("provider", vouched.provider().id())
                .bind("subject", vouched.subject())
                .bind("reader", reader)
                .bind("now", clock.instant())
                .execute();
        return reader;
    }
}
