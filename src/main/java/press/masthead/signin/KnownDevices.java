package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Secret;

/**
 * The browsers that people sign in with, each known by a cookie. A sign-in from one that is new for someone who has others
 * is told to them in a letter, once, with a link that ends it.
 */
public final class KnownDevices {
    private static final String COOKIE = "masthead_known";
    /** As long as browsers keep a cookie at most. */
    private static final Duration LIFE = Duration.ofDays(400);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;

    public KnownDevices(Jdbi jdbi, Clock clock, Outbox outbox, Html html, Supplier<Letterhead> letterhead) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    /** The secret of the browser that asks, given to it now if it has none. */
    static Secret of(Context ctx, boolean secure) {
        Secret secret = Secret.read(ctx.cookie(COOKIE)).orElseGet(Secret::fresh);
        int seconds = Math.toIntExact(LIFE.toSeconds());
        ctx.cookie(new Cookie(COOKIE, secret.reveal(), "/", seconds, secure, true, null, SameSite.LAX));
        return secret;
    }

    /**
     * Notes that someone has signed in with it, in the transaction that begins the session.
     *
     * @param end the secret of the link that ends the session
     */
    void meet(Handle handle, long reader, Secret browser, String name, String place, Secret end) {
        boolean others = handle.createQuery("select exists (select from device where reader_id = :reader)")
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one();
        boolean fresh = handle.createQuery("""
                        insert into device (reader_id, secret_hash, name, first_at, last_at) values (:reader, :hash, :name, :now, :now)
                        on conflict (reader_id, secret_hash) do update set name = excluded.name, last_at = excluded.last_at
                        returning xmax = 0
                        """)
                .bind("reader", reader)
                .bind("hash", browser.hash())
                .bind("name", name)
                .bind("now", clock.instant())
                .mapTo(Boolean.class)
                .one();
        if (fresh && others) tell(handle, reader, name, place, end);
    }

    private record Person(String email, String name, String language) {}

    private void tell(Handle handle, long reader, String name, String place, Secret end) {
        Person person = handle.createQuery("select email, name, language from reader where id = :reader")
                .bind("reader", reader)
                .mapTo(Person.class)
                .one();
        Letterhead from = letterhead.get().to(Optional.of(person.language()));
        String heading = from.t("New sign-in on {device}", "device", name);
        outbox.put(
                handle,
                new Letter(
                                heading,
                                heading,
                                List.of(
                                        from.t(
                                                "Someone has just signed in to {name} as you, on {device}, from {place}, on {moment}.",
                                                "name",
                                                from.name(),
                                                "device",
                                                name,
                                                "place",
                                                place,
                                                "moment",
                                                from.moment(clock.instant())),
                                        from.t(
                                                "If that was you, there is nothing to do. If not, end it now: press the button, and that device is signed out at once.")),
                                from.t("Sign that device out"),
                                from.at("/signin/end/" + end.reveal()),
                                List.of(from.t("You get this letter once for each device that is new to us.")))
                        .to(person.email(), person.name(), from, html));
    }

    /** Forgets browsers that nobody has used for as long as their cookie lives; for the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from device where last_at < :before")
                .bind("before", clock.instant().minus(LIFE))
                .execute());
    }
}
