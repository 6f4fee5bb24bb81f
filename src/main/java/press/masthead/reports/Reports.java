package press.masthead.reports;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import press.masthead.stories.StoryCard;

/** What is kept of reports beside their text: typeset copies, who took one, and where a cover is shown. */
public final class Reports {
    private final Jdbi jdbi;
    private final Clock clock;

    public Reports(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * What everyone may know of a report before they have it: as a book's contents are on its back.
     *
     * @param contents the titles of all chapters
     * @param pages of its typeset copy; 0 before one was made
     */
    public record Inside(List<String> contents, int charts, int pages) {}

    /** What is inside a published report. Its chapters' titles are told to all; nothing else beyond the cut is. */
    public Inside inside(long story) {
        Inside found = jdbi.withHandle(handle ->
                handle.createQuery("""
                        select array(select m[1] from regexp_matches(s.opening || s.rest,
                                 '<section id="[^"]+"[^>]*>[[:space:]]*<h2[^>]*>(([^<]|<[^/]|</[^h])*)</h2>', 'g') m) as contents,
                               regexp_count(s.opening || s.rest, '<figure data-chart=') as charts, coalesce(c.pages, 0) as pages
                        from story s left join report_copy c on c.story_id = s.id
                        where s.id = :story and s.state = 'published'
                        """).bind("story", story).mapTo(Inside.class).one());
        return new Inside(
                found.contents().stream()
                        .map(title -> Jsoup.parseBodyFragment(title).text())
                        .toList(),
                found.charts(),
                found.pages());
    }

    /** @param version empty where no copy is kept */
    record Stand(int revision, Optional<String> version, Optional<String> file) {}

    Stand stand(long story) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select s.revision, c.version, c.file from story s left join report_copy c on c.story_id = s.id
                        where s.id = :story
                        """).bind("story", story).mapTo(Stand.class).one());
    }

    /** Notes a copy in place of the one before; pages of the site that tell how long it is are made anew. */
    void keep(long story, String version, String file, int pages) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            insert into report_copy (story_id, version, file, pages, made_at)
                            values (:story, :version, :file, :pages, :now)
                            on conflict (story_id) do update set version = excluded.version, file = excluded.file,
                              pages = excluded.pages, made_at = excluded.made_at
                            """)
                    .bind("story", story)
                    .bind("version", version)
                    .bind("file", file)
                    .bind("pages", pages)
                    .bind("now", clock.instant())
                    .execute();
            handle.execute("select pg_notify('published', '')");
        });
    }

    /** Notes that someone took a copy. */
    void noteTaken(long story, long reader, String version) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into report_download (story_id, reader_id, version, at) values (:story, :reader, :version, :now)
                        """)
                .bind("story", story)
                .bind("reader", reader)
                .bind("version", version)
                .bind("now", clock.instant())
                .execute());
    }

    /** The report that stories under this topic show: an editor's choice, else the newest filed there. */
    public Optional<StoryCard> shownUnder(String topic) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from story_card c where c.id = coalesce(
                          (select p.story_id from report_place p join topic t on t.id = p.topic_id
                           join story s on s.id = p.story_id and s.state = 'published' where t.slug = :topic),
                          (select st.story_id from story_topic st join story s on s.id = st.story_id and s.kind = 'report'
                           where st.topic_id = (select id from topic where slug = :topic) and st.published_at is not null
                           order by st.published_at desc, st.story_id desc limit 1))
                        """)
                .bind("topic", topic)
                .mapTo(StoryCard.class)
                .findOne());
    }

    /** The reports of the front page: an editor's choice first, then the newest. */
    public List<StoryCard> onTheFront(int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        (select c.* from report_place p join story_card c on c.id = p.story_id where p.topic_id is null)
                        union all
                        (select c.* from story_card c where c.kind = 'report'
                           and not exists (select from report_place p where p.topic_id is null and p.story_id = c.id)
                         order by c.published_at desc, c.id desc limit :most)
                        limit :most
                        """)
                .bind("most", most)
                .mapTo(StoryCard.class)
                .list());
    }

    /** A published report as the newsroom lists it. */
    record Row(long id, String title, String slug, Instant publishedAt, int pages, long taken, long takers) {}

    List<Row> newest(int most) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select s.id, s.title, s.slug, s.published_at, coalesce(c.pages, 0) as pages,
                               (select count(*) from report_download d where d.story_id = s.id) as taken,
                               (select count(distinct d.reader_id) from report_download d where d.story_id = s.id) as takers
                        from story s left join report_copy c on c.story_id = s.id
                        where s.kind = 'report' and s.state = 'published' order by s.published_at desc, s.id desc limit :most
                        """).bind("most", most).mapTo(Row.class).list());
    }

    /** @param topic empty for the front page; {@code report} is 0 where it is left to the newest */
    record Place(String topic, String name, long report) {}

    List<Place> places() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select '' as topic, 'Front page' as name,
                               coalesce((select story_id from report_place where topic_id is null), 0) as report, -1 as position
                        union all
                        select t.slug, t.name, coalesce(p.story_id, 0), t.position
                        from topic t left join report_place p on p.topic_id = t.id
                        order by position, name
                        """).mapTo(Place.class).list());
    }

    /** Sets all places. @param chosen a topic's slug, or empty for the front page, to a report; 0 leaves it to the newest */
    void place(Handle handle, Map<String, Long> chosen) {
        handle.execute("delete from report_place");
        var batch = handle.prepareBatch("""
                insert into report_place (topic_id, story_id)
                select t.id, s.id from story s left join topic t on t.slug = :topic
                where s.id = :story and s.kind = 'report' and (:topic = '' or t.id is not null)
                """);
        chosen.forEach((topic, story) -> {
            if (story > 0) batch.bind("topic", topic).bind("story", story).add();
        });
        if (batch.size() > 0) batch.execute();
        handle.execute("select pg_notify('published', '')");
    }
}
