package press.masthead.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import press.masthead.access.Standing;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;

/** A node's index hears of every change, once and in time, and is made again whenever it can't be trusted. */
class SearchIndexTest {
    private final Database database = TestDatabase.fresh();
    private final Jdbi jdbi = database.jdbi();

    @TempDir
    private Path folder;

    private static long publish(Handle handle, String slug, String text) {
        return handle.createQuery("""
                        insert into story (slug, title, opening, state, published_at, created_at, updated_at)
                        values (:slug, :slug, '<p>' || :text || '</p>', 'published', now(), now(), now()) returning id
                        """)
                .bind("slug", slug)
                .bind("text", text)
                .mapTo(Long.class)
                .one();
    }

    private long publish(String slug, String text) {
        return jdbi.withHandle(handle -> publish(handle, slug, text));
    }

    private SearchIndex begun(Path at) {
        var index = new SearchIndex(jdbi, at, Model.none(), Clock.systemUTC());
        index.begin();
        soon(() -> index.serving().isPresent());
        return index;
    }

    private static List<Long> found(SearchIndex index, String typed) {
        return index
                .serving()
                .map(serving -> serving.ask(
                        searcher -> new Ranking(searcher, Wanted.of(typed, new Standing.Visitor(), Instant.now()))
                                .hits(java.util.Optional.empty(), 0)))
                .orElse(List.of())
                .stream()
                .map(Hit::piece)
                .toList();
    }

    private static void soon(BooleanSupplier right) {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (Instant.now().isBefore(end) && !right.getAsBoolean()) Thread.onSpinWait();
        assertThat(right.getAsBoolean()).isTrue();
    }

    @Test
    void what_commits_late_is_heard_of_too_and_what_is_behind_it_does_not_wait() {
        try (var index = begun(folder)) {
            var late = jdbi.open().begin();
            long first = publish(late, "late", "marmot");
            long second = publish("quick", "wombat");
            index.wake();
            soon(() -> found(index, "wombat").equals(List.of(second)));
            assertThat(found(index, "marmot")).isEmpty();
            late.commit().close();
            index.wake();
            soon(() -> found(index, "marmot").equals(List.of(first)));
        }
    }

    @Test
    void a_change_a_withdrawal_and_a_deletion_are_heard_of() {
        long story = publish("one", "marmot");
        long other = publish("two", "marmot");
        try (var index = begun(folder)) {
            assertThat(found(index, "marmot")).hasSize(2);
            jdbi.useHandle(handle -> handle.execute("update story set opening = '<p>badger</p>' where id = ?", story));
            jdbi.useHandle(handle -> handle.execute("delete from story where id = ?", other));
            index.wake();
            soon(() -> found(index, "badger").equals(List.of(story))
                    && found(index, "marmot").isEmpty());
            jdbi.useHandle(handle -> handle.execute("update story set state = 'withdrawn' where id = ?", story));
            index.wake();
            soon(() -> found(index, "badger").isEmpty());
        }
    }

    @Test
    void an_index_that_can_t_be_written_any_more_is_opened_again_and_misses_nothing() throws Exception {
        try (var index = begun(folder)) {
            long before = publish("before", "marmot");
            index.wake();
            soon(() -> found(index, "marmot").equals(List.of(before)));
            // Lucene closes a writer for good when its disk is full, or its lock is gone
            try (var files = Files.walk(folder)) {
                for (Path lock :
                        files.filter(file -> file.endsWith("write.lock")).toList()) Files.delete(lock);
            }
            long after = publish("after", "badger");
            index.wake();
            soon(() -> found(index, "badger").equals(List.of(after)));
            assertThat(found(index, "marmot")).containsExactly(before);
        }
    }

    @Test
    void it_goes_on_where_it_stood_after_a_stop() {
        publish("one", "marmot");
        begun(folder).close();
        long missed = publish("two", "badger");
        var before = folders();
        try (var index = begun(folder)) {
            soon(() -> found(index, "badger").equals(List.of(missed)));
            assertThat(found(index, "marmot")).hasSize(1);
            assertThat(folders()).as("the same index").isEqualTo(before);
        }
    }

    @Test
    void one_that_was_never_finished_or_is_damaged_is_made_again() throws Exception {
        long story = publish("one", "marmot");
        begun(folder).close();
        Path there = folders().getFirst();
        for (Path file : files(there)) Files.write(file, "not an index".getBytes(StandardCharsets.UTF_8));
        Path unfinished = Files.createDirectories(folder.resolve("0/index-9999999999999-killed"));
        try (var made = PieceIndex.open(unfinished)) {
            made.keep(java.util.Map.of("half", "yes"));
        }
        try (var index = begun(folder)) {
            assertThat(found(index, "marmot")).containsExactly(story);
        }
        assertThat(folders()).hasSize(1).doesNotContain(there, unfinished);
    }

    @Test
    void another_database_another_model_or_a_week_of_absence_make_it_again() {
        publish("one", "marmot");
        begun(folder).close();
        var first = folders();
        try (var index = new SearchIndex(
                jdbi,
                folder,
                Model.of("other", () -> {
                    throw new IllegalStateException();
                }),
                Clock.systemUTC())) {
            index.begin();
            soon(() -> index.serving().isPresent());
            assertThat(folders()).isNotEqualTo(first);
        }
        var later = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));
        var second = folders();
        try (var index = new SearchIndex(
                jdbi,
                folder,
                Model.of("other", () -> {
                    throw new IllegalStateException();
                }),
                later)) {
            index.begin();
            soon(() -> index.serving().isPresent());
            assertThat(folders()).isNotEqualTo(second);
        }
        jdbi.useHandle(handle -> handle.execute("update search_epoch set database = gen_random_uuid()"));
        var third = folders();
        begun(folder).close();
        assertThat(folders()).isNotEqualTo(third);
    }

    @Test
    void two_nodes_have_an_index_each_in_one_folder_and_are_asked_to_make_it_again_together() {
        long story = publish("one", "marmot");
        try (var one = begun(folder);
                var two = begun(folder)) {
            assertThat(found(one, "marmot")).containsExactly(story);
            assertThat(found(two, "marmot")).containsExactly(story);
            var before = folders();
            var said = new ByteArrayOutputStream();
            var remade = CompletableFuture.supplyAsync(
                    () -> new RemakeIndexes(jdbi).run(new PrintStream(said, true, StandardCharsets.UTF_8)));
            soon(() -> {
                one.wake();
                two.wake();
                return remade.isDone();
            });
            assertThat(remade.join()).isTrue();
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("2 of 2 nodes are done");
            soon(() -> folders().size() == 2 && folders().stream().noneMatch(before::contains));
            assertThat(found(one, "marmot")).containsExactly(story);
            assertThat(found(two, "marmot")).containsExactly(story);
        }
    }

    @Test
    void without_a_node_there_is_nothing_to_wait_for() {
        var said = new ByteArrayOutputStream();
        assertThat(new RemakeIndexes(jdbi).run(new PrintStream(said, true, StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("No Masthead runs on this database");
    }

    private List<Path> folders() {
        try (var all = Files.find(
                folder,
                2,
                (path, about) -> about.isDirectory()
                        && String.valueOf(path.getFileName()).startsWith("index-"))) {
            return all.sorted().toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path there) throws java.io.IOException {
        try (var all = Files.list(there)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
