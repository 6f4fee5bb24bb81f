package press.masthead.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/** The nearest of several thousand passages in uneven parts, beside what looking at each of them finds. */
class NearestTest {
    private static final int MOST = 70;
    private final Random random = new Random(4);
    private final List<byte[]> directions = new ArrayList<>();

    /** Parts of every size; the last holds one subject alone, so it is asked for more than its share. */
    private ByteBuffersDirectory index(boolean deleteEveryTenth) throws IOException {
        var directory = new ByteBuffersDirectory();
        var config =
                new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE).setCodec(new Graphs());
        try (var writer = new IndexWriter(directory, config)) {
            for (int part : new int[] {4000, 1500, 700, 40, 300}) {
                for (int i = 0; i < part; i++) {
                    byte[] direction = near(part == 300 ? 0 : 1 + random.nextInt(20));
                    var document = new Document();
                    document.add(
                            new KnnByteVectorField(Fields.MEANING, direction, VectorSimilarityFunction.DOT_PRODUCT));
                    document.add(new StringField("id", Integer.toString(directions.size()), Field.Store.NO));
                    document.add(
                            new StringField("kept", directions.size() % 3 == 0 ? "third" : "other", Field.Store.NO));
                    directions.add(direction);
                    writer.addDocument(document);
                }
                writer.commit();
            }
            if (deleteEveryTenth)
                for (int i = 0; i < directions.size(); i += 10)
                    writer.deleteDocuments(new Term("id", Integer.toString(i)));
        }
        return directory;
    }

    private byte[] near(int subject) {
        var centre = new Random(subject);
        var direction = new float[Vectors.DIMENSIONS];
        double length = 0;
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) (centre.nextGaussian() + 0.8 * random.nextGaussian());
            length += direction[i] * direction[i];
        }
        for (int i = 0; i < direction.length; i++) direction[i] /= (float) Math.sqrt(length);
        return Vectors.bytes(direction);
    }

    private interface Wanted {
        boolean is(int passage);
    }

    private void finds(ByteBuffersDirectory directory, Query visible, Wanted wanted) throws IOException {
        try (var reader = DirectoryReader.open(directory)) {
            var searcher = new IndexSearcher(reader);
            double shared = 0;
            for (int subject = 0; subject <= 20; subject++) {
                byte[] direction = near(subject);
                List<Integer> found = new Nearest(searcher, direction, visible, MOST)
                        .passages().stream().map(hit -> hit.doc).toList();
                assertThat(found).hasSize(MOST).doesNotHaveDuplicates().allMatch(wanted::is);
                var best = IntStream.range(0, directions.size())
                        .filter(wanted::is)
                        .boxed()
                        .sorted(Comparator.comparingDouble(
                                passage -> -Vectors.likeness(direction, directions.get(passage))))
                        .limit(MOST)
                        .collect(Collectors.toSet());
                assertThat(best).contains(found.getFirst());
                shared += found.stream().filter(best::contains).count();
            }
            // all passages of a subject lie equally far apart here, which is the hardest case for a graph
            assertThat(shared / (21 * MOST)).isGreaterThan(0.85);
        }
    }

    @Test
    void of_all() throws IOException {
        finds(index(false), MatchAllDocsQuery.INSTANCE, passage -> true);
    }

    @Test
    void of_those_that_a_filter_lets_pass() throws IOException {
        finds(index(false), Kept.all(new TermQuery(new Term("kept", "third"))), passage -> passage % 3 == 0);
    }

    @Test
    void never_one_that_was_deleted() throws IOException {
        finds(index(true), MatchAllDocsQuery.INSTANCE, passage -> passage % 10 != 0);
        directions.clear();
        finds(
                index(true),
                Kept.all(new TermQuery(new Term("kept", "third"))),
                passage -> passage % 3 == 0 && passage % 10 != 0);
    }

    @Test
    void nothing_where_no_passage_has_a_direction() throws IOException {
        var directory = new ByteBuffersDirectory();
        try (var writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.addDocument(new Document());
        }
        try (var reader = DirectoryReader.open(directory)) {
            List<ScoreDoc> found = new Nearest(
                            new IndexSearcher(reader),
                            near(1),
                            Kept.all(new TermQuery(new Term("kept", "third"))),
                            MOST)
                    .passages();
            assertThat(found).isEmpty();
        }
    }
}
