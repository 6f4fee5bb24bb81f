package press.masthead.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** The peer: plain BM25 with k1 0.9 and b 0.4 over headline and text as one field, words in lower case and not stemmed. */
final class PlainBm25 implements AutoCloseable {
    private static final BM25Similarity BM25 = new BM25Similarity(0.9f, 0.4f);

    private final StandardAnalyzer analyzer = new StandardAnalyzer();
    private final Directory directory;
    private final IndexWriter writer;
    private @Nullable DirectoryReader reader;

    PlainBm25(Path folder) throws IOException {
        directory = FSDirectory.open(folder);
        var config = new IndexWriterConfig(analyzer);
        config.setSimilarity(BM25);
        writer = new IndexWriter(directory, config);
    }

    void put(long number, String id, String text) throws IOException {
        var document = new Document();
        document.add(new StoredField("id", id));
        document.add(new TextField("text", text, Field.Store.NO));
        writer.addDocument(document);
    }

    void show() throws IOException {
        reader = DirectoryReader.open(writer);
    }

    /** The best hundred and one, by their own names. */
    List<String> search(String text) {
        var query = new BooleanQuery.Builder();
        for (String token : Words.tokens(analyzer, text))
            query.add(new TermQuery(new Term("text", token)), Occur.SHOULD);
        try {
            var searcher = new IndexSearcher(java.util.Objects.requireNonNull(reader, "not shown yet"));
            searcher.setSimilarity(BM25);
            var found = new ArrayList<String>();
            for (var hit : searcher.search(query.build(), 101).scoreDocs)
                found.add(searcher.storedFields().document(hit.doc).get("id"));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (reader != null) reader.close();
        writer.close();
        directory.close();
    }
}
