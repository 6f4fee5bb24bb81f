package press.masthead.readers;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Everyone who has an address. */
public final class Readers {
    private static final String LISTED = """
            select r.id, r.email, r.name, s.role, r.created_at, r.confirmed_at,
                   coalesce((select string_agg(n.name, ', ' order by n.position) from subscription sub
                             join newsletter n on n.id = sub.newsletter_id where sub.reader_id = r.id), '') as letters
            from reader r left join staff s on s.reader_id = r.id
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Readers(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public Optional<Reader> byId(long id) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select r.id, r.email, r.name, r.language, r.confirmed_at, s.role
                        from reader r left join staff s on s.reader_id = r.id
                        where r.id = :id
                        """).bind("id", id).mapTo(Reader.class).findOne());
    }

    public Optional<Reader> byEmail(EmailAddress email) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.id, r.email, r.name, r.language, r.confirmed_at, s.role
                        from reader r left join staff s on s.reader_id = r.id
                        where r.email_key = :key
                        """)
                .bind("key", email.key())
                .mapTo(Reader.class)
                .findOne());
    }

    /** A reader in the newsroom's list. */
    public record Listed(
            long id,
            String email,
            String name,
            Optional<Reader.Role> role,
            Instant createdAt,
            Optional<Instant> confirmedAt,
            String letters) {}

    /** All readers, the newest first, before the one given. */
    public List<Listed> newest(long before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(LISTED + """
                        where r.id < :before order by r.id desc limit :most
                        """)
                .bind("before", before)
                .bind("most", most)
                .mapTo(Listed.class)
                .list());
    }

    /**
     * Readers for whom each of the words begins a word of the name or a part of the address, the newest first, before the
     * one given.
     */
    public List<Listed> find(String words, long before, int most) {
        String each = Arrays.stream(words.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
        if (each.isEmpty()) return List.of();
        // Materialized, so that the index of words finds them: in the order of ids, rare words would be looked for in
        // every row.
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with found as materialized (
                          select id from reader where reader_words(name, email_key) @@ to_tsquery('simple', :words))
                        """ + LISTED + """
                        where r.id in (select id from found) and r.id < :before order by r.id desc limit :most
                        """)
                .bind("words", each)
                .bind("before", before)
                .bind("most", most)
                .mapTo(Listed.class)
                .list());
    }

    /** The address of the owner, or of whoever of the staff was first. */
    public Optional<String> firstOfStaff() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select r.email from staff s join reader r on r.id = s.reader_id
                        order by s.role <> 'owner', r.id limit 1
                        """).mapTo(String.class).findOne());
    }

    /** The reader with this address, written down now if they are new. Returns their id. */
    public long meet(Handle handle, EmailAddress email) {
        return handle.createQuery("""
                        with added as (
                          insert into reader (email, email_key, created_at) values (:email, :key, :now)
                          on conflict (email_key) do nothing
                          returning id)
                        select id from added union all select id from reader where email_key = :key limit 1
                        """)
                .bind("email", email.typed())
                .bind("key", email.key())
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
    }

    /** Has letters greet them by this name; empty for none. */
    public void rename(long id, String name) {
        jdbi.useHandle(handle -> handle.createUpdate("update reader set name = :name where id = :id")
                .bind("id", id)
                .bind("name", name)
                .execute());
    }

    /** Notes that the address is theirs; a second time changes nothing. */
    public void confirm(Handle handle, long id) {
        handle.createUpdate("update reader set confirmed_at = :now where id = :id and confirmed_at is null")
                .bind("id", id)
                .bind("now", clock.instant())
                .execute();
    }
}
