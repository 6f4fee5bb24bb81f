package press.masthead.industries;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.desk.FormerSlugs;
import press.masthead.desk.FormerSlugs.Kind;
import press.masthead.desk.StillUsed;

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
                        order by i.position, i.name, i.id
                        """).mapTo(Industry.class).list());
    }

    public Optional<Industry> bySlug(String slug) {
        return all().stream().filter(industry -> industry.slug().equals(slug)).findFirst();
    }

    Optional<Industry> byId(long id) {
        return all().stream().filter(industry -> industry.id() == id).findFirst();
    }

    /** Where an industry went whose address was changed. */
    public Optional<String> movedTo(String formerSlug) {
        return FormerSlugs.whose(jdbi, Kind.INDUSTRY, formerSlug)
                .flatMap(this::byId)
                .map(Industry::slug);
    }

    /** Adds it at the end. Its id is given by the database. */
    long add(Handle handle, Industry industry) {
        return handle.createQuery("""
                        insert into industry (slug, name, description, editor_id, position)
                        values (:slug, :name, :description, (select id from author where slug = :editor),
                                (select coalesce(max(position), 0) + 1 from industry))
                        returning id
                        """)
                .bind("slug", industry.slug())
                .bind("name", industry.name())
                .bind("description", industry.description())
                .bind("editor", industry.editorSlug())
                .mapTo(Long.class)
                .one();
    }

    void change(Handle handle, Industry before, Industry industry) {
        handle.createUpdate("""
                        update industry set slug = :slug, name = :name, description = :description,
                          editor_id = (select id from author where slug = :editor)
                        where id = :id
                        """)
                .bind("id", industry.id())
                .bind("slug", industry.slug())
                .bind("name", industry.name())
                .bind("description", industry.description())
                .bind("editor", industry.editorSlug())
                .execute();
        FormerSlugs.moved(handle, Kind.INDUSTRY, industry.id(), before.slug(), industry.slug());
    }

    /** Puts the industries into this order; one that is not named stays behind those that are. */
    void order(Handle handle, List<Long> ids) {
        handle.createUpdate("""
                        update industry i set position = o.n
                        from unnest(:ids) with ordinality o(id, n) where o.id = i.id
                        """).bindArray("ids", Long.class, ids).execute();
    }

    /** @throws press.masthead.platform.web.Problem 422 while something carries it */
    void remove(Handle handle, long id) {
        StillUsed.orRemove(
                () -> handle.createUpdate("delete from industry where id = :id")
                        .bind("id", id)
                        .execute(),
                "Stories or newsletters carry this industry, so it can't be removed.");
    }

    /** Tells every node that pages which show industries have changed. */
    void announce(Handle handle) {
        handle.execute("select pg_notify('settings', '')");
    }
}
