package press.masthead.authors;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.desk.FormerSlugs;
import press.masthead.desk.FormerSlugs.Kind;
import press.masthead.desk.StillUsed;

/** Those whose names stand over stories. */
public final class Authors {
    private final Jdbi jdbi;

    public Authors(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<Author> all() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, slug, name, role, bio, location, portrait from author order by name, id")
                .mapTo(Author.class)
                .list());
    }

    public Optional<Author> bySlug(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, slug, name, role, bio, location, portrait from author where slug = :slug")
                .bind("slug", slug)
                .mapTo(Author.class)
                .findOne());
    }

    Optional<Author> byId(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, slug, name, role, bio, location, portrait from author where id = :id")
                .bind("id", id)
                .mapTo(Author.class)
                .findOne());
    }

    /** Where an author's page went whose address was changed. */
    public Optional<String> movedTo(String formerSlug) {
        return FormerSlugs.whose(jdbi, Kind.AUTHOR, formerSlug)
                .flatMap(this::byId)
                .map(Author::slug);
    }

    /** Whether the library has a picture of this name. */
    boolean isPicture(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select exists (select from picture where name = :name)")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one());
    }

    void add(Handle handle, Author author) {
        handle.createUpdate("""
                        insert into author (slug, name, role, bio, location, portrait)
                        values (:slug, :name, :role, :bio, :location, :portrait)
                        """).bindMethods(author).execute();
    }

    void change(Handle handle, Author before, Author author) {
        handle.createUpdate("""
                        update author set slug = :slug, name = :name, role = :role, bio = :bio, location = :location,
                          portrait = :portrait
                        where id = :id
                        """).bindMethods(author).execute();
        FormerSlugs.moved(handle, Kind.AUTHOR, author.id(), before.slug(), author.slug());
    }

    /** @throws press.masthead.platform.web.Problem 422 while their name stands over something */
    void remove(Handle handle, long id) {
        StillUsed.orRemove(
                () -> handle.createUpdate("delete from author where id = :id")
                        .bind("id", id)
                        .execute(),
                "This name stands over stories, an industry or a member of staff, so it can't be removed.");
    }

    /** Tells every node that pages which show authors have changed. */
    void announce(Handle handle) {
        handle.execute("select pg_notify('settings', '')");
    }
}
