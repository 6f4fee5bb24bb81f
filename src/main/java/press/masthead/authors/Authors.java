package press.masthead.authors;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Those whose names stand over stories. */
public final class Authors {
    private final Jdbi jdbi;

    public Authors(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<Author> all() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, slug, name, role, bio, location, portrait from author order by name")
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
}
