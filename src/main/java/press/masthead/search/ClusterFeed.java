package press.masthead.search;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.search.ClusterIndexes.Seen;
import press.masthead.search.ClusterIndexes.Superseded;

/**
 * Feeds a cluster's index while this node has the {@link Lease}: with each change, and all anew where there is no index, one of an older
 * form, one that missed too much, or where it is asked for. How far it is stands in the index itself.
 */
final class ClusterFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterFeed.class);
    private static final Executor BESIDE = work -> Thread.ofVirtual().start(work);
    private static final int AT_ONCE = 200;
    private static final long NOTE_EACH_SECONDS = 20;
    private static final long TRY_AGAIN_NANOS = 10_000_000_000L;

    private final ClusterIndexes indexes;
    private final Pieces pieces;
    private final Gatherings gatherings;
    private final Changes changes;
    private final Lease lease;
    private final String model;
    private final Clock clock;
    private final Runnable wake;

    private volatile boolean closed;
    private @Nullable CompletableFuture<Made> making;
    private volatile long done;
    private volatile long total;
    private long tryAgainAt = System.nanoTime();
    /** The index and the term that were last fed, so that what is new to this node is read from its mark. */
    private String fed = "";
    /** Whether the cluster can hold directions; not known at first. */
    private Optional<Boolean> takesDirections = Optional.empty();

    /** @param model whose directions the index takes; {@link ClusterForm#NO_MODEL} leaves what is there */
    ClusterFeed(Jdbi jdbi, ClusterIndexes indexes, Nodes nodes, String model, Clock clock, Runnable wake) {
        this.indexes = indexes;
        this.pieces = new Pieces(jdbi);
        this.gatherings = new Gatherings(jdbi);
        this.changes = new Changes(jdbi);
        this.lease = new Lease(jdbi, nodes.self());
        this.model = model;
        this.clock = clock;
        this.wake = wake;
    }

    void forgetOld() {
        changes.forgetOld();
    }

    Nodes.Node told(Optional<Seen> seen) {
        long epoch = seen.map(index -> index.note().epoch()).orElse(0L);
        return making != null
                ? new Nodes.Node(epoch, true, done, total)
                : new Nodes.Node(
                        epoch,
                        false,
                        0,
                        fed.isEmpty() ? 0 : seen.map(Seen::pieces).orElse(0L));
    }

    /** Whether the index looks different from before. */
    boolean turn(Optional<Seen> seen, Nodes.Wish wish) {
        Optional<Long> term = lease.take();
        if (term.isEmpty()) {
            fed = "";
            drop();
            return false;
        }
        try {
            return feed(seen, wish, term.get());
        } catch (Superseded e) {
            fed = "";
            return false;
        }
    }

    private boolean feed(Optional<Seen> seen, Nodes.Wish wish, long term) {
        var finished = making;
        if (finished != null && finished.isDone()) {
            making = null;
            return take(finished, term);
        }
        if (seen.isPresent() && fits(seen.get(), term)) {
            boolean changed = follow(seen.get(), term);
            boolean isRight = seen.get().note().model().equals(wanted(seen, term));
            if (seen.get().note().epoch() >= wish.epoch() && isRight) return changed;
            // whoever wants it anew may have given the cluster what it lacked
            if (isRight && making == null) takesDirections = Optional.empty();
        }
        if (making == null && System.nanoTime() >= tryAgainAt) make(wish, term, wanted(seen, term));
        return false;
    }

    /** The model whose directions the index should have. */
    private String wanted(Optional<Seen> seen, long term) {
        if (model.equals(ClusterForm.NO_MODEL))
            return seen.map(index -> index.note().model()).orElse(ClusterForm.NO_MODEL);
        boolean takes = takesDirections.orElseGet(
                () -> indexes.takesDirections("try-" + Long.toString(clock.millis(), 36) + "-" + term));
        takesDirections = Optional.of(takes);
        return takes ? model : ClusterForm.NO_MODEL;
    }

    private boolean fits(Seen seen, long term) {
        return fed.equals(seen.index() + " " + term)
                || !changes.isLost(
                        seen.note().mark(), seen.note().at(), clock.instant().getEpochSecond());
    }

    private boolean follow(Seen seen, long term) {
        String now = seen.index() + " " + term;
        boolean goesOn = fed.equals(now);
        var since = goesOn
                ? changes.since(seen.note().mark())
                : changes.everySince(seen.note().mark());
        fed = "";
        if (!goesOn && making == null) indexes.removeAllBut(seen.index());
        apply(seen.index(), term, seen.note().model(), since.stories());
        long seconds = clock.instant().getEpochSecond();
        boolean changed = !since.stories().isEmpty();
        if (changed || !goesOn || seconds - seen.note().at() >= NOTE_EACH_SECONDS)
            indexes.note(seen.index(), term, seen.note().at(since.mark(), seconds));
        fed = now;
        return changed;
    }

    private void apply(String index, long term, String model, List<Long> stories) {
        for (int from = 0; from < stories.size(); from += AT_ONCE) {
            var some = stories.subList(from, Math.min(stories.size(), from + AT_ONCE));
            Collection<Pieces.Known> known = lease.within(term, () -> {
                        var read = new ArrayList<>(pieces.of(some, model));
                        read.addAll(gatherings.of(some));
                        return read;
                    })
                    .orElseThrow(Superseded::new);
            Set<Long> gone = new HashSet<>(some);
            known.forEach(one -> gone.remove(one.piece().id()));
            indexes.write(index, term, known, gone);
        }
    }

    private record Made(String index, ClusterNote note) {}

    private void make(Nodes.Wish wish, long term, String model) {
        making = CompletableFuture.supplyAsync(
                () -> made(wish, term, model),
                work -> Thread.ofPlatform().name("search-remake").daemon().start(work));
        making.whenComplete((made, failure) -> wake.run());
    }

    private Made made(Nodes.Wish wish, long term, String model) {
        String index =
                indexes.create(Long.toString(clock.millis(), 36) + "-" + term, !model.equals(ClusterForm.NO_MODEL));
        try {
            String from = changes.now();
            done = 0;
            total = pieces.count();
            var some = pieces.after(0, AT_ONCE, model);
            while (!closed && !some.isEmpty()) {
                long last = some.getLast().piece().id();
                var next = CompletableFuture.supplyAsync(() -> pieces.after(last, AT_ONCE, model), BESIDE);
                indexes.write(index, 0, some, List.of());
                done += some.size();
                some = next.join();
            }
            indexes.write(index, 0, gatherings.all(), List.of());
            indexes.show(index);
            return new Made(
                    index,
                    new ClusterNote(
                            from,
                            ClusterForm.FORM,
                            model,
                            wish.epoch(),
                            clock.instant().getEpochSecond(),
                            wish.database()));
        } catch (RuntimeException e) {
            remove(index);
            throw e;
        }
    }

    /** What was made for nothing, since another feeds by now. */
    private void drop() {
        var finished = making;
        if (finished == null || !finished.isDone()) return;
        making = null;
        if (!finished.isCompletedExceptionally()) remove(finished.join().index());
    }

    private void remove(String index) {
        try {
            indexes.remove(index);
        } catch (SearchAway e) {
            LOG.debug("whoever makes the next one removes it");
        }
    }

    private boolean take(CompletableFuture<Made> finished, long term) {
        Made made;
        try {
            made = finished.join();
        } catch (CompletionException e) {
            tryAgainAt = System.nanoTime() + TRY_AGAIN_NANOS;
            if (e.getCause() instanceof SearchAway away) throw away;
            throw e;
        }
        if (closed) return false;
        var since = changes.everySince(made.note().mark());
        apply(made.index(), term, made.note().model(), since.stories());
        indexes.note(
                made.index(), term, made.note().at(since.mark(), clock.instant().getEpochSecond()));
        indexes.serve(made.index());
        fed = made.index() + " " + term;
        LOG.info("The search cluster holds {} pieces", done);
        return true;
    }

    void close() {
        closed = true;
        lease.give();
    }
}
