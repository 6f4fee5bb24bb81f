package press.masthead.shelf;

import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.stories.StoryCard;

/** What readers have put aside to read. */
public final class Bookmarks {
    private final Jdbi jdbi;
    private final Clock clock;

    public Bookmarks(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @param seen whether they have opened it */
    public record Saved(@Nested StoryCard card, boolean seen) {}

    /** This reader's, what is unread first, then the newest; what was withdrawn since is left out. */
    public List<Saved> of(long reader, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.*, d.reader_id is not null as seen from bookmark b join story_card c on c.id = b.story_id
                        left join member_read d on d.reader_id = b.reader_id and d.story_id = b.story_id
                        where b.reader_id = :reader order by d.reader_id is not null, b.at desc, b.story_id desc limit :most
                        """)
                .bind("reader", reader)
                .bind("most", most)
                .mapTo(Saved.class)
                .list());
    }

    /** Puts a published story aside; a second time changes nothing. False when there is none at this address. */
    boolean add(long reader, String slug) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into bookmark (reader_id, story_id, at)
                        select :reader, id, :now from story where slug = :slug and state = 'published' and kind <> 'page'
                        on conflict (reader_id, story_id) do update set at = bookmark.at
                        """)
                        .bind("reader", reader)
                        .bind("slug", slug)
                        .bind("now", clock.instant())
                        .execute()
                > 0);
    }

    void remove(long reader, String slug) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        delete from bookmark where reader_id = :reader and story_id = (select id from story where slug = :slug)
                        """)
                .bind("reader", reader)
                .bind("slug", slug)
                .execute());
    }
}
