package press.masthead.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.search.ClusterIndexes.Seen;

/**
 * An index in an OpenSearch cluster, which all nodes ask and one of them feeds. Each node looks each second whether it is there; while
 * it can't be asked, whoever searches is told so at once, and what was published meanwhile is caught up when it is back.
 */
public final class SearchCluster extends Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(SearchCluster.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration RARITY_KEPT = Duration.ofMinutes(1);
    private static final int OLDEST = 3;
    /** One that was fed by nobody for longer is not believed. */
    private static final long STALE_SECONDS = Duration.ofDays(6).toSeconds();

    private final ClusterCalls calls;
    private final ClusterIndexes indexes;
    private final Nodes nodes;
    private final ClusterFeed feed;
    private final Pieces pieces;
    private final String model;
    private final Clock clock;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("search-cluster").daemon().unstarted(this::run);
    private final Cache<Clause.Word, Double> rarities = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(RARITY_KEPT)
            .build();

    private volatile boolean closed;
    private volatile Optional<Seen> seen = Optional.empty();
    private boolean isKnown;
    private @Nullable String complained;

    /** @param model whose directions it takes, where the cluster has its k-NN plug-in */
    public SearchCluster(Jdbi jdbi, ClusterAddress at, Model model, Clock clock) {
        this.pieces = new Pieces(jdbi);
        this.model = model.isNone() ? ClusterForm.NO_MODEL : model.name();
        this.calls = new ClusterCalls(at);
        this.indexes = new ClusterIndexes(calls);
        this.nodes = new Nodes(jdbi);
        this.clock = clock;
        this.feed = new ClusterFeed(jdbi, indexes, nodes, this.model, clock, wake::release);
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
        feed.forgetOld();
        nodes.forgetOld();
    }

    @Override
    public boolean isReady() {
        return seen.isPresent() && calls.trouble().isEmpty();
    }

    @Override
    Optional<ClusterLookup> serving() {
        calls.trouble().ifPresent(why -> {
            throw new SearchAway(why);
        });
        return seen.map(this::lookup);
    }

    private ClusterLookup lookup(Seen index) {
        return new ClusterLookup(calls, index, rarities, model, piece -> pieces.opening(piece, model));
    }

    private String found(Seen index) {
        if (lookup(index).isByMeaning()) return "their words and by meaning.";
        return model.equals(ClusterForm.NO_MODEL)
                ? "their words."
                : "their words. Searching by meaning needs OpenSearch's k-NN plug-in there, or each node's own index.";
    }

    @Override
    Optional<State> state() {
        return Optional.of(calls.trouble()
                .map(why -> new State(why, false))
                .orElseGet(() -> new State(
                        seen.map(index -> String.format(
                                        Locale.ROOT,
                                        "Every search goes to OpenSearch at %s, where %,d pieces are found by %s",
                                        calls.at(),
                                        index.pieces(),
                                        found(index)))
                                .orElse(
                                        "The index in OpenSearch at " + calls.at()
                                                + " is being made. Until it is there the database finds words, a little worse."),
                        true)));
    }

    private void run() {
        while (!closed) {
            try {
                turn();
                if (complained != null) LOG.info("The search cluster answers again.");
                complained = null;
            } catch (RuntimeException e) {
                complain(String.valueOf(e.getMessage()));
            }
            rest();
        }
        try {
            feed.close();
        } catch (RuntimeException e) {
            LOG.warn("The search cluster is left without a word: {}", e.getMessage());
        }
        calls.close();
    }

    /** Once for each reason. */
    private void complain(String why) {
        if (!closed && !why.equals(complained)) LOG.warn("Search waits: {}", why);
        complained = why;
    }

    private void rest() {
        try {
            if (wake.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) wake.drainPermits();
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        if (!isKnown) know();
        Nodes.Wish wish = nodes.wanted();
        look(wish);
        if (feed.turn(seen, wish)) look(wish);
        nodes.tell(feed.told(seen));
    }

    private void look(Nodes.Wish wish) {
        Optional<Seen> found = indexes.look();
        if (found.map(index -> index.note().database())
                .filter(database -> !database.isEmpty() && !database.equals(wish.database()))
                .isPresent())
            throw calls.down("has an index of another newsroom under the name \""
                    + calls.at().name() + "\"; end SEARCH_URL with another name");
        seen = found.filter(index -> index.note().form().equals(ClusterForm.FORM)
                && clock.instant().getEpochSecond() - index.note().at() < STALE_SECONDS);
        calls.isWell();
    }

    /** Whether it is what the queries are written for. */
    private void know() {
        JsonNode version = calls.get("/").path("version");
        String number = version.path("number").asText("");
        boolean fits = version.path("distribution").asText("").equals("opensearch")
                && number.matches("\\d+\\..*")
                && Integer.parseInt(number.substring(0, number.indexOf('.'))) >= OLDEST;
        if (!fits) throw calls.down("is no OpenSearch " + OLDEST + " or newer");
        isKnown = true;
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        try {
            if (thread.isAlive()) thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
