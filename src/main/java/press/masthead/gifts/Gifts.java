package press.masthead.gifts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Gift;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.publication.Publication;

/** Stories that members have given away. A link opens its own story, for thirty days and a hundred devices. */
public final class Gifts {
    static final Duration LIFE = Duration.ofDays(30);
    static final int MOST_OPENS = 100;
    /** How long a gift that is over still stands on its giver's page. */
    private static final Duration KEPT = Duration.ofDays(60);

    private final Jdbi jdbi;
    private final Publication publication;
    private final Clock clock;

    public Gifts(Jdbi jdbi, Publication publication, Clock clock) {
        this.jdbi = jdbi;
        this.publication = publication;
        this.clock = clock;
    }

    /**
     * A link as one device finds it.
     *
     * @param from the giver's first name; empty for a member who keeps it to themselves
     */
    public sealed interface Link {
        record Unopened(String from) implements Link {}

        record Opened(String from) implements Link {}

        /** Expired, taken back, opened too often, or no link to this story at all: nobody is told which. */
        record Nothing() implements Link {}

        /** For {@link press.masthead.access.Paywall}. */
        default Gift gift() {
            return switch (this) {
                case Opened opened -> new Gift.Opened();
                case Unopened unopened -> Gift.NONE;
                case Nothing() -> Gift.NONE;
            };
        }
    }

    private record Found(long id, String from, boolean opened, boolean room) {}

    /** Looks at a link and leaves it as it is: mail scanners open every link before its reader does. */
    public Link look(Secret token, long story, Optional<Secret> device) {
        return find(token, story, device)
                .<Link>map(found -> found.opened()
                        ? new Link.Opened(found.from())
                        : found.room() ? new Link.Unopened(found.from()) : new Link.Nothing())
                .orElseGet(Link.Nothing::new);
    }

    private Optional<Found> find(Secret token, long story, Optional<Secret> device) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select g.id, case when g.named then split_part(btrim(r.name), ' ', 1) else '' end as "from",
                               exists (select from gift_open o where o.gift_id = g.id and o.device = :device) as opened,
                               g.opens < :most as room
                        from gift g join reader r on r.id = g.reader_id
                        where g.token_hash = :hash and g.story_id = :story and g.revoked_at is null and g.expires_at > :now
                        """)
                .bind("hash", token.hash())
                .bind("story", story)
                .bind("device", device.map(Secret::hash).orElse(new byte[0]))
                .bind("most", MOST_OPENS)
                .bind("now", clock.instant())
                .mapTo(Found.class)
                .findOne());
    }

    /** Opens the story on one device; false where the link is worth nothing. The same device counts once. */
    boolean open(Secret token, long story, Secret device) {
        return find(token, story, Optional.of(device))
                .filter(found -> found.opened() || take(found.id(), device))
                .isPresent();
    }

    private boolean take(long gift, Secret device) {
        return jdbi.inTransaction(handle -> {
            boolean room = handle.createUpdate("update gift set opens = opens + 1 where id = :id and opens < :most")
                            .bind("id", gift)
                            .bind("most", MOST_OPENS)
                            .execute()
                    == 1;
            if (!room) return false;
            int fresh = handle.createUpdate("""
                            insert into gift_open (gift_id, device, at) values (:id, :device, :now) on conflict do nothing
                            """)
                    .bind("id", gift)
                    .bind("device", device.hash())
                    .bind("now", clock.instant())
                    .execute();
            // The same device at the same moment in another tab has counted already.
            if (fresh == 0) handle.execute("update gift set opens = opens - 1 where id = ?", gift);
            return true;
        });
    }

    /**
     * Gives a story away.
     *
     * @param named whether the giver's first name is shown
     * @throws Problem 422 when this month's gifts are given
     */
    Secret give(long reader, long story, boolean named) {
        Secret token = Secret.fresh();
        jdbi.useTransaction(handle -> {
            // Two presses at once stand in line here, so that the month's number holds.
            handle.execute("select from reader where id = ? for no key update", reader);
            if (left(handle, reader) <= 0)
                throw Problem.invalid(
                        "You have given away this month's stories. You can give more from the first of next month.");
            handle.createUpdate("""
                            insert into gift (token_hash, story_id, reader_id, named, given_at, expires_at)
                            values (:hash, :story, :reader, :named, :now, :until)
                            """)
                    .bind("hash", token.hash())
                    .bind("story", story)
                    .bind("reader", reader)
                    .bind("named", named)
                    .bind("now", clock.instant())
                    .bind("until", clock.instant().plus(LIFE))
                    .execute();
        });
        return token;
    }

    /** How many stories this reader may still give away this month. */
    int left(long reader) {
        return jdbi.withHandle(handle -> left(handle, reader));
    }

    private int left(Handle handle, long reader) {
        int given = handle.createQuery("select count(*) from gift where reader_id = :reader and given_at >= :since")
                .bind("reader", reader)
                .bind("since", monthBegan())
                .mapTo(Integer.class)
                .one();
        return publication.freeReading().gifts() - given;
    }

    private Instant monthBegan() {
        var zone = publication.settings().zone();
        return clock.instant()
                .atZone(zone)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(zone)
                .toInstant();
    }

    /** One gift, as its giver sees it. */
    record Given(
            long id,
            String title,
            String slug,
            Instant givenAt,
            Instant expiresAt,
            Optional<Instant> revokedAt,
            int opens) {
        boolean good(Instant now) {
            return revokedAt.isEmpty() && expiresAt.isAfter(now) && opens < MOST_OPENS;
        }
    }

    /** What this reader has given, the newest first. */
    List<Given> by(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select g.id, s.title, s.slug, g.given_at, g.expires_at, g.revoked_at, g.opens
                        from gift g join story s on s.id = g.story_id
                        where g.reader_id = :reader order by g.given_at desc limit 200
                        """)
                .bind("reader", reader)
                .mapTo(Given.class)
                .list());
    }

    /** Takes a gift back; one that is another's stays as it is. */
    boolean revoke(long reader, long gift) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "update gift set revoked_at = coalesce(revoked_at, :now) where id = :id and reader_id = :reader")
                        .bind("now", clock.instant())
                        .bind("id", gift)
                        .bind("reader", reader)
                        .execute())
                == 1;
    }

    /** Forgets gifts long after they are over; for the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from gift where expires_at < :before")
                .bind("before", clock.instant().minus(KEPT))
                .execute());
    }
}
