package press.masthead.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** What editors know better than any index: which pieces come first for some words, and which words mean the same. */
public final class KnownBetter {
    private static final Duration KEPT = Duration.ofSeconds(3);

    private final Jdbi jdbi;
    /** Asked by every search; editors of another node are heard of a little later. */
    private final Cache<String, Said> kept =
            Caffeine.newBuilder().expireAfterWrite(KEPT).build();

    private record Said(Map<String, List<Long>> pinned, List<Same> same) {}

    record Pinned(String asked, long storyId) {}

    public KnownBetter(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A piece that stands first for some words. */
    public record Pin(long id, String asked, long storyId, String title, String slug) {}

    /** Words that mean the same. */
    public record Same(long id, List<String> words) {}

    /** Those pinned for these words that are published, in the editors' order. */
    List<Long> pinned(String folded) {
        return said().pinned().getOrDefault(folded, List.of());
    }

    private Said said() {
        return kept.get("", nothing -> new Said(allPinned(), same()));
    }

    private Map<String, List<Long>> allPinned() {
        return jdbi
                .withHandle(
                        handle -> handle.createQuery("""
                        select p.asked, p.story_id from search_pin p join story s on s.id = p.story_id
                        where s.state = 'published' order by p.position, p.id
                        """).mapTo(Pinned.class).list())
                .stream()
                .collect(
                        Collectors.groupingBy(Pinned::asked, Collectors.mapping(Pinned::storyId, Collectors.toList())));
    }

    /** Other ways to say what was typed, each as its words. */
    List<List<String>> otherWords(String folded) {
        List<String> typed = Arrays.asList(folded.split(" "));
        var others = new ArrayList<List<String>>();
        for (Same same : said().same()) {
            var ways = same.words().stream()
                    .map(Search::folded)
                    .filter(way -> !way.isEmpty())
                    .map(way -> Arrays.asList(way.split(" ")))
                    .toList();
            if (ways.stream().noneMatch(way -> Collections.indexOfSubList(typed, way) >= 0)) continue;
            ways.stream()
                    .filter(way -> Collections.indexOfSubList(typed, way) < 0)
                    .forEach(others::add);
        }
        return others;
    }

    public List<Same> same() {
        return jdbi.withHandle(handle -> handle.createQuery("select id, words from search_synonym order by id")
                .mapTo(Same.class)
                .list());
    }

    public List<Pin> pins() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select p.id, p.asked, p.story_id, s.title, s.slug
                        from search_pin p join story s on s.id = p.story_id order by p.asked, p.position, p.id
                        """).mapTo(Pin.class).list());
    }

    /**
     * Puts a piece first for some words, after those already pinned there.
     *
     * @return whether there is such a piece and any word
     */
    public boolean pin(String words, String slug) {
        String asked = Search.folded(words);
        if (asked.isEmpty()) return false;
        boolean pinned = jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into search_pin (asked, story_id, position)
                        select :asked, s.id, coalesce((select max(position) from search_pin where asked = :asked), 0) + 1
                        from story s where s.slug = :slug and s.state = 'published'
                        on conflict (asked, story_id) do update set position = search_pin.position
                        """)
                        .bind("asked", asked)
                        .bind("slug", slug)
                        .execute())
                == 1;
        kept.invalidateAll();
        return pinned;
    }

    public void unpin(long id) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from search_pin where id = :id")
                .bind("id", id)
                .execute());
        kept.invalidateAll();
    }

    /** @param words two to twelve that mean the same */
    public void sameAs(List<String> words) {
        jdbi.useHandle(handle -> handle.createUpdate("insert into search_synonym (words) values (:words)")
                .bindArray("words", String.class, words)
                .execute());
        kept.invalidateAll();
    }

    public void notSame(long id) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from search_synonym where id = :id")
                .bind("id", id)
                .execute());
        kept.invalidateAll();
    }
}
