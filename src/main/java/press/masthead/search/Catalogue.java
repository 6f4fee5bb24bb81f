package press.masthead.search;

import java.util.Optional;

/** Where published pieces are looked up: this node's own index, or a cluster that all nodes ask. It follows what is published by itself. */
public abstract sealed class Catalogue implements AutoCloseable permits SearchIndex, SearchCluster {
    public abstract void begin();

    /** Something was published; looked after at once, and each second anyway. */
    public abstract void wake();

    /** Forgets changes that were long read. */
    public abstract void forgetOld();

    /** Whether it serves; until the first index is made the database is asked for words. */
    public abstract boolean isReady();

    /**
     * What serves; none until the first index is made.
     *
     * @throws SearchAway where there is one and it can't be asked
     */
    abstract Optional<? extends Lookup> serving();

    /** As {@link #serving()}, after a moment's wait where a small archive is being read for the first time. */
    Optional<? extends Lookup> servingSoon() {
        return serving();
    }

    /** Where pieces lie and how they are found, for staff; empty where that goes without saying. */
    abstract Optional<State> state();

    /** @param isWell whether it answers */
    record State(String sentence, boolean isWell) {}

    @Override
    public abstract void close();
}
