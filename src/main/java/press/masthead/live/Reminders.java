package press.masthead.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.calendar.CalendarEntry;
import press.masthead.platform.calendar.CalendarEntry.Mailbox;
import press.masthead.platform.calendar.CalendarEntry.Method;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;

/** Letters a day and ten minutes before a session, to whoever asked for them; and the session's entry for a calendar. */
public final class Reminders implements Runnable {
    private static final Duration LENGTH = Duration.ofHours(1);
    private static final int AT_ONCE = 500;

    private final Jdbi jdbi;
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;
    private final Supplier<MailAddress> sender;
    private final String mailDomain;
    private final Clock clock;

    public Reminders(
            Jdbi jdbi,
            Outbox outbox,
            Html html,
            Supplier<Letterhead> letterhead,
            Supplier<MailAddress> sender,
            String mailDomain,
            Clock clock) {
        this.jdbi = jdbi;
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
        this.sender = sender;
        this.mailDomain = mailDomain;
        this.clock = clock;
    }

    /** Puts someone on the list, or takes them off it. A letter whose hour has passed already is not sent. */
    void choose(LiveSession session, long reader, boolean wanted) {
        if (!wanted) {
            jdbi.useHandle(handle -> handle.createUpdate(
                            "delete from live_reminder where session_id = :session and reader_id = :reader")
                    .bind("session", session.id())
                    .bind("reader", reader)
                    .execute());
            return;
        }
        boolean dayIsPast = session.startsAt().isBefore(clock.instant().plus(Duration.ofDays(1)));
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into live_reminder (session_id, reader_id, asked_at, day_at)
                        values (:session, :reader, :now, case when :past then cast(:now as timestamptz) end) on conflict do nothing
                        """)
                .bind("session", session.id())
                .bind("reader", reader)
                .bind("now", clock.instant())
                .bind("past", dayIsPast)
                .execute());
    }

    boolean isWanted(long session, long reader) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from live_reminder where session_id = :session and reader_id = :reader)")
                .bind("session", session)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one());
    }

    private record Due(
            long sessionId,
            long readerId,
            String email,
            String name,
            String language,
            String title,
            String slug,
            Instant startsAt,
            String zone,
            boolean soon) {}

    /** Writes the letters that are due; for the timetable. */
    @Override
    public void run() {
        jdbi.useTransaction(handle -> {
            for (Due due : due(handle)) {
                Letterhead from = letterhead.get().to(Optional.of(due.language()));
                outbox.put(handle, letter(from, due).to(due.email(), due.name(), from, html));
                handle.createUpdate(
                                "update live_reminder set day_at = coalesce(day_at, :now), soon_at = case when :soon then cast(:now as timestamptz) end"
                                        + " where session_id = :session and reader_id = :reader")
                        .bind("now", clock.instant())
                        .bind("soon", due.soon())
                        .bind("session", due.sessionId())
                        .bind("reader", due.readerId())
                        .execute();
            }
        });
    }

    private List<Due> due(Handle handle) {
        return handle.createQuery("""
                        select s.id as session_id, r.id as reader_id, r.email, r.name, r.language, s.title, s.slug, s.starts_at, s.zone,
                               s.starts_at <= :soon as soon
                        from live_session s join live_reminder m on m.session_id = s.id join reader r on r.id = m.reader_id
                        where s.state = 'announced' and s.starts_at > :now and s.starts_at <= :day
                          and m.soon_at is null and (m.day_at is null or s.starts_at <= :soon)
                        order by s.starts_at limit :most for update of m skip locked
                        """)
                .bind("now", clock.instant())
                .bind("soon", clock.instant().plus(Duration.ofMinutes(10)))
                .bind("day", clock.instant().plus(Duration.ofDays(1)))
                .bind("most", AT_ONCE)
                .mapTo(Due.class)
                .list();
    }

    private static Letter letter(Letterhead from, Due due) {
        String when = from.in(ZoneId.of(due.zone())).moment(due.startsAt());
        return new Letter(
                due.soon()
                        ? from.t("In ten minutes: {session}", "session", due.title())
                        : from.t("Soon live: {session}", "session", due.title()),
                due.title(),
                List.of(
                        due.soon() ? from.t("We are about to begin.") : from.t("It begins on {when}.", "when", when),
                        from.t("You can ask your question already.")),
                from.t("Open the session"),
                from.at(LiveSession.path(due.slug())),
                List.of(from.t("You get this letter because you asked to be reminded of this session.")));
    }

    /** The session's entry as a file (RFC 5545), an hour long. */
    String file(LiveSession session) {
        MailAddress from = sender.get();
        return new CalendarEntry(
                        "live-" + session.id() + "@" + mailDomain,
                        0,
                        session.startsAt(),
                        session.startsAt().plus(LENGTH),
                        session.zoneId(),
                        session.title(),
                        "",
                        session.announcement(),
                        letterhead.get().at(session.path()),
                        clock.instant(),
                        new Mailbox(from.name(), from.address()),
                        Optional.empty())
                .ics(Method.PUBLISH);
    }
}
