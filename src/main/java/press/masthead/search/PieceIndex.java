package press.masthead.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** The pieces of one node in Lucene: a folder that may be thrown away, since everything in it is made from the database again. */
final class PieceIndex implements Lookup, AutoCloseable {
    private static final int BUFFER_MB = 48;
    /** Of documents: the graph of a part is made in memory, some 350 bytes for each passage. */
    private static final int LARGEST_PART = 250_000;

    private final Directory directory;
    private final Graphs graphs;
    private final FewParts parts;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    private PieceIndex(
            Directory directory, Graphs graphs, FewParts parts, IndexWriter writer, SearcherManager searchers) {
        this.directory = directory;
        this.graphs = graphs;
        this.parts = parts;
        this.writer = writer;
        this.searchers = searchers;
    }

    /**
     * Opens what lies in this folder, or begins.
     *
     * @throws IOException also when what lies there is damaged or of another version
     */
    static PieceIndex open(Path folder) throws IOException {
        var directory = FSDirectory.open(folder);
        try {
            var config = new IndexWriterConfig(Analysis.EXACT);
            config.setSimilarity(OpenRarity.BM25);
            config.setRAMBufferSizeMB(BUFFER_MB);
            config.setCommitOnClose(false);
            var parts = new FewParts();
            config.setMergePolicy(parts);
            var graphs = new Graphs();
            config.setCodec(graphs);
            var writer = new IndexWriter(directory, config);
            return new PieceIndex(directory, graphs, parts, writer, new SearcherManager(writer, new Factory()));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Adds one that is not in it. */
    void add(Piece piece, Directions directions) {
        try {
            writer.addDocuments(documents(piece, directions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts these in the place of what was there of them. */
    void put(Piece piece, Directions directions) {
        try {
            writer.updateDocuments(new Term(Fields.PIECE, Long.toString(piece.id())), documents(piece, directions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Document> documents(Piece piece, Directions directions) {
        var documents = new ArrayList<Document>();
        int all = directions.open().size() + directions.rest().size();
        for (byte[] direction : directions.open())
            documents.add(Fields.passage(piece, direction, true, all - documents.size()));
        for (byte[] direction : directions.rest())
            documents.add(Fields.passage(piece, direction, false, all - documents.size()));
        documents.add(Fields.piece(piece, all));
        return documents;
    }

    void remove(Collection<Long> pieces) {
        try {
            writer.deleteDocuments(pieces.stream()
                    .map(piece -> new Term(Fields.PIECE, Long.toString(piece)))
                    .toArray(Term[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing can be put into it any more, as after a write to a full disk; what it holds is still found. */
    boolean isBroken() {
        return !writer.isOpen();
    }

    /** Lets searches see what was put and removed. */
    void show() {
        try {
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what was put so far over a stop, with words of the keeper's own. */
    void keep(Map<String, String> note) {
        try {
            writer.setLiveCommitData(note.entrySet());
            writer.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was last kept with it. */
    Map<String, String> note() {
        var note = new java.util.HashMap<String, String>();
        var kept = writer.getLiveCommitData();
        if (kept != null) kept.forEach(entry -> note.put(entry.getKey(), entry.getValue()));
        return note;
    }

    /** From here on much is added that is not in it; whoever asks goes through many parts, until it is tidied. */
    void beginFilling() {
        graphs.fill(true);
        parts.wait(true);
    }

    void endFilling() {
        graphs.fill(false);
    }

    /** Few, large parts, for after much was added. Takes minutes for a large archive. */
    void tidy() {
        parts.wait(true);
        try {
            writer.forceMerge(1 + writer.getDocStats().numDocs / LARGEST_PART);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            parts.wait(false);
        }
    }

    /** Asks what stands in it now. */
    <T> T ask(Asking<T> asking) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return asking.of(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isByMeaning() {
        return true;
    }

    @Override
    public List<Hit> find(Wanted wanted, Optional<byte[]> direction, float leastLikeness) {
        return ask(searcher -> new Ranking(searcher, wanted).hits(direction, leastLikeness));
    }

    @Override
    public double rarity(String languageTag, String word) {
        return ask(searcher -> Rarity.of(searcher, languageTag, word));
    }

    @Override
    public Map<String, String> better(List<String> words) {
        return ask(searcher -> Spelling.better(searcher, words));
    }

    @Override
    public List<Long> beginningWith(List<String> words, int most) {
        return ask(searcher -> Spelling.beginningWith(searcher, words, most));
    }

    @Override
    public List<Related.Near> near(long piece, int most, Instant now) {
        return ask(searcher -> Related.near(searcher, piece, most, now));
    }

    @Override
    public FiledWords.Found filed(FiledWords.Text text) {
        return ask(searcher -> FiledHere.found(searcher, text));
    }

    interface Asking<T> {
        T of(IndexSearcher searcher) throws IOException;
    }

    /** The keys of the languages in it. */
    static List<String> languages(IndexSearcher searcher) throws IOException {
        var languages = new ArrayList<String>();
        var terms = MultiTerms.getTerms(searcher.getIndexReader(), Fields.LANGUAGE);
        if (terms == null) return languages;
        var each = terms.iterator();
        for (var term = each.next(); term != null; term = each.next()) languages.add(term.utf8ToString());
        return languages;
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        writer.close();
        directory.close();
    }

    /** The directions of a piece's passages, in the order of its text; none where no model has read it. */
    record Directions(List<byte[]> open, List<byte[]> rest) {
        static final Directions NONE = new Directions(List.of(), List.of());
    }

    private static final class Factory extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(
                org.apache.lucene.index.IndexReader reader, org.apache.lucene.index.IndexReader previous) {
            return new OpenRarity(reader);
        }
    }
}
