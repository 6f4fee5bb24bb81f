package press.masthead.search;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import press.masthead.access.Standing;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;

/** A node of its own process that answers each line with the numbers of the pieces it finds, until somebody kills it. */
final class KilledNode {
    private KilledNode() {}

    public static void main(String[] args) throws Exception {
        try (var database = Database.open(DatabaseUrl.parse(args[0]), 4);
                var index = new SearchIndex(database.jdbi(), Path.of(args[1]), Model.none(), Clock.systemUTC())) {
            index.begin();
            var asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String word = asked.readLine(); word != null; word = asked.readLine()) {
                var wanted = Wanted.of(word, new Standing.Visitor(), Instant.now());
                System.out.println("found "
                        + index
                                .serving()
                                .map(serving -> serving.ask(
                                        searcher -> new Ranking(searcher, wanted).hits(Optional.empty(), 0)))
                                .orElse(List.of())
                                .stream()
                                .map(hit -> Long.toString(hit.piece()))
                                .toList());
            }
        }
    }
}
