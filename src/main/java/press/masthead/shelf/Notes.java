package press.masthead.shelf;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What readers have written beside stories; each sees their own and no one else's. */
public final class Notes {
    /** Characters; a few pages. */
    static final int LONGEST = 20_000;

    private final Jdbi jdbi;
    private final Clock clock;

    public Notes(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @param revision 0 where there is none yet */
    record Beside(boolean saved, String text, int revision) {}

    /** What a story's page shows of this reader's shelf. */
    Beside beside(long reader, long story) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select from bookmark where reader_id = :reader and story_id = :story) as saved,
                               coalesce(n.text, '') as text, coalesce(n.revision, 0) as revision
                        from (values (1)) one (row) left join note n on n.reader_id = :reader and n.story_id = :story
                        """)
                .bind("reader", reader)
                .bind("story", story)
                .mapTo(Beside.class)
                .one());
    }

    /** @param gone whether the story was withdrawn since */
    record Listed(String slug, String title, String kind, String text, Instant updatedAt, boolean gone) {}

    /**
     * This reader's, the latest first.
     *
     * @param words that the note or the headline must contain; empty for all
     */
    List<Listed> of(long reader, String words, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.slug, s.title, s.kind, n.text, n.updated_at, s.state <> 'published' as gone
                        from note n join story s on s.id = n.story_id
                        where n.reader_id = :reader
                          and (:words = '' or position(lower(:words) in lower(n.text || ' ' || s.title)) > 0)
                        order by n.updated_at desc, n.story_id desc limit :most
                        """)
                .bind("reader", reader)
                .bind("words", words)
                .bind("most", most)
                .mapTo(Listed.class)
                .list());
    }

    /** Takes this reader's note away, and says what it was. */
    Optional<Listed> remove(long reader, String slug) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        delete from note n using story s where s.id = n.story_id and n.reader_id = :reader and s.slug = :slug
                        returning s.slug, s.title, s.kind, n.text, n.updated_at, s.state <> 'published' as gone
                        """)
                .bind("reader", reader)
                .bind("slug", slug)
                .mapTo(Listed.class)
                .findOne());
    }

    /** What came of writing. */
    enum Written {
        KEPT,
        /** It was changed elsewhere since the page was opened: both texts stand in it now. */
        BOTH,
        NO_STORY
    }

    private record Kept(String text, int revision) {}

    /**
     * Keeps the text as it is; an empty one takes the note away.
     *
     * @param revision what the writer had before them
     */
    Written write(long reader, String slug, String text, int revision) {
        return jdbi.inTransaction(handle -> {
            Optional<Long> story =
                    handle.createQuery("""
                            select id from story s where slug = :slug and kind <> 'page'
                              and state in ('published', 'withdrawn')
                            """).bind("slug", slug).mapTo(Long.class).findOne();
            if (story.isEmpty()) return Written.NO_STORY;
            Optional<Kept> before = handle.createQuery(
                            "select text, revision from note where reader_id = :reader and story_id = :story for update")
                    .bind("reader", reader)
                    .bind("story", story.get())
                    .mapTo(Kept.class)
                    .findOne();
            boolean stale = !text.isBlank()
                    && before.filter(kept ->
                                    kept.revision() != revision && !kept.text().equals(text))
                            .isPresent();
            String whole = stale ? before.orElseThrow().text() + "\n\n– – –\n\n" + text : text;
            boolean emptiedUnseen = text.isBlank()
                    && before.filter(kept -> kept.revision() != revision).isPresent();
            if (emptiedUnseen) return Written.BOTH;
            if (whole.isBlank())
                handle.createUpdate("delete from note where reader_id = :reader and story_id = :story")
                        .bind("reader", reader)
                        .bind("story", story.get())
                        .execute();
            else
                handle.createUpdate("""
                                insert into note (reader_id, story_id, text, updated_at) values (:reader, :story, :text, :now)
                                on conflict (reader_id, story_id) do update
                                set text = excluded.text, updated_at = excluded.updated_at, revision = note.revision + 1
                                """)
                        .bind("reader", reader)
                        .bind("story", story.get())
                        .bind("text", whole)
                        .bind("now", clock.instant())
                        .execute();
            return stale ? Written.BOTH : Written.KEPT;
        });
    }
}
