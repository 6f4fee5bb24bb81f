package press.masthead.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private static Database database;

    enum State {
        DRAFT,
        IN_REVIEW
    }

    record Story(
            UUID id,
            String leadTitle,
            State state,
            Instant publishedAt,
            ZoneId zone,
            int wordCount,
            @Nullable String standfirst,
            @Nullable Long seriesId,
            Optional<String> dateline,
            List<String> topics,
            boolean live) {}

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void a_record_binds_from_columns_by_name() {
        var written = new Story(
                UUID.randomUUID(),
                "Ministers meet",
                State.IN_REVIEW,
                Instant.parse("2026-11-23T07:00:00.123456Z"),
                ZoneId.of("Europe/Brussels"),
                812,
                null,
                null,
                Optional.empty(),
                List.of("energy", "world"),
                true);
        var read = database.jdbi().withHandle(handle -> {
            handle.execute("""
                    create table trial (id uuid, lead_title text, state text, published_at timestamptz, zone text,
                        word_count int, standfirst text, series_id bigint, dateline text, topics text[], live boolean)
                    """);
            handle.createUpdate("""
                            insert into trial values (:id, :leadTitle, :state, :publishedAt, :zone,
                                :wordCount, :standfirst, :seriesId, :dateline, :topics, :live)
                            """)
                    .bindNamedArgumentFinder(Database.fieldsOf(written))
                    .execute();
            return handle.createQuery("select *, 'more' as than_asked from trial")
                    .mapTo(Story.class)
                    .one();
        });
        assertThat(read).isEqualTo(written);
        String state = database.jdbi()
                .withHandle(handle -> handle.createQuery("select state from trial")
                        .mapTo(String.class)
                        .one());
        assertThat(state).isEqualTo("in_review");
    }

    record Count(int stories) {}

    @Test
    void a_null_where_a_number_is_promised_is_a_mistake_and_not_a_zero() {
        assertThatThrownBy(() -> database.jdbi()
                        .withHandle(handle -> handle.createQuery("select null::int as stories")
                                .mapTo(Count.class)
                                .one()))
                .hasMessageContaining("stories");
    }

    @Test
    void migrating_twice_changes_nothing() {
        database.migrate();
        database.migrate();
    }

    @Test
    void an_unreachable_database_is_named_in_one_sentence() throws Exception {
        int nobodyThere;
        try (var socket = new ServerSocket(0)) {
            nobodyThere = socket.getLocalPort();
        }
        assertThatThrownBy(() -> Database.open(
                        DatabaseUrl.parse("postgres://ada:secret@127.0.0.1:" + nobodyThere + "/parallel"), 2))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessage("The database at 127.0.0.1:%d/parallel cannot be reached; start it or correct DATABASE_URL."
                        .formatted(nobodyThere));
    }

    @Test
    void a_wrong_password_is_named_and_not_repeated() {
        var url = TestDatabase.emptyUrl();
        var wrong = new DatabaseUrl(url.host(), url.port(), url.database(), url.user(), "guessed", Map.of());
        assertThatThrownBy(() -> Database.open(wrong, 2))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("refuses the user 'masthead'; correct the name or the password in DATABASE_URL")
                .hasMessageNotContaining("guessed");
    }

    @Test
    void a_database_that_does_not_exist_is_named() {
        var url = TestDatabase.emptyUrl().withDatabase("nowhere");
        assertThatThrownBy(() -> Database.open(url, 2))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("There is no database 'nowhere' at 127.0.0.1");
    }

    @Test
    void a_database_that_does_not_store_utf8_is_refused() {
        var url = TestDatabase.emptyUrl();
        try (var admin = Database.open(url, 1)) {
            admin.jdbi()
                    .useHandle(handle -> handle.execute(
                            "create database t0 encoding 'LATIN1' template template0 locale_provider libc locale 'C'"));
        }
        assertThatThrownBy(() -> Database.open(url.withDatabase("t0"), 1))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("stores LATIN1; make one with `create database ... encoding 'UTF8'`");
    }

    /** There is no old server at hand: one that says it is old does as well. */
    @Test
    void a_database_that_is_too_old_is_named_with_its_version() {
        var url = TestDatabase.emptyUrl();
        try (var admin = Database.open(url, 1)) {
            admin.jdbi().useHandle(handle -> handle.execute("create schema old"));
            admin.jdbi().useHandle(handle -> handle.execute("""
                    create function old.current_setting(text) returns text language sql return
                        case $1 when 'server_version_num' then '140012'
                                when 'server_version' then '14.12' else pg_catalog.current_setting($1) end
                    """));
            admin.jdbi()
                    .useHandle(handle ->
                            handle.execute("alter database " + url.database() + " set search_path = old, pg_catalog"));
        }
        assertThatThrownBy(() -> Database.open(url, 1))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessage("The database at %s is PostgreSQL 14.12; Masthead needs 15 or newer, so upgrade it."
                        .formatted(url));
    }

    @Test
    void any_postgresql_is_used_by_its_url() {
        var url = TestDatabase.emptyUrl();
        var text = "postgres://%s:%s@%s:%d/%s?sslmode=prefer"
                .formatted(url.user(), url.password(), url.host(), url.port(), url.database());
        for (var form : List.of(text, "jdbc:postgresql" + text.substring("postgres".length()))) {
            try (var external = Database.open(DatabaseUrl.parse(form), 2)) {
                external.migrate();
                int stories = external.jdbi()
                        .withHandle(handle -> handle.createQuery("select count(*) from story")
                                .mapTo(Integer.class)
                                .one());
                assertThat(stories).isZero();
            }
        }
    }
}
