package press.masthead.following;

import java.text.Collator;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.topics.Country;

/** Who follows what. */
public final class Following {
    private final Jdbi jdbi;
    private final Clock clock;

    public Following(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What stands at this address, if it can be followed. */
    public Optional<Subject> find(Kind kind, String slug) {
        return switch (kind) {
            case TOPIC -> find(kind, slug, "select name from topic where slug = :slug");
            case INDUSTRY -> find(kind, slug, "select name from industry where slug = :slug");
            case AUTHOR -> find(kind, slug, "select name from author where slug = :slug");
            case COUNTRY -> Country.of(slug).map(Following::subject);
        };
    }

    private Optional<Subject> find(Kind kind, String slug, String query) {
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bind("slug", slug)
                .mapTo(String.class)
                .findOne()
                .map(name -> new Subject(kind, slug, name)));
    }

    /** A country as something to follow. */
    public static Subject subject(Country country) {
        return new Subject(Kind.COUNTRY, country.slug(), country.name());
    }

    private record Row(String kind, String slug, String name) {
        Subject subject() {
            return Kind.of(kind).filter(Kind.COUNTRY::equals).isPresent()
                    ? Following.subject(Country.of(slug).orElse(new Country(slug)))
                    : new Subject(Kind.of(kind).orElseThrow(), slug, name);
        }
    }

    /** What this reader follows, by kind and name. */
    public List<Subject> of(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select 'topic' as kind, t.slug, t.name from follow f join topic t on t.id = f.topic_id where f.reader_id = :reader
                        union all
                        select 'industry', i.slug, i.name from follow f join industry i on i.id = f.industry_id where f.reader_id = :reader
                        union all
                        select 'author', a.slug, a.name from follow f join author a on a.id = f.author_id where f.reader_id = :reader
                        union all
                        select 'country', f.country, '' from follow f where f.reader_id = :reader and f.country is not null
                        """).bind("reader", reader).mapTo(Row.class).stream()
                .map(Row::subject)
                .sorted(Comparator.comparing(Subject::kind)
                        .thenComparing(Subject::name, Collator.getInstance(Locale.ENGLISH)))
                .toList());
    }

    /** From now on; a second time changes nothing. */
    void follow(Handle handle, long reader, Subject subject) {
        String insert = switch (subject.kind()) {
            case TOPIC ->
                "insert into follow (reader_id, topic_id, since) select :reader, id, :now from topic where slug = :slug on conflict do nothing";
            case INDUSTRY ->
                "insert into follow (reader_id, industry_id, since) select :reader, id, :now from industry where slug = :slug on conflict do nothing";
            case AUTHOR ->
                "insert into follow (reader_id, author_id, since) select :reader, id, :now from author where slug = :slug on conflict do nothing";
            case COUNTRY ->
                "insert into follow (reader_id, country, since) values (:reader, upper(:slug), :now) on conflict do nothing";
        };
        handle.createUpdate(insert)
                .bind("reader", reader)
                .bind("slug", subject.slug())
                .bind("now", clock.instant())
                .execute();
    }

    void leave(Handle handle, long reader, Subject subject) {
        String delete = switch (subject.kind()) {
            case TOPIC ->
                "delete from follow where reader_id = :reader and topic_id = (select id from topic where slug = :slug)";
            case INDUSTRY ->
                "delete from follow where reader_id = :reader and industry_id = (select id from industry where slug = :slug)";
            case AUTHOR ->
                "delete from follow where reader_id = :reader and author_id = (select id from author where slug = :slug)";
            case COUNTRY -> "delete from follow where reader_id = :reader and country = upper(:slug)";
        };
        handle.createUpdate(delete)
                .bind("reader", reader)
                .bind("slug", subject.slug())
                .execute();
    }
}
