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
            new Person("ben@reader.example", "Ben Arkwell", "", "", true, List.of("morning", "energy-daily")),
            new Person(
                    "cleo@reader.example",
                    "Cleo Marchetti",
                    "",
                    "",
                    true,
                    List.of("morning", "evening", "week-in-review")),
            new Person("dina@ministry.example", "Dina Farouq", "", "", true, List.of("morning", "security-brief")),
            new Person(
                    "eli@reader.example",
                    "Eli Nordgren",
                    "",
                    "",
                    true,
                    List.of("evening", "culture-letter", "cities-weekly")),
            new Person("faye@reader.example", "Faye Okello", "", "", true, List.of("climate-weekly", "tech-ledger")),
            new Person("gus@reader.example", "Gus Pellerin", "", "", false, List.of()));

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
    }
}
