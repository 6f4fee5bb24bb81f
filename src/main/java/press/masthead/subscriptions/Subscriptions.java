package press.masthead.subscriptions;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.deliveries.NotGone;

/**
 * Who gets which newsletter. Every change leaves a {@code subscription_event}: what, why, when, from which network and,
 * for a consent, under which words.
 */
public final class Subscriptions {
    private final Jdbi jdbi;
    private final Clock clock;

    public Subscriptions(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Why and from where a choice was made.
     *
     * @param cause {@code hub}, {@code account}, {@code story}, {@code one_click}, {@code desk}, {@code complaint} ...
     * @param wording the version of the words agreed to; empty for leaving
     */
    public record Because(String cause, String network, String wording) {}

    /** The slugs among these that can be joined at all; those for members only by a member. */
    List<String> joinable(Collection<String> slugs, boolean member) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select slug from newsletter
                        where slug = any(:slugs) and active and (:member or audience = 'everyone') order by position, id
                        """)
                .bindArray("slugs", String.class, List.copyOf(slugs))
                .bind("member", member)
                .mapTo(String.class)
                .list());
    }

    /** Adds newsletters to what the reader gets; those they get already stay as they are. Returns how many are new. */
    public int join(Handle handle, long reader, Collection<String> slugs, String source, Because because) {
        lock(handle, reader, slugs);
        return handle.createUpdate("""
                        with joined as (
                          insert into subscription (newsletter_id, reader_id, since, source)
                          select id, :reader, :now, :source from newsletter where slug = any(:slugs) and active
                          on conflict do nothing
                          returning newsletter_id)
                        insert into subscription_event (newsletter_id, reader_id, what, cause, at, network, wording)
                        select newsletter_id, :reader, 'joined', :cause, :now, :network, :wording from joined
                        """)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .bind("source", source)
                .bindArray("slugs", String.class, List.copyOf(slugs))
                .bindMethods(because)
                .execute();
    }

    /** Takes newsletters away from the reader; those they don't get are no matter. Returns how many were taken. */
    public int leave(Handle handle, long reader, Collection<String> slugs, Because because) {
        lock(handle, reader, slugs);
        takeBack(handle, reader, slugs);
        return handle.createUpdate("""
                        with gone as (
                          delete from subscription
                          where reader_id = :reader
                            and newsletter_id in (select id from newsletter where slug = any(:slugs))
                          returning newsletter_id)
                        insert into subscription_event (newsletter_id, reader_id, what, cause, at, network)
                        select newsletter_id, :reader, 'left', :cause, :now, :network from gone
                        """)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .bindArray("slugs", String.class, List.copyOf(slugs))
                .bindMethods(because)
                .execute();
    }

    /** Makes the reader get exactly these of the newsletters that were shown to them. */
    void choose(Handle handle, long reader, Collection<String> shown, Collection<String> chosen, Because because) {
        lock(handle, reader, shown);
        leave(
                handle,
                reader,
                shown.stream().filter(slug -> !chosen.contains(slug)).toList(),
                because);
        join(handle, reader, shown.stream().filter(chosen::contains).toList(), because.cause(), because);
    }

    /** Takes one newsletter away by number; a second time changes nothing. Returns whether the reader had it. */
    public boolean leave(long newsletter, long reader, Because because) {
        return jdbi.inTransaction(handle -> {
            List<String> slug = handle.createQuery("select slug from newsletter where id = :id")
                    .bind("id", newsletter)
                    .mapTo(String.class)
                    .list();
            return leave(handle, reader, slug, because) > 0;
        });
    }

    /** A letter that is owed to someone who has left, and that no hand holds yet, stays here. */
    private void takeBack(Handle handle, long reader, Collection<String> slugs) {
        handle.createQuery("""
                        select m.id from mailing m join edition e on m.kind = 'edition' and m.reference = e.id::text
                        join newsletter n on n.id = e.newsletter_id and n.slug = any(:slugs)
                        where m.state in ('sending', 'held') order by m.id
                        """)
                .bindArray("slugs", String.class, List.copyOf(slugs))
                .mapTo(Long.class)
                .list()
                .forEach(mailing ->
                        NotGone.takeBack(handle, mailing, reader, "They left before it did.", clock.instant()));
    }

    /** Undoes a leaving not older than a day. Later than that, only a new consent brings a reader back. */
    boolean putBack(long newsletter, long reader, Because because) {
        return jdbi.inTransaction(handle -> {
            boolean justLeft = handle.createQuery("""
                            select e.what = 'left' and e.at > :since
                            from subscription_event e join newsletter n on n.id = e.newsletter_id and n.active
                            join reader r on r.id = e.reader_id
                            where e.newsletter_id = :newsletter and e.reader_id = :reader
                            order by e.id desc limit 1
                            """)
                    .bind("since", clock.instant().minus(Duration.ofDays(1)))
                    .bind("newsletter", newsletter)
                    .bind("reader", reader)
                    .mapTo(Boolean.class)
                    .findOne()
                    .orElse(false);
            if (!justLeft) return false;
            String slug = handle.createQuery("select slug from newsletter where id = :id")
                    .bind("id", newsletter)
                    .mapTo(String.class)
                    .one();
            join(handle, reader, List.of(slug), "", because);
            return true;
        });
    }

    boolean has(long newsletter, long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (
                          select from subscription where newsletter_id = :newsletter and reader_id = :reader)
                        """)
                .bind("newsletter", newsletter)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one());
    }

    /** The counts of readers are kept in rows: taken in one order, two readers never wait in a ring. */
    private static void lock(Handle handle, long reader, Collection<String> slugs) {
        handle.createQuery("select id from reader where id = :reader for no key update")
                .bind("reader", reader)
                .mapTo(Long.class)
                .list();
        handle.createQuery("select id from newsletter where slug = any(:slugs) order by id for no key update")
                .bindArray("slugs", String.class, List.copyOf(slugs))
                .mapTo(Long.class)
                .list();
    }
}
