package press.masthead.topics;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The subjects that stories are filed under. */
public final class Topics {
    private final Jdbi jdbi;

    public Topics(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All of them, in the newsroom's order. */
    public List<Topic> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id, slug, name, description from topic order by position, name")
                        .mapTo(Topic.class)
                        .list());
    }

    public Optional<Topic> bySlug(String slug) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id, slug, name, description from topic where slug = :slug")
                        .bind("slug", slug)
                        .mapTo(Topic.class)
                        .findOne());
    }
}
