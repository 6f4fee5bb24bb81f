package press.masthead.access;

import io.javalin.http.Context;
import java.util.Optional;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** Who is asking, for the length of one request. A request that nobody was recognised in is a visitor's. */
public record Visit(Optional<Reader> reader, Standing standing) {
    private static final String ATTRIBUTE = "visit";
    private static final String WAITING = "staff-waiting";
    private static final Visit VISITOR = new Visit(Optional.empty(), new Standing.Visitor());

    public static Visit visitor() {
        return VISITOR;
    }

    public static Visit of(Context ctx) {
        Visit visit = ctx.attribute(ATTRIBUTE);
        return visit == null ? VISITOR : visit;
    }

    public void keepIn(Context ctx) {
        ctx.attribute(ATTRIBUTE, this);
    }

    /** The member of staff who asks; everyone else is told so. */
    public static Reader staff(Context ctx) {
        return of(ctx).reader().filter(Reader::isStaff).orElseThrow(StaffOnly::new);
    }

    /** Notes that the one who asks works here, and has not shown enough yet to be let in as such. */
    public static void keepWaiting(Context ctx) {
        ctx.attribute(WAITING, true);
    }

    /** Whether the one who asks works here and still has to show a passkey or a second factor. */
    public static boolean isWaiting(Context ctx) {
        return Boolean.TRUE.equals(ctx.attribute(WAITING));
    }

    /** The editor or owner who asks. */
    public static Reader editor(Context ctx) {
        Reader reader = staff(ctx);
        if (!reader.mayPublish()) throw Problem.forbidden("Only an editor can do that.");
        return reader;
    }

    /** The owner or one of the business staff who asks. */
    public static Reader business(Context ctx) {
        Reader reader = staff(ctx);
        if (!reader.mayMindMembers()) throw Problem.forbidden("Only the owner and the business staff can do that.");
        return reader;
    }

    /** Thrown where the newsroom is asked for and no member of staff is signed in; answered with the sign-in page. */
    public static final class StaffOnly extends RuntimeException {
        StaffOnly() {
            super("staff only", null, false, false);
        }
    }
}
