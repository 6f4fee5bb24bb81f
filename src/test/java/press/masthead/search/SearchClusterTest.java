package press.masthead.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import press.masthead.access.Standing;
import press.masthead.platform.db.TestDatabase;

/** A cluster's index hears of every change from one node at a time, is made again when it must be, and bad days of the cluster pass. */
class SearchClusterTest {
    private final Jdbi jdbi = TestDatabase.fresh().jdbi();
    private final String name = OpenSearchServer.freshName();

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

    private SearchCluster begun(String url) {
        return begun(url, Model.none());
    }

    private SearchCluster begun(String url, Model model) {
        var cluster = new SearchCluster(jdbi, ClusterAddress.parse(url), model, Clock.systemUTC());
        cluster.begin();
        return cluster;
    }

    private SearchCluster begun() {
        var cluster = begun(OpenSearchServer.url() + "/" + name);
        soon(cluster::isReady);
        return cluster;
    }

    private List<Long> found(Catalogue cluster, String typed) {
        return new Search(cluster, Model.none(), new KnownBetter(jdbi))
                .find(Wanted.of(typed, new Standing.Visitor(), Instant.now())).orElse(List.of()).stream()
                        .map(Hit::piece)
                        .toList();
    }

    private static void soon(BooleanSupplier right) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        boolean is = right.getAsBoolean();
        while (!is && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(20_000_000);
            is = right.getAsBoolean();
        }
        assertThat(is).isTrue();
    }

    private boolean isAway(SearchCluster cluster) {
        try {
            found(cluster, "anything");
            return false;
        } catch (SearchAway e) {
            return true;
        }
    }

    private ClusterIndexes indexes() {
        return new ClusterIndexes(new ClusterCalls(Place.at(name)));
    }

    private List<String> all() {
        return List.copyOf(new ClusterCalls(Place.at(name))
                .find("/" + name + ".*/_alias").stream()
                        .<String>mapMulti((found, taken) -> found.fieldNames().forEachRemaining(taken))
                        .toList());
    }

    @Test
    void a_change_a_late_commit_a_withdrawal_and_a_deletion_are_heard_of() {
        long story = publish("one", "marmot");
        long other = publish("two", "marmot");
        try (var cluster = begun()) {
            assertThat(found(cluster, "marmot")).containsExactlyInAnyOrder(story, other);
            var late = jdbi.open().begin();
            long third = publish(late, "late", "wombat");
            jdbi.useHandle(handle -> handle.execute("update story set opening = '<p>badger</p>' where id = ?", story));
            jdbi.useHandle(handle -> handle.execute("delete from story where id = ?", other));
            cluster.wake();
            soon(() -> found(cluster, "badger").equals(List.of(story))
                    && found(cluster, "marmot").isEmpty());
            assertThat(found(cluster, "wombat")).isEmpty();
            late.commit().close();
            cluster.wake();
            soon(() -> found(cluster, "wombat").equals(List.of(third)));
            jdbi.useHandle(handle -> handle.execute("update story set state = 'withdrawn' where id = ?", story));
            cluster.wake();
            soon(() -> found(cluster, "badger").isEmpty());
        }
    }

    @Test
    void two_nodes_find_what_either_publishes_and_one_of_them_feeds() {
        publish("one", "marmot");
        try (var one = begun();
                var two = begun()) {
            Instant began = Instant.now();
            long story = publish("two", "wombat");
            one.wake();
            two.wake();
            soon(() -> found(one, "wombat").equals(List.of(story))
                    && found(two, "wombat").equals(List.of(story)));
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
            for (int i = 0; i < 30; i++) {
                publish("more-" + i, "capybara");
                one.wake();
                two.wake();
            }
            soon(() -> found(one, "capybara").size() == 30);
            assertThat(indexes().look().orElseThrow().pieces()).as("none twice").isEqualTo(32);
            // The one that feeds stops; the other goes on from where the index says that it is.
            one.close();
            long last = publish("three", "okapi");
            two.wake();
            soon(() -> found(two, "okapi").equals(List.of(last)));
        }
        assertThat(all()).hasSize(1);
    }

    @Test
    void a_node_that_was_replaced_writes_nothing_over_what_its_successor_wrote() {
        long story = publish("one", "marmot");
        try (var cluster = begun()) {
            var seen = indexes().look().orElseThrow();
            var pieces = new Pieces(jdbi);
            var old = pieces.of(List.of(story), "");
            jdbi.useHandle(handle -> handle.execute("update story set opening = '<p>badger</p>' where id = ?", story));
            cluster.wake();
            soon(() -> found(cluster, "badger").equals(List.of(story)));
            assertThatThrownBy(() -> indexes().write(seen.index(), 1, old, List.of()))
                    .isInstanceOf(ClusterIndexes.Superseded.class);
            assertThatThrownBy(() -> indexes().write(seen.index(), 1, List.of(), List.of(story)))
                    .isInstanceOf(ClusterIndexes.Superseded.class);
            indexes().show(seen.index());
            assertThat(found(cluster, "badger")).containsExactly(story);
        }
    }

    @Test
    void a_lease_is_one_nodes_until_it_is_given_or_runs_out() {
        var one = new Lease(jdbi, new Nodes(jdbi).self());
        var two = new Lease(jdbi, new Nodes(jdbi).self());
        long first = one.take().orElseThrow();
        assertThat(one.take()).contains(first);
        assertThat(two.take()).isEmpty();
        assertThat(one.within(first, () -> "read")).contains("read");
        one.give();
        long second = two.take().orElseThrow();
        assertThat(second).isGreaterThan(first);
        assertThat(one.within(first, () -> "read")).isEmpty();
        jdbi.useHandle(handle -> handle.execute("update search_feed set until = now() - interval '1 second'"));
        assertThat(two.within(second, () -> "read")).as("nobody else took it").contains("read");
        jdbi.useHandle(handle -> handle.execute("update search_feed set until = now() - interval '1 second'"));
        assertThat(one.take().orElseThrow()).isGreaterThan(second);
    }

    @Test
    void after_a_node_that_was_killed_another_feeds_within_seconds_and_what_it_left_half_made_goes() {
        long story = publish("one", "marmot");
        begun().close();
        indexes().create("half", false);
        jdbi.useHandle(
                handle -> handle.execute(
                        "update search_feed set node = gen_random_uuid(), term = term + 1, until = now() + interval '3 seconds'"));
        long missed = publish("two", "wombat");
        try (var cluster = begun()) {
            assertThat(found(cluster, "marmot")).as("it serves meanwhile").containsExactly(story);
            soon(() -> found(cluster, "wombat").equals(List.of(missed)));
            soon(() -> all().size() == 1);
            assertThat(all().getFirst()).doesNotEndWith("half");
            assertThat(indexes().look().orElseThrow().pieces()).isEqualTo(2);
        }
    }

    @Test
    void it_is_made_again_when_asked_for_with_progress_and_the_old_one_serves_until_then() {
        for (int i = 0; i < 5; i++) publish("story-" + i, "marmot");
        try (var one = begun();
                var two = begun()) {
            var before = all();
            var said = new ByteArrayOutputStream();
            var remade = CompletableFuture.supplyAsync(
                    () -> new RemakeIndexes(jdbi).run(new PrintStream(said, true, StandardCharsets.UTF_8)));
            soon(() -> {
                // on a busy machine it may be slow to answer, but nothing is missing from what it says
                for (var node : List.of(one, two))
                    if (!isAway(node)) assertThat(found(node, "marmot")).hasSize(5);
                one.wake();
                two.wake();
                return remade.isDone();
            });
            assertThat(remade.join()).isTrue();
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("2 of 2 nodes are done");
            assertThat(all()).hasSize(1).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void one_of_an_older_form_or_without_a_word_of_how_far_it_is_is_made_again() {
        long story = publish("one", "marmot");
        for (var note : List.of(
                new ClusterNote("0", "0", "", 1, Instant.now().getEpochSecond(), database()),
                new ClusterNote("0", ClusterForm.FORM, "", 1, 1, database()))) {
            String old = indexes().create("old", false);
            indexes().note(old, 1, note);
            indexes().serve(old);
            try (var cluster = begun()) {
                soon(() -> found(cluster, "marmot").equals(List.of(story)));
                assertThat(all()).hasSize(1).doesNotContain(old);
            }
        }
    }

    /** Tells ships from all else. */
    private static Model shipwright() {
        return Model.of("shipwright", () -> new Meaning() {
            @Override
            public String name() {
                return "shipwright";
            }

            @Override
            public boolean understands(String languageTag) {
                return true;
            }

            @Override
            public float[] of(String text) {
                return Towards.subject(text.matches("(?s).*(ferry|vessel|steamer).*") ? 1 : 2);
            }
        });
    }

    private void read(Model model) {
        assertThat(model.waitedFor()).isPresent();
        try (var reading = new ReadStories(jdbi, model)) {
            while (reading.one()) assertThat(Thread.interrupted()).isFalse();
        }
    }

    private List<Long> foundByMeaning(Catalogue cluster, Model model, String typed) {
        return new Search(cluster, model, new KnownBetter(jdbi))
                .find(Wanted.of(typed, new Standing.Visitor(), Instant.now())).orElse(List.of()).stream()
                        .map(Hit::piece)
                        .toList();
    }

    @Test
    void what_a_model_reads_later_a_change_and_a_withdrawal_are_found_by_meaning_within_seconds() {
        var model = shipwright();
        long ferry = publish("one", "a ferry");
        publish("two", "a marmot");
        try (var cluster = begun(OpenSearchServer.url() + "/" + name, model)) {
            soon(() -> !isAway(cluster) && found(cluster, "ferry").equals(List.of(ferry)));
            read(model);
            cluster.wake();
            soon(() -> foundByMeaning(cluster, model, "steamer").equals(List.of(ferry)));
            long vessel = publish("three", "a vessel");
            read(model);
            cluster.wake();
            soon(() -> foundByMeaning(cluster, model, "steamer").contains(vessel));
            jdbi.useHandle(handle -> handle.execute("update story set state = 'withdrawn' where id = ?", ferry));
            cluster.wake();
            soon(() -> foundByMeaning(cluster, model, "steamer").equals(List.of(vessel)));
            soon(() -> cluster.state()
                    .orElseThrow()
                    .sentence()
                    .endsWith("2 pieces are found by their words and by meaning."));
        }
    }

    @Test
    void a_cluster_without_the_plug_in_finds_by_words_and_says_so() {
        var model = shipwright();
        long ferry = publish("one", "a ferry");
        publish("two", "a vessel");
        read(model);
        try (var cluster = begun(OpenSearchServer.plainUrl() + "/" + name, model)) {
            soon(() ->
                    !isAway(cluster) && foundByMeaning(cluster, model, "ferry").equals(List.of(ferry)));
            assertThat(foundByMeaning(cluster, model, "steamer")).isEmpty();
            assertThat(new Related(cluster, Clock.systemUTC()).to(ferry, 4)).isEmpty();
            assertThat(cluster.state().orElseThrow().isWell()).isTrue();
            assertThat(cluster.state().orElseThrow().sentence())
                    .contains(
                            "2 pieces are found by their words. Searching by meaning needs OpenSearch's k-NN plug-in");
        }
    }

    @Test
    void
            an_index_of_words_alone_is_made_again_where_the_cluster_and_the_node_can_do_more_and_a_node_without_a_model_leaves_it() {
        var model = shipwright();
        long ferry = publish("one", "a ferry");
        read(model);
        begun().close();
        var before = all();
        try (var cluster = begun(OpenSearchServer.url() + "/" + name, model)) {
            soon(() -> !isAway(cluster)
                    && foundByMeaning(cluster, model, "steamer").equals(List.of(ferry)));
            soon(() -> all().size() == 1);
            assertThat(all()).doesNotContainAnyElementsOf(before);
        }
        var after = all();
        long vessel = publish("two", "a vessel");
        read(model);
        try (var cluster = begun()) {
            soon(() -> found(cluster, "vessel").equals(List.of(vessel)));
            assertThat(found(cluster, "steamer")).isEmpty();
        }
        assertThat(all()).isEqualTo(after);
        try (var cluster = begun(OpenSearchServer.url() + "/" + name, model)) {
            soon(() -> !isAway(cluster)
                    && foundByMeaning(cluster, model, "steamer").contains(vessel));
        }
        assertThat(all()).isEqualTo(after);
    }

    @Test
    void one_that_is_lost_while_it_serves_is_made_again() {
        long story = publish("one", "marmot");
        try (var cluster = begun()) {
            all().forEach(indexes()::remove);
            soon(() -> !isAway(cluster) && found(cluster, "marmot").equals(List.of(story)));
        }
    }

    @Test
    void the_index_of_another_newsroom_is_left_alone() {
        publish("one", "marmot");
        begun().close();
        jdbi.useHandle(handle -> handle.execute("update search_epoch set database = gen_random_uuid()"));
        var before = all();
        try (var cluster = begun(OpenSearchServer.url() + "/" + name)) {
            soon(() -> isAway(cluster));
            assertThat(cluster.state().orElseThrow().sentence())
                    .contains("index of another newsroom under the name \"" + name + "\"");
            assertThat(cluster.state().orElseThrow().isWell()).isFalse();
        }
        assertThat(all()).isEqualTo(before);
    }

    @Test
    void whatever_the_cluster_does_a_search_ends_soon_and_what_was_published_meanwhile_is_caught_up() throws Exception {
        long story = publish("one", "marmot");
        try (var gate = new SearchGate();
                var cluster = begun(gate.url(name))) {
            soon(() -> !isAway(cluster) && found(cluster, "marmot").equals(List.of(story)));
            int published = 1;
            for (var day : List.of(
                    SearchGate.Day.GONE,
                    SearchGate.Day.ANOTHER,
                    SearchGate.Day.ODD,
                    SearchGate.Day.SILENT,
                    SearchGate.Day.ENDLESS)) {
                gate.is(day);
                Instant began = Instant.now();
                assertThat(isAway(cluster)).as(day.name()).isTrue();
                assertThat(Duration.between(began, Instant.now()))
                        .as(day.name())
                        .isLessThan(Duration.ofSeconds(10));
                soon(() -> !cluster.isReady());
                int before = gate.asked();
                for (int i = 0; i < 50; i++) assertThat(isAway(cluster)).isTrue();
                assertThat(gate.asked() - before)
                        .as("one who waited in vain tells all others")
                        .isLessThan(10);
                var state = cluster.state().orElseThrow();
                assertThat(state.isWell()).isFalse();
                assertThat(state.sentence())
                        .startsWith("The search cluster at http://127.0.0.1")
                        .doesNotContain("cret");
                assertThat(new Search(cluster, Model.none(), new KnownBetter(jdbi)).beginningWith("ma", 6))
                        .isEmpty();
                assertThat(new Related(cluster, Clock.systemUTC()).to(story, 4)).isEmpty();
                publish("while-" + day.name().toLowerCase(java.util.Locale.ROOT), "marmot");
                gate.is(SearchGate.Day.GOOD);
                int now = ++published;
                soon(() -> !isAway(cluster) && found(cluster, "marmot").size() == now);
            }
        }
    }

    @Test
    void a_cluster_that_is_away_at_the_start_or_wants_another_password_is_found_when_it_is_right() throws Exception {
        long story = publish("one", "marmot");
        try (var gate = new SearchGate()) {
            gate.is(SearchGate.Day.GONE);
            try (var cluster = begun(gate.url(name))) {
                soon(() -> isAway(cluster));
                gate.is(SearchGate.Day.GOOD);
                soon(() -> !isAway(cluster) && found(cluster, "marmot").equals(List.of(story)));
            }
            try (var cluster = begun(gate.url("masthead", "wr0ng", name))) {
                soon(() -> isAway(cluster));
                assertThat(cluster.state().orElseThrow().sentence())
                        .contains("refuses the user or the password of SEARCH_URL")
                        .doesNotContain("wr0ng");
            }
        }
    }

    private String database() {
        return jdbi.withHandle(handle -> handle.createQuery("select database::text from search_epoch")
                .mapTo(String.class)
                .one());
    }

    @Test
    void an_address_says_where_the_cluster_is_and_never_the_password() {
        var address = ClusterAddress.parse("https://ma%40st:s+cret%2F@search.example:9200/news");
        assertThat(address.base()).hasToString("https://search.example:9200");
        assertThat(address.name()).isEqualTo("news");
        assertThat(address.toString()).isEqualTo("https://search.example:9200/news");
        assertThat(new String(
                        java.util.Base64.getDecoder()
                                .decode(address.authorization().orElseThrow().substring(6)),
                        StandardCharsets.UTF_8))
                .isEqualTo("ma@st:s+cret/");
        assertThat(ClusterAddress.parse("http://search.example").base()).hasToString("http://search.example:80");
        assertThat(ClusterAddress.parse("https://search.example/").name()).isEqualTo("masthead");
        for (String wrong : List.of(
                "search.example:9200",
                "ftp://search.example",
                "https://search.example/two/names",
                "https://search.example/Big",
                "https://search.example/a.b",
                "https://u:pass word@search.example",
                "https://search.example/news?x=1"))
            assertThatThrownBy(() -> ClusterAddress.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not an address of a search cluster");
        assertThat(String.valueOf(new ClusterCalls(address).at())).doesNotContain("cret");
    }
}
