package press.masthead.search;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Standing;

/** Where pieces lie: for tests that hold wherever they do. */
public enum Place {
    /** In this node's own index. */
    HERE {
        @Override
        Shelf open(Path folder) throws IOException {
            return new Here(PieceIndex.open(folder));
        }

        @Override
        Catalogue catalogue(Jdbi jdbi, Path folder, String name, Model model) {
            return new SearchIndex(jdbi, folder, model, Clock.systemUTC());
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }
    },
    /** In a cluster. */
    CLUSTER {
        @Override
        Shelf open(Path folder) {
            return shelf(at(OpenSearchServer.freshName()));
        }

        @Override
        Catalogue catalogue(Jdbi jdbi, Path folder, String name, Model model) {
            return new SearchCluster(jdbi, at(name), model, Clock.systemUTC());
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("SEARCH_URL", OpenSearchServer.url() + "/" + OpenSearchServer.freshName());
        }
    };

    abstract Shelf open(Path folder) throws IOException;

    /** @param name of what is the same for several nodes */
    abstract Catalogue catalogue(Jdbi jdbi, Path folder, String name, Model model);

    /** With which a whole Masthead searches there. */
    public abstract Map<String, String> settings();

    static Shelf shelf(ClusterAddress at) {
        return new There(new ClusterCalls(at));
    }

    static ClusterAddress at(String name) {
        return ClusterAddress.parse(OpenSearchServer.url() + "/" + name);
    }

    /** An empty index, filled by hand. */
    interface Shelf extends AutoCloseable {
        void put(Piece piece, PieceIndex.Directions directions);

        default void put(Piece piece) {
            put(piece, PieceIndex.Directions.NONE);
        }

        /** Lets searches see what was put. */
        void show();

        /** Forgets all that was replaced. */
        void tidy();

        Lookup lookup();

        /** Pieces that the index takes for readable, a thousand at most. */
        List<Long> readable(Standing standing, Instant moment);

        @Override
        void close() throws IOException;
    }

    private record Here(PieceIndex index) implements Shelf {
        @Override
        public void put(Piece piece, PieceIndex.Directions directions) {
            index.put(piece, directions);
        }

        @Override
        public void show() {
            index.show();
        }

        @Override
        public void tidy() {
            index.tidy();
            index.show();
        }

        @Override
        public Lookup lookup() {
            return index;
        }

        @Override
        public List<Long> readable(Standing standing, Instant moment) {
            return index.ask(searcher -> {
                var query = Clause.all(Clause.is(Fields.IS, Fields.PIECE), Readable.at(standing, Fields.micros(moment)))
                        .filter();
                var ids = new ArrayList<Long>();
                for (var hit : searcher.search(query, 1000).scoreDocs) ids.add(Ranking.idOf(searcher, hit.doc));
                return ids;
            });
        }

        @Override
        public void close() throws IOException {
            index.close();
        }
    }

    private static final class There implements Shelf {
        private static final String MODEL = "by hand";

        private final ClusterCalls calls;
        private final ClusterIndexes indexes;
        private final String index;
        private final List<Pieces.Known> waiting = new ArrayList<>();

        There(ClusterCalls calls) {
            this.calls = calls;
            this.indexes = new ClusterIndexes(calls);
            this.index = indexes.create(Long.toString(System.nanoTime(), 36), true);
        }

        @Override
        public void put(Piece piece, PieceIndex.Directions directions) {
            waiting.add(new Pieces.Known(piece, directions));
        }

        @Override
        public void show() {
            indexes.write(index, 1, waiting, List.of());
            waiting.clear();
            indexes.note(index, 1, new ClusterNote("0", ClusterForm.FORM, MODEL, 1, 0, "none"));
            indexes.serve(index);
        }

        @Override
        public void tidy() {
            calls.post("/" + index + "/_forcemerge?max_num_segments=1", Map.of(), ClusterCalls.PATIENT);
            indexes.show(index);
        }

        @Override
        public Lookup lookup() {
            return new ClusterLookup(
                    calls, indexes.look().orElseThrow(), Caffeine.newBuilder().build(), MODEL, _ -> Optional.empty());
        }

        @Override
        public List<Long> readable(Standing standing, Instant moment) {
            var query = Clause.all(Clause.is(Fields.IS, Fields.PIECE), Readable.at(standing, Fields.micros(moment)));
            var ids = new ArrayList<Long>();
            calls.post(
                            "/" + index + "/_search",
                            Map.of(
                                    "size",
                                    1000,
                                    "query",
                                    new ClusterQuery(_ -> 1.0).filter(query),
                                    "_source",
                                    false,
                                    "docvalue_fields",
                                    List.of(Fields.ID)),
                            ClusterCalls.SOON)
                    .path("hits")
                    .path("hits")
                    .forEach(hit ->
                            ids.add(hit.path("fields").path(Fields.ID).path(0).asLong()));
            return ids;
        }

        @Override
        public void close() {
            indexes.remove(index);
            calls.close();
        }
    }
}
