package press.masthead.readership;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import press.masthead.publication.Publication;
import press.masthead.stories.StoryCard;

/**
 * How often stories are opened. Opens gather in memory and are written every few seconds, on each node its own; a node that
 * is killed loses those of its last few seconds.
 */
public final class Readership {
    /** More addresses than this between two writings are somebody's invention. */
    private static final int MOST_SLUGS = 10_000;

    private static final int MOST_NETWORKS = 100_000;

    private final Jdbi jdbi;
    private final Publication publication;
    private final Clock clock;
    private final Map<String, Long> gathered = new ConcurrentHashMap<>();

    /** Who opened what since the last writing, so that reloading counts once; never written down. */
    private final Map<String, Boolean> lately = new ConcurrentHashMap<>();

    private record Read(long reader, String slug) implements Comparable<Read> {
        @Override
        public int compareTo(Read other) {
            return Comparator.comparingLong(Read::reader)
                    .thenComparing(Read::slug)
                    .compare(this, other);
        }
    }

    private final Map<Read, Instant> read = new ConcurrentHashMap<>();

    public Readership(Jdbi jdbi, Publication publication, Clock clock) {
        this.jdbi = jdbi;
        this.publication = publication;
        this.clock = clock;
    }

    /** A story was opened from a network; the same again within a few seconds is one open. */
    void opened(String slug, String network) {
        if (gathered.size() >= MOST_SLUGS || lately.size() >= MOST_NETWORKS) return;
        if (lately.putIfAbsent(slug + " " + network, true) == null) gathered.merge(slug, 1L, Long::sum);
    }

    /** Someone who is signed in has opened it: remembered for them, so that nobody brings it to them again as new. */
    void read(long reader, String slug) {
        if (read.size() < MOST_NETWORKS) read.put(new Read(reader, slug), clock.instant());
    }

    /** Writes down what has gathered; addresses of no published story are dropped here. For the timetable. */
    public void write() {
        lately.clear();
        var taken = new HashMap<String, Long>();
        for (String slug : gathered.keySet()) {
            Long opens = gathered.remove(slug);
            if (opens != null) taken.put(slug, opens);
        }
        writeRead();
        if (taken.isEmpty()) return;
        try {
            write(taken);
        } catch (RuntimeException databaseAway) {
            taken.forEach((slug, opens) -> gathered.merge(slug, opens, Long::sum));
            throw databaseAway;
        }
    }

    private void write(Map<String, Long> taken) {
        List<Map.Entry<String, Long>> counts = List.copyOf(taken.entrySet());
        // In one order, so that two nodes never wait for each other in a ring.
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into story_opens (story_id, day, opens)
                        select s.id, :day, counted.opens from unnest(:slugs, :opens) as counted (slug, opens)
                        join story s on s.slug = counted.slug and s.state = 'published' and s.kind <> 'page'
                        order by s.id
                        on conflict (story_id, day) do update set opens = story_opens.opens + excluded.opens
                        """)
                .bind("day", today())
                .bindArray(
                        "slugs",
                        String.class,
                        counts.stream().map(Map.Entry::getKey).toList())
                .bindArray(
                        "opens",
                        Long.class,
                        counts.stream().map(Map.Entry::getValue).toList())
                .execute());
    }

    /** What somebody read is written once; a node that is killed forgets the last seconds. */
    private void writeRead() {
        var taken = new TreeMap<Read, Instant>();
        for (Read one : read.keySet()) {
            Instant at = read.remove(one);
            if (at != null) taken.put(one, at);
        }
        if (taken.isEmpty()) return;
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into member_read (reader_id, story_id, at)
                        select r.id, s.id, one.at from unnest(:readers, :slugs, :times) as one (reader, slug, at)
                        join reader r on r.id = one.reader join story s on s.slug = one.slug and s.state = 'published' and s.kind <> 'page'
                        order by r.id, s.id on conflict do nothing
                        """)
                .bindArray(
                        "readers",
                        Long.class,
                        taken.keySet().stream().map(Read::reader).toList())
                .bindArray(
                        "slugs",
                        String.class,
                        taken.keySet().stream().map(Read::slug).toList())
                .bindArray(
                        "times",
                        OffsetDateTime.class,
                        taken.values().stream()
                                .map(at -> at.atOffset(ZoneOffset.UTC))
                                .toList())
                .execute());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), publication.settings().zone());
    }

    /** How often each of them was opened on the last days, today among them; those that nobody opened are left out. */
    public Map<Long, Long> opens(Collection<Long> stories, int days) {
        if (stories.isEmpty()) return Map.of();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select story_id, sum(opens)::bigint as opens from story_opens
                        where story_id = any(:stories) and day > :before group by story_id
                        """)
                .bindArray("stories", Long.class, stories)
                .bind("before", today().minusDays(days))
                .mapTo(Opened.class)
                .collect(Collectors.toMap(Opened::storyId, Opened::opens)));
    }

    record Opened(long storyId, long opens) {}

    /** What was opened most on the last days, today among them; at most {@code most}. */
    public List<StoryCard> mostRead(int days, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from (
                          select story_id, sum(opens) as opens from story_opens where day > :before group by story_id) read
                        join story_card c on c.id = read.story_id
                        order by read.opens desc, c.published_at desc limit :most
                        """)
                .bind("before", today().minusDays(days))
                .bind("most", most)
                .mapTo(StoryCard.class)
                .list());
    }
}
