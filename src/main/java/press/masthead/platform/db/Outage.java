package press.masthead.platform.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/** What has gone wrong with the database itself, when a statement failed through no fault of ours or of the sender's. */
public enum Outage {
    /** It can't be reached, or takes no connection. */
    AWAY,
    /** Its disk is full: it still answers and keeps nothing new. */
    FULL;

    /** Reads the cause by its SQLSTATE (PostgreSQL's manual, appendix A); empty when it was something else. */
    public static Optional<Outage> behind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) return Optional.of(AWAY);
            if (cause instanceof SQLException e && e.getSQLState() != null) return of(e.getSQLState());
        }
        return Optional.empty();
    }

    private static Optional<Outage> of(String state) {
        return switch (state) {
            case "53100" -> Optional.of(FULL);
            // too many connections; the server is stopping, has crashed or is starting; class 08: no connection
            case "53300", "57P01", "57P02", "57P03" -> Optional.of(AWAY);
            default -> state.startsWith("08") ? Optional.of(AWAY) : Optional.empty();
        };
    }
}
