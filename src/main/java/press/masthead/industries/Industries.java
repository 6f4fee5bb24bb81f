package press.masthead.industries;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The industries that members follow. */
public final class Industries {
    private final Jdbi jdbi;

    public Industries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All of them, in the newsroom's order. */
    public List<Industry> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select i.id, i.slug, i.name, i.description, a.slug as editor_slug
                        from industry i left join author a on a.id = i.editor_id
                        order by i.position, i.name
                        """).mapTo(Industry.class).list());
    }

    public Optional<Industry> bySlug(String slug) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select i.id, i.slug, i.name, i.description, a.slug as editor_slug
                        from industry i left join author a on a.id = i.editor_id
                        where i.slug = :slug
                        """).bind("slug", slug).mapTo(Industry.class).findOne());
    }
}
