package press.masthead.platform.db;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import press.masthead.platform.mail.MailKeys;

/**
 * A real PostgreSQL for tests: one server per test JVM, one template with the whole schema, and for each test class that
 * asks a database of its own copied from it. The server's data stays in {@code target}, so only the first run makes it.
 */
public final class TestDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    /** A database of your own with the whole schema and no rows but a key to sign letters with. Close it or leave it: it goes with the test run. */
    public static Database fresh() {
        return fresh(5);
    }

    public static Database fresh(int poolSize) {
        return Database.open(freshUrl(), poolSize);
    }

    /** The same for a test that starts a whole server on DATABASE_URL. */
    public static DatabaseUrl freshUrl() {
        return copyOf(Holder.TEMPLATE);
    }

    /** A copy of another one of these, to which nobody is connected. */
    public static DatabaseUrl copyUrl(DatabaseUrl other) {
        return copyOf(other.database());
    }

    /** A database without any schema. */
    static DatabaseUrl emptyUrl() {
        return copyOf("template1");
    }

    private static DatabaseUrl copyOf(String template) {
        var name = "t" + NUMBER.incrementAndGet();
        Holder.ADMIN
                .jdbi()
                .useHandle(handle ->
                        handle.execute("create database " + name + " template " + template + " strategy file_copy"));
        return Holder.ADMIN.url().withDatabase(name);
    }

    /** Started at first use, so that tests without a database do not pay for one. */
    private static final class Holder {
        static final EmbeddedPostgres SERVER = startInFreeFolder();
        static final Database ADMIN = Database.open(SERVER.url(), 4);
        static final String TEMPLATE = template();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                ADMIN.close();
                SERVER.close();
            }));
        }

        /** Test runs side by side take one folder each. */
        private static EmbeddedPostgres startInFreeFolder() {
            for (var number = 1; ; number++) {
                var folder = Path.of("target", "test-postgres", Integer.toString(number));
                try {
                    return EmbeddedPostgres.startLosable(folder);
                } catch (DatabaseUnusable e) {
                    if (number == 20) throw e;
                    // Damaged by a crash of the machine, as data without fsync may be; or simply in use.
                    if (!e.getMessage().startsWith("Another Masthead")) PostgresBinaries.remove(folder);
                }
            }
        }

        /** The schema as a template, kept from run to run under a name that changes with the migrations. */
        private static String template() {
            ADMIN.jdbi().useHandle(handle -> {
                var left = handle.createQuery("select datname from pg_database where datname ~ '^t[0-9]+$'")
                        .mapTo(String.class)
                        .list();
                for (var name : left) handle.execute("drop database " + name + " with (force)");
            });
            var name = "schema_" + checksumOfMigrations();
            if (exists(name)) return name;
            ADMIN.jdbi().useHandle(handle -> handle.execute("drop database if exists making_schema with (force)"));
            ADMIN.jdbi().useHandle(handle -> handle.execute("create database making_schema"));
            try (var making = Database.open(ADMIN.url().withDatabase("making_schema"), 2)) {
                making.migrate();
                // each server that a test starts would make this at its first start, which takes a second
                new MailKeys(making.jdbi(), Clock.systemUTC()).of("parallel.example");
            }
            ADMIN.jdbi().useHandle(handle -> handle.execute("alter database making_schema rename to " + name));
            return name;
        }

        private static boolean exists(String name) {
            return ADMIN.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "select exists (select from pg_database where datname = :name)")
                            .bind("name", name)
                            .mapTo(Boolean.class)
                            .one());
        }

        private static String checksumOfMigrations() {
            var folder = TestDatabase.class.getResource("/db");
            var checksum = new CRC32();
            try (var files =
                    Files.list(Path.of(java.util.Objects.requireNonNull(folder).toURI()))) {
                for (var file : files.sorted().toList()) {
                    checksum.update(file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    checksum.update(Files.readAllBytes(file));
                }
            } catch (IOException | URISyntaxException e) {
                throw new IllegalStateException(e);
            }
            return Long.toHexString(checksum.getValue());
        }
    }
}
