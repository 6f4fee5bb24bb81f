package press.masthead.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.NamedArgumentFinder;
import org.jdbi.v3.postgres.PostgresPlugin;

/** One PostgreSQL: its connection pool, its SQL and its schema. */
public final class Database implements AutoCloseable {
    /** The oldest major version of PostgreSQL that everything here runs on. */
    static final int OLDEST_MAJOR = 15;

    /** Their everyday remarks are not for the operator. Kept here because the logging system holds them weakly. */
    private static final List<Logger> QUIET = Stream.of("com.zaxxer.hikari", "org.flywaydb")
            .map(Logger::getLogger)
            .peek(logger -> logger.setLevel(Level.WARNING))
            .toList();

    private final DatabaseUrl url;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(DatabaseUrl url, HikariDataSource pool) {
        this.url = url;
        this.pool = pool;
        this.jdbi = Rows.configure(Jdbi.create(pool).installPlugin(new PostgresPlugin()));
    }

    /**
     * Opens the pool and makes sure that what answers is a PostgreSQL we can use.
     *
     * @throws DatabaseUnusable when it cannot be reached, refuses us, is too old or does not store UTF-8
     */
    public static Database open(DatabaseUrl url, int poolSize) {
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(poolOf(url, poolSize));
        } catch (PoolInitializationException e) {
            throw unusable(url, e);
        }
        var database = new Database(url, pool);
        try {
            database.refuseTheUnfit();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return database;
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public DataSource dataSource() {
        return pool;
    }

    public DatabaseUrl url() {
        return url;
    }

    /**
     * A record's components as the named parameters of a statement, also where the record is not public (Jdbi's own
     * {@code bindMethods} sees only public ones): {@code update.bindNamedArgumentFinder(Database.fieldsOf(story))}.
     */
    public static NamedArgumentFinder fieldsOf(Record row) {
        return new Rows.Fields(row);
    }

    /** Brings the schema up to date with the files {@code db/NNNN_what.sql}; safe from several nodes at once. */
    public void migrate() {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db")
                .sqlMigrationPrefix("")
                .sqlMigrationSeparator("_")
                // Two changes made side by side land in either order.
                .outOfOrder(true)
                .loggers("slf4j")
                .load()
                .migrate();
    }

    @Override
    public void close() {
        pool.close();
    }

    private static HikariConfig poolOf(DatabaseUrl url, int size) {
        var config = new HikariConfig();
        config.setPoolName("masthead");
        config.setJdbcUrl(url.jdbc());
        config.setDataSourceProperties(url.driverProperties());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        // Longer than any page should take, and short enough that a reader is told while still looking.
        config.setConnectionTimeout(5_000);
        // Fail at the first refusal: a wrong password does not become right by asking again.
        config.setInitializationFailTimeout(1);
        return config;
    }

    private record Server(int versionNumber, String version, String encoding) {}

    private void refuseTheUnfit() {
        var server = jdbi.withHandle(
                handle -> handle.createQuery("""
                        select current_setting('server_version_num')::int as version_number,
                               current_setting('server_version') as version,
                               current_setting('server_encoding') as encoding
                        """).mapTo(Server.class).one());
        if (server.versionNumber() / 10_000 < OLDEST_MAJOR) {
            throw new DatabaseUnusable("The database at %s is PostgreSQL %s; Masthead needs %d or newer, so upgrade it."
                    .formatted(url, server.version(), OLDEST_MAJOR));
        }
        if (!server.encoding().equals("UTF8")) {
            throw new DatabaseUnusable(
                    "The database at %s stores %s; make one with `create database ... encoding 'UTF8'` and use that."
                            .formatted(url, server.encoding()));
        }
    }

    /** States of the SQL standard and PostgreSQL's appendix A, each in the words of the person who must act. */
    private static DatabaseUnusable unusable(DatabaseUrl url, PoolInitializationException failure) {
        if (!(failure.getCause() instanceof SQLException e)) {
            return new DatabaseUnusable("The database at %s cannot be used: %s.".formatted(url, failure.getMessage()));
        }
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        var sentence = switch (state) {
            case "28P01", "28000" ->
                "The database at %s refuses the user '%s'; correct the name or the password in DATABASE_URL."
                        .formatted(url, url.user());
            case "3D000" ->
                "There is no database '%s' at %s:%d; create it or correct DATABASE_URL."
                        .formatted(url.database(), url.host(), url.port());
            case "53300" ->
                "The database at %s has no connection left; raise its max_connections or stop other programs."
                        .formatted(url);
            case "57P03" -> "The database at %s is just starting or stopping; try again in a moment.".formatted(url);
            case "08001", "08003", "08004", "08006" ->
                "The database at %s cannot be reached; start it or correct DATABASE_URL.".formatted(url);
            default -> "The database at %s cannot be used: %s".formatted(url, e.getMessage());
        };
        return new DatabaseUnusable(sentence, e);
    }
}
