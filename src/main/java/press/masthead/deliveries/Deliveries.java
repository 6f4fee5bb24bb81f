package press.masthead.deliveries;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.mail.Reply;

/** Mailings: owed in one transaction, followed while they leave, decided on by people where doubt remains. */
public final class Deliveries {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Sums a few rows of the tally, never the letters. */
    private static final String PROGRESS = """
            select m.id, m.kind, m.reference, m.subject, m.state, m.held_because, m.trouble, m.expected,
                   t.owed, t.sending, t.accepted, t.deferred, t.refused, t.doubtful, t.cancelled,
                   coalesce((t.accepted + t.refused) / nullif(extract(epoch from t.last_at - t.first_at), 0), 0) as per_second,
                   m.starts_at, m.deadline, m.finished_at
            from mailing m cross join lateral (
              select sum(owed)::bigint as owed, sum(sending)::bigint as sending, sum(accepted)::bigint as accepted,
                     sum(deferred)::bigint as deferred, sum(refused)::bigint as refused,
                     sum(doubtful)::bigint as doubtful, sum(cancelled)::bigint as cancelled,
                     min(first_at) as first_at, max(last_at) as last_at
              from tally where mailing_id = m.id) t
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Deliveries(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What was decided: the mailing, and how many letters are owed; the number never changes. */
    public record Owed(long mailing, long expected) {}

    /**
     * Writes down one letter for each reader of the audience, in the caller's transaction: when it commits they are owed,
     * and when it doesn't nothing was.
     *
     * @throws org.jdbi.v3.core.statement.UnableToExecuteStatementException when kind and reference were owed before
     * @throws IllegalArgumentException when the audience asks for a variant that the mailing has not
     */
    public Owed owe(Handle handle, Mailing mailing, Audience audience) {
        long id = insert(handle, mailing);
        for (var variant : mailing.variants().entrySet())
            insert(
                    handle,
                    id,
                    variant.getKey(),
                    variant.getValue(),
                    mailing.reserved().get(variant.getKey()));
        // Filled first and attached then, with a constraint that spares the look through it: hands are never locked
        // out.
        String partition = "letter_" + id;
        handle.execute("create table " + partition
                + " (like letter including defaults including constraints, constraint one_mailing check (mailing_id = "
                + id + "))");
        long expected = handle.createUpdate("insert into " + partition
                        + """
                         (mailing_id, id, reader_id, address, name, variant, token, personal, next_attempt)
                        select :mailing, row_number() over (order by reader_id), reader_id, address, name, variant, token, personal, :starts
                        from (select distinct on (lower(address)) * from (
                        """
                        + audience.select()
                        + ") everyone order by lower(address), reader_id) once")
                .bindMap(audience.bindings())
                .bind("mailing", id)
                .bind("starts", mailing.startsAt())
                .execute();
        if (handle.createQuery("select exists (select from " + partition + " where variant <> all (:names))")
                .bindArray("names", String.class, mailing.variants().keySet().toArray())
                .mapTo(Boolean.class)
                .one()) throw new IllegalArgumentException("the audience asks for a variant that the mailing has not");
        handle.execute("alter table letter attach partition " + partition + " for values in (" + id + ")");
        handle.execute("analyze " + partition);
        handle.createUpdate("update mailing set expected = :expected where id = :id")
                .bind("id", id)
                .bind("expected", expected)
                .execute();
        Tallies.begin(handle, id, expected);
        return new Owed(id, expected);
    }

    private static void insert(
            Handle handle, long mailing, String name, FrozenMessage message, @Nullable Reserved reserved) {
        handle.createUpdate("""
                        insert into mailing_variant (mailing_id, name, message, reserved, instead)
                        values (:mailing, :name, :message, cast(:reserved as text[]), :instead)
                        """)
                .bind("mailing", mailing)
                .bind("name", name)
                .bind("message", message.toBytes())
                .bind("reserved", reserved == null ? null : reserved.plans().toArray(String[]::new))
                .bind("instead", reserved == null ? "" : reserved.instead())
                .execute();
    }

    private long insert(Handle handle, Mailing mailing) {
        byte[] mark = new byte[6];
        RANDOM.nextBytes(mark);
        return handle.createQuery("""
                        insert into mailing (kind, reference, subject, return_path, domain, mark, created_at, starts_at, deadline)
                        values (:kind, :reference, :subject, :returnPath, :domain, :mark, :now, :starts, :deadline)
                        returning id
                        """)
                .bind("kind", mailing.kind())
                .bind("reference", mailing.reference())
                .bind("subject", mailing.subject())
                .bind("returnPath", mailing.returnPath())
                .bind("domain", mailing.domain())
                .bind("mark", HexFormat.of().formatHex(mark))
                .bind("now", clock.instant())
                .bind("starts", mailing.startsAt())
                .bind("deadline", mailing.deadline())
                .mapTo(Long.class)
                .one();
    }

    /** How far the mailing is; nothing is counted for it. */
    public Optional<Progress> progress(long mailing) {
        return jdbi.withHandle(handle -> handle.createQuery(PROGRESS + "where m.id = :id")
                .bind("id", mailing)
                .mapTo(Progress.class)
                .findOne());
    }

    /** The mailing of an edition, a memo ... */
    public Optional<Progress> progress(String kind, String reference) {
        return jdbi.withHandle(
                handle -> handle.createQuery(PROGRESS + "where m.kind = :kind and m.reference = :reference")
                        .bind("kind", kind)
                        .bind("reference", reference)
                        .mapTo(Progress.class)
                        .findOne());
    }

    /** Every mailing that is not sent yet, the oldest first. */
    public List<Progress> open() {
        return jdbi.withHandle(
                handle -> handle.createQuery(PROGRESS + "where m.state in ('sending', 'held') order by m.id")
                        .mapTo(Progress.class)
                        .list());
    }

    /** Letters in one state that a person may want to look at, after the letter given (0 for the first). */
    public List<TroubledLetter> troubled(long mailing, LetterState state, long after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select mailing_id, id, reader_id, address, name, state, attempts, coalesce(code, 0) as code,
                               coalesce(reply, '') as reply, next_attempt, taken_at
                        from letter where mailing_id = :mailing and state = :state and id > :after
                        order by id limit :most
                        """)
                .bind("mailing", mailing)
                .bind("state", LetterNames.of(state))
                .bind("after", after)
                .bind("most", most)
                .mapTo(TroubledLetter.class)
                .list());
    }

    /** How many letters could not be made and wait for a person. */
    public long unmade(long mailing) {
        return jdbi.withHandle(handle -> Unmade.count(handle, mailing));
    }

    /** Nothing more leaves until it is released; letters in hands arrive all the same. */
    public void hold(long mailing, String because) {
        jdbi.useHandle(handle -> hold(handle, mailing, because));
    }

    /** Twenty thousand readers are not all wrong: a server that refuses everybody is a person's matter. */
    static void holdRefused(Handle handle, long mailing, Reply last) {
        hold(
                handle,
                mailing,
                "The mail server refuses every letter, the last one with: " + last
                        + ". They are still owed; release them when it takes mail again.");
    }

    private static void hold(Handle handle, long mailing, String because) {
        handle.createUpdate(
                        "update mailing set state = 'held', held_because = :because where id = :id and state = 'sending'")
                .bind("id", mailing)
                .bind("because", because)
                .execute();
    }

    /** Goes on, until the new deadline. */
    public void release(long mailing, Instant deadline) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update mailing set state = 'sending', held_because = '', deadline = greatest(deadline, :deadline)
                        where id = :id and state = 'held'
                        """)
                .bind("id", mailing)
                .bind("deadline", deadline)
                .execute());
    }

    /** Every doubtful letter is owed again: its reader may get a second copy, under the same Message-ID. */
    public long sendDoubtfulAgain(long mailing) {
        return move(mailing, LetterState.DOUBTFUL, LetterState.OWED, "sent again by a person's word");
    }

    /** Every doubtful letter counts as accepted. */
    public long countDoubtfulAsAccepted(long mailing) {
        return move(mailing, LetterState.DOUBTFUL, LetterState.ACCEPTED, "counted as accepted by a person's word");
    }

    /** What hasn't left will not leave. */
    public long cancelRest(long mailing) {
        return move(mailing, LetterState.OWED, LetterState.CANCELLED, "cancelled by a person's word")
                + move(mailing, LetterState.DEFERRED, LetterState.CANCELLED, "cancelled by a person's word");
    }

    private long move(long mailing, LetterState from, LetterState to, String why) {
        return jdbi.inTransaction(handle -> move(handle, mailing, from, to, why, clock.instant()));
    }

    static long move(Handle handle, long mailing, LetterState from, LetterState to, String why, Instant now) {
        long moved = handle.createUpdate("""
                        update letter set state = :to, next_attempt = :now, reply = :why, hand_id = null,
                          settled_at = case when :to in ('accepted', 'refused', 'cancelled') then cast(:now as timestamptz) end
                        where mailing_id = :mailing and state = :from
                        """)
                .bind("mailing", mailing)
                .bind("from", LetterNames.of(from))
                .bind("to", LetterNames.of(to))
                .bind("why", why)
                .bind("now", now)
                .execute();
        Tallies.move(handle, mailing, from, to, moved);
        return moved;
    }

    /**
     * Drops the letters of mailings that were finished before a moment; their counts stay. Stops no hand. Says how many mailings
     * that were; at most a hundred at a time.
     */
    public int forgetLetters(Instant finishedBefore) {
        List<Long> old = jdbi.withHandle(handle -> handle.createQuery("""
                        select id from mailing
                        where state = 'sent' and finished_at < :before and to_regclass('letter_' || id) is not null
                        order by id limit 100
                        """)
                .bind("before", finishedBefore)
                .mapTo(Long.class)
                .list());
        for (long id : old) {
            jdbi.useHandle(handle -> {
                // concurrently, and so outside any transaction: the plain form would wait for every hand
                handle.execute("alter table letter detach partition letter_" + id + " concurrently");
                handle.execute("drop table letter_" + id);
            });
        }
        return old.size();
    }

    private record ReservedRow(List<String> reserved, String instead) {}

    /** For whom a variant is; empty where it is for everyone it is owed to. */
    Optional<Reserved> reserved(long mailing, String variant) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select reserved, instead from mailing_variant
                        where mailing_id = :mailing and name = :name and reserved is not null
                        """)
                .bind("mailing", mailing)
                .bind("name", variant)
                .mapTo(ReservedRow.class)
                .findOne()
                .map(row -> new Reserved(Set.copyOf(row.reserved()), row.instead())));
    }

    /** The message of a variant, as it was frozen. */
    Optional<FrozenMessage> message(long mailing, String variant) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select message from mailing_variant where mailing_id = :mailing and name = :name")
                .bind("mailing", mailing)
                .bind("name", variant)
                .mapTo(byte[].class)
                .findOne()
                .map(FrozenMessage::of));
    }
}
