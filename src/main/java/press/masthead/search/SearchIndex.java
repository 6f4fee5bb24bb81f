package press.masthead.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's index: follows what is published, on a thread of its own, and is made again from the database where it is missing,
 * damaged, too old or unwanted, while the old one serves.
 */
public final class SearchIndex extends Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
    static final String MARK = "mark";
    private static final String TIDY = "tidy";
    private static final Executor BESIDE = work -> Thread.ofVirtual().start(work);
    /** Grows with each change of {@link Fields} or {@link Analysis}. */
    private static final String FORM = "3";

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long KEEP_EACH_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long TRY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int AT_ONCE = 200;
    /** So many pieces are read within the moment that a search waits for it. */
    private static final long SMALL = 500;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final IndexFolders folders;
    private final Pieces pieces;
    private final Gatherings gatherings;
    private final Changes changes;
    private final String model;
    private final Clock clock;
    private final Nodes nodes;
    private final Semaphore wake = new Semaphore(0);
    /** Whether it serves, or nobody need wait for it. */
    private final CountDownLatch begun = new CountDownLatch(1);

    private final Thread thread =
            Thread.ofPlatform().name("search-index").daemon().unstarted(this::run);

    private volatile boolean closed;
    private volatile @Nullable PieceIndex serving;
    private @Nullable CompletableFuture<Made> making;
    private volatile boolean isTidy;
    private boolean keptTidy;
    private String mark = "";
    private boolean kept = true;
    private long keptAt;
    private long tryAgainAt = System.nanoTime();
    private volatile long done;
    private volatile long total;

    /**
     * @param folder of this node alone
     * @param model whose directions it takes
     */
    public SearchIndex(Jdbi jdbi, Path folder, Model model, Clock clock) {
        this.folders = new IndexFolders(folder);
        this.pieces = new Pieces(jdbi);
        this.gatherings = new Gatherings(jdbi);
        this.changes = new Changes(jdbi);
        this.model = model.name();
        this.clock = clock;
        this.nodes = new Nodes(jdbi);
    }

    @Override
    public void begin() {
        thread.start();
    }

    @Override
    public void wake() {
        wake.release();
    }

    @Override
    public void forgetOld() {
        changes.forgetOld();
        nodes.forgetOld();
    }

    @Override
    public boolean isReady() {
        return serving != null;
    }

    /** Whether it serves in few, large parts, as quickly as it can. */
    public boolean isTidy() {
        return serving != null && isTidy;
    }

    @Override
    Optional<PieceIndex> serving() {
        return Optional.ofNullable(serving);
    }

    @Override
    Optional<PieceIndex> servingSoon() {
        try {
            if (serving == null && thread.isAlive() && !begun.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                LOG.info("The search index is not there yet; until it is the database finds words");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return serving();
    }

    @Override
    Optional<State> state() {
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        begun.countDown();
        wake.release();
        try {
            if (thread.isAlive()) thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                if (isWanting() && making == null && System.nanoTime() >= tryAgainAt) open();
                turn();
            } catch (RuntimeException e) {
                changes.forgetTold();
                if (!closed) LOG.warn("The search index waits: {}", e.getMessage());
            }
            if (making == null) begun.countDown();
            rest();
        }
        end();
    }

    /** Nothing serves, or what serves takes nothing in any more. */
    private boolean isWanting() {
        return serving == null || serving.isBroken();
    }

    private void rest() {
        try {
            if (wake.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) wake.drainPermits();
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    private void open() {
        if (!folders.isClaimed()) folders.claim();
        var wanted = nodes.wanted();
        var broken = serving;
        if (broken != null) {
            LOG.warn("The search index can't be written any more; what was kept last is opened, or made anew");
            // the disk may be full for a while
            tryAgainAt = System.nanoTime() + TRY_AGAIN_NANOS;
        }
        var found = folders.finished();
        if (found.isPresent()) {
            var note = found.get().note();
            if (fits(note, wanted)) {
                mark = note.getOrDefault(MARK, "0");
                changes.forgetTold();
                serving = found.get();
                if (broken != null) close(broken);
                isTidy = Boolean.parseBoolean(note.get(TIDY));
                keptTidy = isTidy;
                if (!isTidy) tidy(found.get());
                tell(Long.parseLong(note.getOrDefault("epoch", "0")));
                return;
            }
            close(found.get());
        }
        make(wanted);
    }

    private boolean fits(Map<String, String> note, Nodes.Wish wish) {
        return FORM.equals(note.get("form"))
                && model.equals(note.get("model"))
                && wish.database().equals(note.get("database"))
                && !changes.isLost(
                        note.getOrDefault(MARK, "0"),
                        Long.parseLong(note.getOrDefault("at", "0")),
                        clock.instant().getEpochSecond());
    }

    private void turn() {
        var made = making;
        if (made != null && made.isDone()) {
            making = null;
            take(made);
        }
        var index = serving;
        if (index == null || index.isBroken()) return;
        var since = changes.since(mark);
        apply(index, since.stories());
        kept &= since.stories().isEmpty() && keptTidy == isTidy;
        if (keptTidy != isTidy) index.show();
        mark = since.mark();
        Nodes.Wish wish = nodes.wanted();
        long epoch = Long.parseLong(index.note().getOrDefault("epoch", "0"));
        if (!kept && System.nanoTime() - keptAt > KEEP_EACH_NANOS) keep(index, new Nodes.Wish(epoch, wish.database()));
        if (making == null && epoch < wish.epoch() && System.nanoTime() >= tryAgainAt) make(wish);
        tell(epoch);
    }

    private void apply(PieceIndex index, List<Long> stories) {
        for (int from = 0; from < stories.size(); from += AT_ONCE) {
            var some = stories.subList(from, Math.min(stories.size(), from + AT_ONCE));
            Set<Long> gone = new HashSet<>(some);
            for (var known : pieces.of(some, model)) put(index, known, gone);
            for (var known : gatherings.of(some)) put(index, known, gone);
            if (!gone.isEmpty()) index.remove(gone);
        }
        if (!stories.isEmpty()) index.show();
    }

    private static void put(PieceIndex index, Pieces.Known known, Set<Long> gone) {
        index.put(known.piece(), known.directions());
        gone.remove(known.piece().id());
    }

    private void keep(PieceIndex index, Nodes.Wish wish) {
        boolean tidy = isTidy;
        index.keep(Map.of(
                MARK,
                mark,
                "form",
                FORM,
                "model",
                model,
                "database",
                wish.database(),
                "epoch",
                Long.toString(wish.epoch()),
                "at",
                Long.toString(clock.instant().getEpochSecond()),
                TIDY,
                Boolean.toString(tidy)));
        kept = true;
        keptTidy = tidy;
        keptAt = System.nanoTime();
    }

    /** Beside the work, while it serves already; done again at the next start where a stop came before its end. */
    private void tidy(PieceIndex index) {
        isTidy = false;
        CompletableFuture.runAsync(
                        index::tidy,
                        work -> Thread.ofPlatform().name("search-tidy").daemon().start(work))
                .whenComplete((nothing, failure) -> {
                    if (failure != null && !closed)
                        LOG.warn("The search index stays in many parts until the next start: {}", failure.getMessage());
                    if (failure == null && serving == index) isTidy = true;
                    wake();
                });
    }

    private record Made(PieceIndex index, Path folder, String mark, Nodes.Wish wish, boolean tidy) {}

    private void make(Nodes.Wish wish) {
        making = CompletableFuture.supplyAsync(
                () -> made(wish),
                work -> Thread.ofPlatform().name("search-remake").daemon().start(work));
        making.whenComplete((made, failure) -> wake());
    }

    private Made made(Nodes.Wish wish) {
        try {
            Path folder = folders.fresh();
            var index = PieceIndex.open(folder);
            try {
                return filled(index, folder, wish);
            } catch (RuntimeException e) {
                index.close();
                IndexFolders.remove(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Made filled(PieceIndex index, Path folder, Nodes.Wish wish) {
        String from = changes.now();
        done = 0;
        total = pieces.count();
        if (total > SMALL) begun.countDown();
        index.beginFilling();
        var some = pieces.after(0, AT_ONCE, model);
        while (!closed && !some.isEmpty()) {
            long last = some.getLast().piece().id();
            var next = CompletableFuture.supplyAsync(() -> pieces.after(last, AT_ONCE, model), BESIDE);
            some.parallelStream().forEach(known -> index.add(known.piece(), known.directions()));
            done += some.size();
            some = next.join();
        }
        index.endFilling();
        gatherings.all().forEach(known -> index.put(known.piece(), known.directions()));
        // where an old one serves, that goes on until the new one is as quick
        boolean tidy = serving != null;
        if (tidy) index.tidy();
        index.show();
        return new Made(index, folder, from, wish, tidy);
    }

    private void take(CompletableFuture<Made> finished) {
        Made made;
        try {
            made = finished.join();
        } catch (CompletionException e) {
            LOG.warn(
                    "The search index could not be made and is tried again in a minute: {}",
                    String.valueOf(e.getCause()));
            tryAgainAt = System.nanoTime() + TRY_AGAIN_NANOS;
            return;
        }
        var old = serving;
        var since = changes.everySince(made.mark());
        apply(made.index(), since.stories());
        mark = since.mark();
        isTidy = made.tidy();
        keep(made.index(), made.wish());
        serving = made.index();
        if (old != null) close(old);
        begun.countDown();
        folders.removeAllBut(made.folder());
        LOG.info("The search index holds {} pieces", done);
        if (!made.tidy()) tidy(made.index());
    }

    private void tell(long epoch) {
        nodes.tell(new Nodes.Node(epoch, making != null, done, total));
    }

    private void end() {
        var index = serving;
        if (making != null)
            making.handle((made, failure) -> made == null ? index : made.index())
                    .thenAccept(unfinished -> {
                        if (unfinished != null && unfinished != index) close(unfinished);
                    })
                    .join();
        if (index == null) {
            folders.close();
            return;
        }
        if (!index.isBroken() && (!kept || keptTidy != isTidy))
            keep(
                    index,
                    new Nodes.Wish(
                            Long.parseLong(index.note().getOrDefault("epoch", "0")),
                            index.note().getOrDefault("database", "")));
        close(index);
        serving = null;
        folders.close();
    }

    private static void close(PieceIndex index) {
        try {
            index.close();
        } catch (IOException e) {
            LOG.warn("The search index was not closed: {}", e.getMessage());
        }
    }
}
