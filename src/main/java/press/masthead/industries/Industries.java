package press.masthead.industries;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.desk.FormerSlugs;
import press.masthead.desk.FormerSlugs.Kind;

/** The industries that members follow. */
public final class Industries {
    private static final String INDUSTRY = """
            select i.id, i.slug, i.name, i.description, a.slug as editor_slug, n.slug as newsletter, i.retired_at is not null as retired
            from industry i left join author a on a.id = i.editor_id left join newsletter n on n.id = i.newsletter_id
            where i.merged_into is null
            """;

    private final Jdbi jdbi;

    public Industries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All of them but the retired, in the newsroom's order. */
    public List<Industry> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery(INDUSTRY + " and i.retired_at is null order by i.position, i.name, i.id")
                        .mapTo(Industry.class)
                        .list());
    }

    /** With the retired, which stand at the end. */
    public List<Industry> every() {
        return jdbi.withHandle(
                handle -> handle.createQuery(INDUSTRY + " order by i.retired_at is not null, i.position, i.name, i.id")
                        .mapTo(Industry.class)
                        .list());
    }

    /** Also a retired one, whose page stays. */
    public Optional<Industry> bySlug(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery(INDUSTRY + " and i.slug = :slug")
                .bind("slug", slug)
                .mapTo(Industry.class)
                .findOne());
    }

    Optional<Industry> byId(long id) {
        return jdbi.withHandle(handle -> byId(handle, id));
    }

    static Optional<Industry> byId(Handle handle, long id) {
        return handle.createQuery(INDUSTRY + " and i.id = :id")
                .bind("id", id)
                .mapTo(Industry.class)
                .findOne();
    }

    /** Where an industry went whose address was changed, or that was merged. */
    public Optional<String> movedTo(String formerSlug) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select coalesce(m.slug, i.slug) from industry i left join industry m on m.id = i.merged_into
                        where i.slug = :slug and i.merged_into is not null
                           or i.id = (select subject_id from former_subject_slug where kind = 'industry' and slug = :slug)
                        order by i.slug = :slug desc limit 1
                        """)
                .bind("slug", formerSlug)
                .mapTo(String.class)
                .findOne());
    }

    /** Whether an industry stands at this address, or one stood there that was merged. */
    boolean taken(String slug, long by) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select from industry where slug = :slug and id <> :id)")
                        .bind("slug", slug)
                        .bind("id", by)
                        .mapTo(Boolean.class)
                        .one());
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

    /** Tells every node that pages which show industries have changed. */
    void announce(Handle handle) {
        handle.execute("select pg_notify('settings', '')");
    }
}
