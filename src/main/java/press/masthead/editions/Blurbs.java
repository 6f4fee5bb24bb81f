package press.masthead.editions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.search.Texts;
import press.masthead.stories.StoryCard;

/** What a large model wrote for an edition's items. What has lost a source since is not told of. */
final class Blurbs {
    private Blurbs() {}

    private record Row(
            long lead,
            boolean used,
            int sentence,
            String said,
            String source,
            @Nested StoryCard card,
            String opening) {
        boolean stands() {
            return one(card.standfirst()).contains(one(source))
                    || one(Texts.plain(opening)).contains(one(source));
        }

        private static String one(String text) {
            return text.replaceAll("\\s+", " ").strip();
        }
    }

    /** By the number of the item's first story; only where every source still stands in what everyone may read. */
    static Map<Long, Shorter> of(Handle handle, long edition) {
        var rows = new HashMap<Long, List<Row>>();
        var lost = new HashSet<Long>();
        handle.createQuery("""
                        select b.story_id as lead, b.used, o.sentence, o.said, o.source, c.*,
                               (select s.opening from story s where s.id = c.id) as opening
                        from edition_blurb b join edition_blurb_source o on o.edition_id = b.edition_id and o.story_id = b.story_id
                        join story_card c on c.id = o.source_id
                        where b.edition_id = :edition and not exists (
                          select from edition_blurb_source other join story s on s.id = other.source_id
                          where other.edition_id = b.edition_id and other.story_id = b.story_id and s.state <> 'published')
                        order by b.story_id, o.sentence, o.place
                        """).bind("edition", edition).mapTo(Row.class).forEach(row -> {
            rows.computeIfAbsent(row.lead(), first -> new ArrayList<>()).add(row);
            if (!row.stands()) lost.add(row.lead());
        });
        rows.keySet().removeAll(lost);
        var blurbs = HashMap.<Long, Shorter>newHashMap(rows.size());
        rows.forEach((lead, those) -> blurbs.put(lead, shorter(those)));
        return blurbs;
    }

    private static Shorter shorter(List<Row> rows) {
        var sentences = new TreeMap<Integer, List<Row>>();
        for (Row row : rows)
            sentences.computeIfAbsent(row.sentence(), at -> new ArrayList<>()).add(row);
        return new Shorter(
                rows.getFirst().used(),
                sentences.values().stream()
                        .map(one -> new Shorter.Sentence(
                                one.getFirst().said(),
                                one.stream()
                                        .map(row -> new Shorter.Source(row.card(), row.source()))
                                        .toList()))
                        .toList());
    }

    /** @param source as it stands in the story {@code of} */
    record Written(int sentence, int place, String said, long of, String source) {}

    /** Puts down what was written, for an editor to look at; false where one is in use already. */
    static boolean write(Handle handle, long edition, long story, Instant now, List<Written> sentences) {
        int put = handle.createUpdate("""
                        insert into edition_blurb as b (edition_id, story_id, written_at) values (:edition, :story, :now)
                        on conflict (edition_id, story_id) do update set written_at = excluded.written_at where not b.used
                        """)
                .bind("edition", edition)
                .bind("story", story)
                .bind("now", now)
                .execute();
        if (put == 0) return false;
        handle.execute("delete from edition_blurb_source where edition_id = ? and story_id = ?", edition, story);
        var batch = handle.prepareBatch("""
                insert into edition_blurb_source (edition_id, story_id, sentence, place, said, source_id, source)
                values (:edition, :story, :sentence, :place, :said, :of, :source)
                """);
        for (Written one : sentences)
            batch.bind("edition", edition)
                    .bind("story", story)
                    .bind("sentence", one.sentence())
                    .bind("place", one.place())
                    .bind("said", one.said())
                    .bind("of", one.of())
                    .bind("source", one.source())
                    .add();
        batch.execute();
        return true;
    }

    /** Has the letters say it, or no longer. */
    static void use(Handle handle, long edition, long story, boolean used) {
        handle.createUpdate("update edition_blurb set used = :used where edition_id = :edition and story_id = :story")
                .bind("used", used)
                .bind("edition", edition)
                .bind("story", story)
                .execute();
    }

    /** Forgets one that is told of no more. */
    static void clear(Handle handle, long edition, long story) {
        handle.execute("delete from edition_blurb where edition_id = ? and story_id = ?", edition, story);
    }

    static void leave(Handle handle, long edition, long story) {
        handle.createUpdate("delete from edition_blurb where edition_id = :edition and story_id = :story and not used")
                .bind("edition", edition)
                .bind("story", story)
                .execute();
    }

    /** What everyone may read of a story. */
    record Open(long id, String title, String language, String standfirst, String opening) {}

    /** In the order asked for. */
    static List<Open> open(Handle handle, List<Long> stories) {
        return handle.createQuery("""
                        select id, title, language, standfirst, opening from story
                        where id = any(:stories) and state = 'published' order by array_position(:stories, id)
                        """)
                .bindArray("stories", Long.class, stories)
                .mapTo(Open.class)
                .list();
    }
}
