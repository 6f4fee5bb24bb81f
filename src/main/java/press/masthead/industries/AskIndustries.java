package press.masthead.industries;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Asks someone who has just become a member for their industries, in one step and once. */
public final class AskIndustries {
    /**
     * Where a letter leads that tells someone of a membership which began without them being here: a seat that was granted, one that
     * the newsroom gave.
     */
    public static final String WELCOME = "/pro/welcome/";

    private final Jdbi jdbi;
    private final Clock clock;

    public AskIndustries(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Whether they have neither ranked industries nor answered. */
    public boolean isDue(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select not exists (select from industry_asked where reader_id = :reader)
                           and not exists (select from industry_rank where reader_id = :reader)
                           and exists (select from industry where retired_at is null)
                        """)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Where someone goes who has just joined.
     *
     * @param next the path on this site that they would go to, and will
     */
    public String before(long reader, String next) {
        return isDue(reader)
                ? "/pro/industries/?welcome=yes&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8)
                : next;
    }

    /** @param answer {@code chosen} or {@code later}; the last one stands */
    public void answered(Handle handle, long reader, String answer) {
        handle.createUpdate("""
                        insert into industry_asked (reader_id, at, answer) values (:reader, :now, :answer)
                        on conflict (reader_id) do update set at = excluded.at, answer = excluded.answer
                        """)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .bind("answer", answer)
                .execute();
    }
}
