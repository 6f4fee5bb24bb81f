package press.masthead.reviews;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.deliveries.NotGone;
import press.masthead.deliveries.NotGone.Names;
import press.masthead.editions.ComposedLetter;

/**
 * A piece that is withdrawn while a week's letters are leaving goes out of those that have not left: they are put together from
 * the names of their parts when they leave. A letter that has no piece left stays here. Twice comes out as once.
 */
public final class TakeOutWithdrawn implements Runnable {
    private final Jdbi jdbi;
    private final Clock clock;

    public TakeOutWithdrawn(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public void run() {
        for (long mailing : open()) {
            List<Long> withdrawn = jdbi.withHandle(this::withdrawn);
            if (withdrawn.isEmpty()) return;
            while (jdbi.inTransaction(handle -> takeOut(handle, mailing, withdrawn)))
                ;
        }
    }

    private List<Long> open() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select m.id from mailing m join edition e on m.kind = 'edition' and m.reference = e.id::text
                        join newsletter n on n.id = e.newsletter_id and n.slot = 'personal'
                        where m.state in ('sending', 'held') order by m.id
                        """).mapTo(Long.class).list());
    }

    private List<Long> withdrawn(Handle handle) {
        return handle.createQuery("select id from story where state = 'withdrawn' and published_at >= :oldest")
                .bind("oldest", clock.instant().minus(Candidates.OLDEST).minus(Candidates.OLDEST))
                .mapTo(Long.class)
                .list();
    }

    /** Whether there were letters to change: then there may be more. */
    private boolean takeOut(Handle handle, long mailing, List<Long> withdrawn) {
        List<String> words =
                withdrawn.stream().flatMap(id -> Stream.of("l" + id, "s" + id)).toList();
        List<Names> letters = NotGone.naming(handle, mailing, ComposedLetter.PARTS, words);
        if (letters.isEmpty()) return false;
        List<Names> parts = new ArrayList<>();
        List<Names> leads = new ArrayList<>();
        List<Long> empty = new ArrayList<>();
        Map<Long, Long> first = new HashMap<>();
        for (Names letter : letters) {
            ReviewParts kept = ReviewParts.read(letter.value()).without(withdrawn);
            if (kept.stories().isEmpty()) empty.add(letter.id());
            else {
                parts.add(new Names(letter.id(), kept.joined()));
                first.put(letter.id(), kept.stories().getFirst());
            }
        }
        Map<Long, String> titles = titles(handle, first.values());
        first.forEach((letter, story) -> leads.add(new Names(letter, Objects.requireNonNull(titles.get(story)))));
        NotGone.change(handle, mailing, ComposedLetter.PARTS, parts);
        NotGone.change(handle, mailing, ComposedLetter.SUBJECT, leads);
        NotGone.takeBack(handle, mailing, empty, "All of its pieces were withdrawn.", clock.instant());
        return true;
    }

    private static Map<Long, String> titles(Handle handle, java.util.Collection<Long> stories) {
        Map<Long, String> titles = new HashMap<>();
        handle.createQuery("select id, title from story where id = any(:ids)")
                .bindArray("ids", Long.class, List.copyOf(stories))
                .mapToMap()
                .forEach(row -> titles.put((Long) row.get("id"), (String) row.get("title")));
        return titles;
    }
}
