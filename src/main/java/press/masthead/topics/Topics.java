package press.masthead.topics;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.desk.FormerSlugs;
import press.masthead.desk.FormerSlugs.Kind;
import press.masthead.desk.StillUsed;

/** The subjects that stories are filed under. */
public final class Topics {
    private final Jdbi jdbi;

    public Topics(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All of them, in the newsroom's order. */
    public List<Topic> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select t.id, t.slug, t.name, t.description, n.slug as briefing
                        from topic t left join newsletter n on n.id = t.briefing_id
                        order by t.position, t.name, t.id
                        """).mapTo(Topic.class).list());
    }

    public Optional<Topic> bySlug(String slug) {
        return all().stream().filter(topic -> topic.slug().equals(slug)).findFirst();
    }

    Optional<Topic> byId(long id) {
        return all().stream().filter(topic -> topic.id() == id).findFirst();
    }

    /** Where a topic went whose address was changed. */
    public Optional<String> movedTo(String formerSlug) {
        return FormerSlugs.whose(jdbi, Kind.TOPIC, formerSlug)
                .flatMap(this::byId)
                .map(Topic::slug);
    }

    /** Adds it at the end. Its id is given by the database. */
    long add(Handle handle, Topic topic) {
        return handle.createQuery("""
                        insert into topic (slug, name, description, briefing_id, position)
                        values (:slug, :name, :description, (select id from newsletter where slug = :briefing),
                                (select coalesce(max(position), 0) + 1 from topic))
                        returning id
                        """)
                .bind("slug", topic.slug())
                .bind("name", topic.name())
                .bind("description", topic.description())
                .bind("briefing", topic.briefing())
                .mapTo(Long.class)
                .one();
    }

    void change(Handle handle, Topic before, Topic topic) {
        handle.createUpdate("""
                        update topic set slug = :slug, name = :name, description = :description,
                          briefing_id = (select id from newsletter where slug = :briefing)
                        where id = :id
                        """)
                .bind("id", topic.id())
                .bind("slug", topic.slug())
                .bind("name", topic.name())
                .bind("description", topic.description())
                .bind("briefing", topic.briefing())
                .execute();
        FormerSlugs.moved(handle, Kind.TOPIC, topic.id(), before.slug(), topic.slug());
    }

    /** Puts the topics into this order; one that is not named stays behind those that are. */
    void order(Handle handle, List<Long> ids) {
        handle.createUpdate("""
                        update topic t set position = o.n
                        from unnest(:ids) with ordinality o(id, n) where o.id = t.id
                        """).bindArray("ids", Long.class, ids).execute();
    }

    /** @throws press.masthead.platform.web.Problem 422 while something is filed under it */
    void remove(Handle handle, long id) {
        StillUsed.orRemove(
                () -> handle.createUpdate("delete from topic where id = :id")
                        .bind("id", id)
                        .execute(),
                "Stories or newsletters are filed under this topic, so it can't be removed.");
    }

    /** Tells every node that pages which show topics have changed. */
    void announce(Handle handle) {
        handle.execute("select pg_notify('settings', '')");
    }
}
