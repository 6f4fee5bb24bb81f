package press.masthead.desk;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Addresses that topics, industries, authors and those on the list of names once had: they keep leading there. Stories have their own. */
public final class FormerSlugs {
    /** What a slug names; stored by its lower-case name. */
    public enum Kind {
        TOPIC,
        INDUSTRY,
        AUTHOR,
        ENTITY
    }

    private FormerSlugs() {}

    /** From now on the old one leads to whoever has the new one. */
    public static void moved(Handle handle, Kind kind, long id, String before, String now) {
        if (before.equals(now)) return;
        handle.createUpdate("delete from former_subject_slug where kind = :kind and slug = :now")
                .bind("kind", kind)
                .bind("now", now)
                .execute();
        handle.createUpdate("""
                        insert into former_subject_slug (kind, slug, subject_id) values (:kind, :before, :id)
                        on conflict (kind, slug) do update set subject_id = excluded.subject_id
                        """)
                .bind("kind", kind)
                .bind("before", before)
                .bind("id", id)
                .execute();
    }

    /** Whose this was. */
    public static Optional<Long> whose(Jdbi jdbi, Kind kind, String slug) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select subject_id from former_subject_slug where kind = :kind and slug = :slug")
                .bind("kind", kind)
                .bind("slug", slug)
                .mapTo(Long.class)
                .findOne());
    }
}
