package press.masthead.desk;

import java.sql.SQLException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import press.masthead.platform.web.Problem;

/** What the database will not let go, because something else refers to it. */
public final class StillUsed {
    private static final String FOREIGN_KEY = "23503";

    private StillUsed() {}

    /**
     * Removes, unless it is referred to.
     *
     * @throws Problem 422 with the sentence when it is; the transaction is lost then
     */
    public static void orRemove(Runnable removal, String sentence) {
        try {
            removal.run();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && FOREIGN_KEY.equals(cause.getSQLState()))
                throw Problem.invalid(sentence);
            throw e;
        }
    }
}
