package press.masthead.platform.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries off what lies in the {@link Outbox}. A letter whose carrier died is sent again, under the same Message-ID: a
 * second sign-in letter harms nobody, a missing one does.
 */
public final class CarryPost implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CarryPost.class);
    private static final int AT_ONCE = 20;
    /** A letter taken this long ago and not settled was in the hands of a carrier that is no more. */
    private static final Duration TAKEN_FOR = Duration.ofMinutes(10);

    private static final int MOST_ATTEMPTS = 12;

    private final Jdbi jdbi;
    private final Supplier<SmtpServer> server;
    private final Supplier<MailAddress> sender;
    private final Dkim dkim;
    private final Clock clock;

    /** @param sender whom the letters come from; the domain of its address is in their Message-IDs */
    public CarryPost(Jdbi jdbi, Supplier<SmtpServer> server, Supplier<MailAddress> sender, Dkim dkim, Clock clock) {
        this.jdbi = jdbi;
        this.server = server;
        this.sender = sender;
        this.dkim = dkim;
        this.clock = clock;
    }

    private record Owed(
            long id,
            String toAddress,
            String toName,
            String subject,
            String bodyText,
            String bodyHtml,
            int attempts,
            Instant createdAt,
            String replyTo,
            String calendarMethod,
            String calendar) {}

    @Override
    public void run() {
        List<Owed> taken = take();
        if (taken.isEmpty()) return;
        DkimSigner signer = dkim.signer(clock);
        int done = 0;
        try (var connection = SmtpConnection.open(server.get())) {
            for (Owed letter : taken) {
                // One that no server could be asked to take must not hold up those behind it.
                if (!MailAddress.isAddress(letter.toAddress())) settle(letter, "refused", "This is no address.");
                else settle(letter, connection.send(envelope(letter), message(letter, signer)));
                done++;
            }
        } catch (ServerTrouble trouble) {
            LOG.warn("{} letters wait: {}", taken.size() - done, trouble.sentence());
            for (Owed letter : taken.subList(done, taken.size())) later(letter, trouble.sentence());
        }
    }

    private List<Owed> take() {
        return jdbi.inTransaction(handle -> handle.createQuery("""
                        update outbox set state = 'sending', attempts = attempts + 1, next_try_at = :again
                        where id in (
                          select id from outbox where state in ('owed', 'sending') and next_try_at <= :now
                          order by next_try_at limit :most for update skip locked)
                        returning id, to_address, to_name, subject, body_text, body_html, attempts, created_at, reply_to,
                          calendar_method, calendar
                        """)
                .bind("now", clock.instant())
                .bind("again", clock.instant().plus(TAKEN_FOR))
                .bind("most", AT_ONCE)
                .mapTo(Owed.class)
                .list());
    }

    private Envelope envelope(Owed letter) {
        return Envelope.of(sender.get().address(), letter.toAddress());
    }

    private byte[] message(Owed letter, DkimSigner signer) {
        MailAddress from = sender.get();
        var draft = FrozenMessage.draft()
                .from(from)
                .to(new MailAddress(letter.toName(), letter.toAddress()))
                .subject(letter.subject())
                .date(letter.createdAt(), ZoneOffset.UTC)
                .header(
                        "Message-ID",
                        "<post-" + letter.id() + "-" + letter.createdAt().getEpochSecond() + "@"
                                + from.address().substring(from.address().indexOf('@') + 1) + ">")
                .header("Auto-Submitted", "auto-generated")
                .text(letter.bodyText())
                .html(letter.bodyHtml());
        if (!letter.replyTo().isEmpty()) draft.replyTo(new MailAddress("", letter.replyTo()));
        if (!letter.calendar().isEmpty()) draft.calendar(letter.calendarMethod(), letter.calendar());
        FrozenMessage message = draft.freeze();
        var bytes = new Bytes();
        int body = message.splice(Slot.Values.NONE, bytes);
        signer.signFrozen(bytes, body);
        return bytes.toArray();
    }

    private void settle(Owed letter, Outcome outcome) {
        switch (outcome) {
            case Outcome.Accepted(Reply reply) -> settle(letter, "accepted", reply.toString());
            case Outcome.Refused(Reply reply) -> settle(letter, "refused", reply.toString());
            case Outcome.Deferred(Reply reply) -> later(letter, reply.toString());
            case Outcome.Doubtful(String why) -> later(letter, why);
        }
    }

    private void settle(Owed letter, String state, String reply) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update outbox set state = :state, settled_at = :now, body_text = '', body_html = '',
                          calendar = '', reply_to = '', reply = case when forget then '' else :reply end,
                          to_address = case when forget then '' else to_address end,
                          to_name = case when forget then '' else to_name end
                        where id = :id
                        """)
                .bind("id", letter.id())
                .bind("state", state)
                .bind("reply", reply)
                .bind("now", clock.instant())
                .execute());
    }

    /** After 15 seconds, then twice as long each time, up to an hour; after the twelfth attempt no more. */
    private void later(Owed letter, String reply) {
        if (letter.attempts() >= MOST_ATTEMPTS) {
            settle(letter, "refused", reply);
            return;
        }
        long seconds = Math.min(3_600, 15L << Math.min(letter.attempts() - 1, 10));
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update outbox set state = 'owed', reply = :reply, next_try_at = :next where id = :id")
                .bind("id", letter.id())
                .bind("reply", reply)
                .bind("next", clock.instant().plusSeconds(seconds))
                .execute());
    }
}
