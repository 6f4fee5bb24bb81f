package press.masthead.platform.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short messages to every node on this database, by LISTEN and NOTIFY on a connection of their own. A notice may be lost
 * while that connection is down, so each listener is called with "" when it is back: "you may have missed something".
 * Needs a real session: behind pgbouncer in transaction mode notices do not arrive.
 */
public final class Notices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    /** Wakes the listening thread at once, for a channel added or the end. */
    private static final String WAKE = "masthead_wake";

    private static final int QUIET_MILLIS = 10_000;
    private static final int ANSWER_SECONDS = 5;
    private static final int RETRY_MILLIS = 500;

    private final Database database;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Notices(Database database) {
        this.database = database;
        this.thread = Thread.ofPlatform().name("notices").daemon().unstarted(this::run);
    }

    public static Notices open(Database database) {
        var notices = new Notices(database);
        notices.thread.start();
        return notices;
    }

    /**
     * Calls {@code listener} with the text of each notice on this channel, and with "" once it is listening and after each
     * interruption. Listeners run one after another on one thread: they are quick, or hand the work on.
     */
    public void on(String channel, Consumer<String> listener) {
        listeners.computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>()).add(listener);
        heard.remove(channel);
        wake();
    }

    /** Sends a notice to every node, this one included; text up to 8,000 bytes. */
    public void send(String channel, String text) {
        database.jdbi().useHandle(handle -> send(handle, channel, text));
    }

    /** The same within a transaction: it leaves if and when that commits. */
    public static void send(Handle handle, String channel, String text) {
        handle.createQuery("select pg_notify(:channel, :text)::text")
                .bind("channel", channel)
                .bind("text", text)
                .mapTo(String.class)
                .one();
    }

    @Override
    public void close() {
        closed.countDown();
        wake();
        try {
            if (!thread.join(java.time.Duration.ofSeconds(1))) thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        try {
            send(WAKE, "");
        } catch (RuntimeException e) {
            LOG.debug("no database to send a notice through; the listening thread retries by itself", e);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        while (!isClosed()) {
            try (var connection = connect()) {
                listen(connection);
            } catch (SQLException e) {
                if (!isClosed()) LOG.warn("Notices from the database are interrupted: {}", e.getMessage());
                heard.clear();
                pause();
            }
        }
    }

    private Connection connect() throws SQLException {
        var url = database.url();
        return DriverManager.getConnection(url.jdbc(), url.driverProperties());
    }

    private void listen(Connection connection) throws SQLException {
        heard.clear();
        execute(connection, WAKE);
        var source = connection.unwrap(PGConnection.class);
        while (!isClosed()) {
            for (var channel : listeners.keySet()) {
                if (!heard.add(channel)) continue;
                execute(connection, channel);
                tell(channel, "");
            }
            var notices = source.getNotifications(QUIET_MILLIS);
            if (notices == null || notices.length == 0) {
                // A line that was cut without a word looks like silence.
                if (!connection.isValid(ANSWER_SECONDS)) throw new SQLException("the connection is gone");
                continue;
            }
            for (var notice : notices) tell(notice.getName(), notice.getParameter());
        }
    }

    private static void execute(Connection connection, String channel) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen " + statement.enquoteIdentifier(channel, true));
        }
    }

    private void tell(String channel, String text) {
        for (var listener : listeners.getOrDefault(channel, List.of())) {
            try {
                listener.accept(text);
            } catch (RuntimeException e) {
                LOG.error("A listener to '{}' failed", channel, e);
            }
        }
    }

    private void pause() {
        try {
            if (closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) LOG.debug("closed while waiting to listen again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
