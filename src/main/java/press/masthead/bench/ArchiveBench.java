package press.masthead.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Standing;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.EmbeddedPostgres;
import press.masthead.platform.db.Notices;
import press.masthead.search.KnownBetter;
import press.masthead.search.MiniLm;
import press.masthead.search.Model;
import press.masthead.search.Narrowed;
import press.masthead.search.Related;
import press.masthead.search.Search;
import press.masthead.search.SearchIndex;
import press.masthead.search.Wanted;
import press.masthead.stories.Stories;

/**
 * Search over a large archive: how long the index takes and how large it is; how soon questions are answered while so many come each
 * second, each counted from the moment at which it was due; how soon what was published is found; and what stands near a story.
 */
public final class ArchiveBench {
    private static final double LIMIT_MS = 50;
    private static final int A_SECOND = 50;
    private static final int SECONDS = 30;
    private static final int PUBLISHED = 40;
    private static final int NEAR = 1000;

    private final Path folder;
    private final int stories;
    private final Clock clock = Clock.systemUTC();

    /** @param folder empty, for the database and the indexes; needs 4 GB for 100,000 stories */
    public ArchiveBench(Path folder, int stories) {
        this.folder = folder;
        this.stories = stories;
    }

    public void run() throws InterruptedException, IOException {
        try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
                var database = Database.open(postgres.url(), 16)) {
            database.migrate();
            long began = System.nanoTime();
            long passages = new ArchiveRows(database.jdbi(), stories).fill();
            say("%,d stories with %,d passages, copied in %.0f s", stories, passages, since(began));
            new ArchiveStart(folder.resolve("started"), stories).run(postgres.url());
            rebuilt(database.jdbi(), Model.none(), "words", passages);
            var model = Model.of(ArchiveMeaning.NAME, () -> new ArchiveMeaning(MiniLm.load()));
            rebuilt(database.jdbi(), model, "words-and-meaning", passages);
            asked(database, model);
        }
    }

    private static double processorSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getProcessCpuTime() / 1e9
                : 0;
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** From nothing to the first search, and kept as a stop keeps it. */
    void rebuilt(Jdbi jdbi, Model model, String name, long passages) throws IOException {
        long began = System.nanoTime();
        double worked = processorSeconds();
        double took;
        double tidied;
        try (var index = new SearchIndex(jdbi, folder.resolve(name), model, clock)) {
            index.begin();
            until(index::isReady, Duration.ofHours(2));
            took = since(began);
            worked = processorSeconds() - worked;
            until(index::isTidy, Duration.ofHours(2));
            tidied = since(began);
        }
        say(
                "index of %s: made in %.1f s with %.1f s of this program's processor time, %.0f stories a second; tidy after %.1f s; %.0f bytes a passage",
                name, took, worked, stories / took, tidied, (double) bytes(folder.resolve(name)) / passages);
    }

    private static long bytes(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(ArchiveBench::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void asked(Database database, Model model) throws InterruptedException, IOException {
        try (var index = new SearchIndex(database.jdbi(), folder.resolve("words-and-meaning"), model, clock);
                var notices = Notices.open(database)) {
            notices.on("story_changed", nothing -> index.wake());
            index.begin();
            until(index::isTidy, Duration.ofMinutes(1));
            var search = new Search(index, model, new KnownBetter(database.jdbi()));
            one(search, new SplittableRandom(7), 1500, new Latencies());
            var alone = new Latencies();
            double worked = processorSeconds();
            one(search, new SplittableRandom(8), 300, alone);
            say(
                    "fused, one after another: %s; %.1f ms of processor time each",
                    alone, (processorSeconds() - worked) * 1e3 / 300);
            near(index, new Stories(database.jdbi()));
            var loaded = load(search);
            say("published to found: %s", published(database.jdbi(), search));
            say("fused, %d a second for %d s: %s", A_SECOND, SECONDS, loaded);
            say(
                    "machine load %.1f",
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            say(
                    "archive ratio=%.2f ours=%.1f limit=%.0f unit=ms rss_mb=%d",
                    loaded.under(99) / LIMIT_MS, loaded.under(99), LIMIT_MS, Tools.residentMegabytes());
        }
    }

    private void one(Search search, SplittableRandom random, int times, Latencies into) {
        for (int i = 0; i < times; i++) {
            Wanted wanted = any(random);
            long began = System.nanoTime();
            search.find(wanted);
            into.add(System.nanoTime() - began);
        }
    }

    /** One to six words of any rarity; by anyone; three of ten narrowed. */
    private Wanted any(SplittableRandom random) {
        String typed = ArchiveText.any(random).query(random, 1 + random.nextInt(6));
        Instant now = clock.instant();
        Standing standing = switch (random.nextInt(4)) {
            case 0, 1 -> new Standing.Visitor();
            case 2 -> new Standing.SignedIn();
            default -> new Standing.Member(Set.of("pro"), now.plus(Duration.ofDays(30)));
        };
        var narrowed = switch (random.nextInt(10)) {
            case 0 -> narrowed("topic-" + random.nextInt(40), "", Optional.empty());
            case 1 -> narrowed("", "memo", Optional.empty());
            case 2 -> narrowed("", "", Optional.of(now.minus(Duration.ofDays(1 + random.nextInt(3000)))));
            default -> Narrowed.NOT;
        };
        return new Wanted(typed, List.of(), narrowed, standing, now, Wanted.Order.BEST, 200);
    }

    private static Narrowed narrowed(String topic, String kind, Optional<Instant> from) {
        return new Narrowed(
                Optional.of(kind).filter(given -> !given.isEmpty()),
                Optional.empty(),
                Optional.of(topic).filter(given -> !given.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                from,
                Optional.empty());
    }

    /** As people come: at any moment, whether others are still waiting or not. */
    private Latencies load(Search search) throws InterruptedException {
        var took = new Latencies();
        var wrong = new ConcurrentLinkedQueue<String>();
        var random = new SplittableRandom(9);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            long due = System.nanoTime();
            for (int i = 0; i < A_SECOND * SECONDS; i++) {
                due += (long) (-Math.log(1 - random.nextDouble()) * 1e9 / A_SECOND);
                Wanted wanted = any(random);
                while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
                long from = due;
                people.execute(() -> {
                    try {
                        search.find(wanted);
                    } catch (RuntimeException e) {
                        wrong.add(String.valueOf(e.getMessage()));
                    }
                    took.add(System.nanoTime() - from);
                });
            }
        }
        if (!wrong.isEmpty()) say("%d had no answer, the first: %s", wrong.size(), wrong.element());
        return took;
    }

    private Latencies published(Jdbi jdbi, Search search) {
        var took = new Latencies();
        for (int i = 0; i < PUBLISHED; i++) {
            String word = "newsflash" + Long.toString(System.nanoTime(), 36) + "q";
            long began = System.nanoTime();
            jdbi.useHandle(handle -> handle.execute("""
                    insert into story (slug, title, opening, state, published_at, created_at, updated_at)
                    values (?, 'A headline', '<p>Of ' || ? || ' it is.</p>', 'published', now(), now(), now())
                    """, word, word));
            until(
                    () -> search.find(Wanted.of(word, new Standing.Visitor(), clock.instant()))
                            .filter(hits -> hits.stream().anyMatch(hit -> hit.lexical() > 0))
                            .isPresent(),
                    Duration.ofMinutes(1));
            took.add(System.nanoTime() - began);
        }
        return took;
    }

    private void near(SearchIndex index, Stories cards) {
        var related = new Related(index, clock);
        var random = new SplittableRandom(10);
        var found = new Latencies();
        var shown = new Latencies();
        int without = 0;
        for (int i = 0; i < 2 * NEAR; i++) {
            long story = 1 + random.nextInt(stories);
            long began = System.nanoTime();
            var near = related.to(story, 4).stream().map(Related.Near::piece).toList();
            long between = System.nanoTime();
            var read = cards.cards(near);
            long end = System.nanoTime();
            if (read.isEmpty()) without++;
            if (i < NEAR) continue;
            found.add(between - began);
            shown.add(end - began);
        }
        if (without > NEAR / 2) throw new IllegalStateException(without + " stories have none near them");
        say("related stories, none kept: %s; read from the database as well: %s", found, shown);
    }

    private static void until(BooleanSupplier right, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!right.getAsBoolean()) {
            if (System.nanoTime() > end) throw new IllegalStateException("not within " + patience);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
