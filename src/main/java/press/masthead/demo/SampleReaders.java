package press.masthead.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The sample's cast: staff, and a reader in every state. */
final class SampleReaders {
    private SampleReaders() {}

    /**
     * One of the cast.
     *
     * @param role empty for readers
     * @param author the byline of one who writes, or empty
     * @param letters the newsletters they get
     */
    private record Person(
            String email, String name, String role, String author, boolean confirmed, List<String> letters) {}

    private static final List<Person> CAST = List.of(
            new Person("ada@parallel.example", "Ada Rosmere", "owner", "ada-rosmere", true, List.of("morning")),
            new Person("ivo@parallel.example", "Ivo Castellan", "reporter", "ivo-castellan", true, List.of()),
            new Person("lena@parallel.example", "Lena Horvat", "editor", "lena-horvat", true, List.of("energy-daily")),
            new Person(
                    "ben@reader.example",
                    "Ben Arkwell",
                    "",
                    "",
                    true,
                    List.of("morning", "energy-daily", "weekly-review")),
            new Person(
                    "cleo@reader.example",
                    "Cleo Marchetti",
                    "",
                    "",
                    true,
                    List.of("morning", "evening", "week-in-review", "weekly-review")),
            new Person(
                    "dina@ministry.example",
                    "Dina Farouq",
                    "",
                    "",
                    true,
                    List.of("morning", "security-brief", "weekly-review")),
            new Person(
                    "eli@reader.example",
                    "Eli Nordgren",
                    "",
                    "",
                    true,
                    List.of("evening", "culture-letter", "cities-weekly")),
            new Person("faye@reader.example", "Faye Okello", "", "", true, List.of("climate-weekly", "tech-ledger")),
            new Person("gus@reader.example", "Gus Pellerin", "", "", false, List.of()),
            new Person("hana@reader.example", "Hana Lindqvist", "", "", true, List.of("cities-weekly")),
            new Person("idris@reader.example", "Idris Vantongeren", "", "", true, List.of("culture-letter")));

    static void write(Handle handle, Instant now) {
        Instant since = now.minus(Duration.ofDays(40));
        for (Person person : CAST) {
            long id = handle.createQuery("""
                            insert into reader (email, email_key, name, created_at, confirmed_at)
                            values (:email, :email, :name, :since, :confirmed) returning id
                            """)
                    .bind("email", person.email())
                    .bind("name", person.name())
                    .bind("since", since)
                    .bind("confirmed", person.confirmed() ? since : null)
                    .mapTo(Long.class)
                    .one();
            if (!person.role().isEmpty())
                handle.createUpdate(
                                "insert into staff (reader_id, role, author_id) values (:id, :role, (select id from author where slug = :author))")
                        .bind("id", id)
                        .bind("role", person.role())
                        .bind("author", person.author())
                        .execute();
            for (String letter : person.letters())
                handle.createUpdate("""
                                insert into subscription (newsletter_id, reader_id, since, source)
                                select id, :reader, :since, 'sample' from newsletter where slug = :letter
                                """)
                        .bind("reader", id)
                        .bind("since", since)
                        .bind("letter", letter)
                        .execute();
        }
        members(handle, now);
        ranks(handle);
    }

    /** Ben has not chosen yet. */
    private static void ranks(Handle handle) {
        rank(handle, "cleo@reader.example", "green-energy", "oil-gas", "banking");
        rank(
                handle,
                "dina@ministry.example",
                "supply-chain",
                "leading-edge-tech",
                "green-energy",
                "banking",
                "sustainable-development");
    }

    private static void rank(Handle handle, String email, String... slugs) {
        handle.createUpdate("""
                        insert into industry_rank (reader_id, industry_id, rank)
                        select r.id, i.id, w.rank from unnest(cast(:slugs as text[])) with ordinality as w (slug, rank)
                        join industry i using (slug) join reader r on r.email_key = :email
                        """)
                .bind("email", email)
                .bindArray("slugs", String.class, (Object[]) slugs)
                .execute();
    }

    /**
     * Ben has five free days left; Cleo and Dina have paid, with a part of the year gone; Faye cancelled and reads on; Hana
     * was a member once; Idris reads with the newsroom's compliments.
     */
    private static void members(Handle handle, Instant now) {
        SamplePrices.fill(handle, now);
        Duration day = Duration.ofDays(1);
        member(handle, "ben@reader.example", now.minus(day.multipliedBy(2)), now.plus(day.multipliedBy(5)), true);
        member(handle, "cleo@reader.example", now.minus(day.multipliedBy(165)), now.plus(day.multipliedBy(200)), false);
        member(
                handle,
                "dina@ministry.example",
                now.minus(day.multipliedBy(30)),
                now.plus(day.multipliedBy(335)),
                false);
        member(handle, "faye@reader.example", now.minus(day.multipliedBy(345)), now.plus(day.multipliedBy(20)), false);
        handle.createUpdate("""
                        with cancelled as (
                          update membership set cancelled_at = :at
                          where reader_id = (select id from reader where email_key = 'faye@reader.example') returning id)
                        insert into membership_event (membership_id, what, cause, at)
                        select id, 'cancelled', 'sample', :at from cancelled
                        """).bind("at", now.minus(day.multipliedBy(10))).execute();
        member(handle, "hana@reader.example", now.minus(day.multipliedBy(400)), now.minus(day.multipliedBy(35)), false);
        handle.createUpdate("""
                        with ended as (
                          update membership set cancelled_at = :cancelled, ended_at = until
                          where reader_id = (select id from reader where email_key = 'hana@reader.example') returning id, until)
                        insert into membership_event (membership_id, what, cause, note, at)
                        select id, 'cancelled', 'sample', '', :cancelled from ended
                        union all select id, 'ended', 'sample', 'cancelled before', until from ended
                        """)
                .bind("cancelled", now.minus(day.multipliedBy(60)))
                .execute();
        handle.createUpdate("""
                        with given as (
                          insert into membership (reader_id, price_id, payment, started_at, until)
                          select r.id, (select min(id) from price), 'complimentary', :from, :until
                          from reader r where r.email_key = 'idris@reader.example' returning id)
                        insert into membership_event (membership_id, what, cause, note, by, at)
                        select id, 'given', 'desk', 'Speaker at our autumn evening',
                               (select id from reader where email_key = 'ada@parallel.example'), :from from given
                        """)
                .bind("from", now.minus(day.multipliedBy(12)))
                .bind("until", now.plus(day.multipliedBy(170)))
                .execute();
    }

    private static void member(Handle handle, String email, Instant from, Instant until, boolean trial) {
        long id = handle.createQuery("""
                        with begun as (
                          insert into membership (reader_id, price_id, started_at, trial_ends_at, until)
                          select r.id, (select min(id) from price), :from, case when :trial then cast(:until as timestamptz) end, :until
                          from reader r where r.email_key = :email
                          returning id),
                        noted as (
                          insert into membership_event (membership_id, what, cause, at)
                          select id, case when :trial then 'trial_started' else 'started' end, 'sample', :from from begun),
                        given as (
                          insert into trial_given (seal, at)
                          select trial_seal(:email), :from from begun where :trial)
                        select id from begun
                        """)
                .bind("email", email)
                .bind("from", from)
                .bind("until", until)
                .bind("trial", trial)
                .mapTo(Long.class)
                .one();
        if (trial) return;
        handle.createUpdate("""
                        with next as (update invoice_number set last = last + 1 returning last),
                        billed as (
                          insert into invoice (number, membership_id, what, email, name, amount, currency,
                                               period_from, period_until, issued_at, due_at, paid_at)
                          select next.last, m.id, p.name, r.email, r.name, pr.amount, pr.currency,
                                 m.started_at, m.until, m.started_at, m.started_at + interval '14 days', m.started_at + interval '3 days'
                          from next, membership m join reader r on r.id = m.reader_id
                          join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id
                          where m.id = :id returning *)
                        insert into ledger_entry (at, kind, amount, currency, membership_id, invoice_number, provider, provider_ref, cause)
                        select paid_at, 'charge', amount, currency, membership_id, number, 'invoice', number::text, 'sample' from billed
                        """).bind("id", id).execute();
    }
}
