package press.masthead.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;

/** Words put right and headlines that begin alike, by what everyone may read, in this node's own index. */
final class Spelling {
    /** No one means a longer word, and each letter costs. */
    private static final int LONGEST = 40;

    private Spelling() {}

    /** Those of the words that could be misspelt, each once. */
    static List<String> misspelt(List<String> words) {
        return words.stream()
                .filter(word -> word.length() <= LONGEST)
                .distinct()
                .toList();
    }

    static Map<String, String> better(IndexSearcher searcher, List<String> words) throws IOException {
        var checker = new DirectSpellChecker();
        checker.setMaxEdits(2);
        var reader = searcher.getIndexReader();
        var better = new HashMap<String, String>();
        for (String word : misspelt(words)) {
            var term = new Term(Fields.OPEN + Fields.EXACT, word);
            if (reader.docFreq(term) == 0)
                Arrays.stream(checker.suggestSimilar(term, 1, reader, SuggestMode.SUGGEST_WHEN_NOT_IN_INDEX))
                        .findFirst()
                        .ifPresent(suggestion -> better.put(word, suggestion.string));
        }
        return better;
    }

    static List<Long> beginningWith(IndexSearcher searcher, List<String> words, int most) throws IOException {
        return newest(searcher, beginningWith(words).filter(), most);
    }

    /** Headlines with all these words, the last of them perhaps unfinished. */
    static Clause beginningWith(List<String> words) {
        var wanted = new ArrayList<Clause>();
        for (String word : words.subList(0, words.size() - 1)) wanted.add(Clause.is(Fields.TITLE + Fields.EXACT, word));
        wanted.add(new Clause.Beginning(Fields.TITLE + Fields.EXACT, words.getLast()));
        return new Clause.All(wanted);
    }

    private static List<Long> newest(IndexSearcher searcher, Query query, int most) throws IOException {
        var newestFirst = new Sort(new SortField(Fields.PUBLISHED, SortField.Type.LONG, true));
        var ids = new ArrayList<Long>();
        for (var hit : searcher.search(query, most, newestFirst).scoreDocs) ids.add(Ranking.idOf(searcher, hit.doc));
        return ids;
    }
}
