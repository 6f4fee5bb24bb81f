package press.masthead.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/**
 * The mailbox that receives everything while no real mail server is set: a real SMTP server on loopback that forwards
 * nothing and keeps what it gets.
 */
public final class Mailbox implements AutoCloseable {
    /** What is kept; older letters go. */
    private static final int MOST = 5_000;

    private static final int MOST_BYTES = 10 << 20;

    private final Jdbi jdbi;
    private final Clock clock;
    private final SMTPServer server;

    public Mailbox(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .softwareName("Masthead mailbox")
                .maxMessageSize(MOST_BYTES)
                .maxConnections(100)
                .insertReceivedHeaders(false)
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .messageHandlerFactory(Receiver::new)
                .build();
    }

    public void start() {
        server.start();
    }

    /** The address to send to, as {@code SMTP_URL} would give it. */
    public String url() {
        return "smtp://127.0.0.1:" + server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** The newest letters, to one address or to all. */
    List<CaughtLetter> letters(Optional<String> recipient, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, received_at, sender, recipient, subject from caught_letter
                        where :recipient::text is null or recipient = :recipient
                        order by id desc limit :most
                        """)
                .bind("recipient", recipient.orElse(null))
                .bind("most", most)
                .mapTo(CaughtLetter.class)
                .list());
    }

    /** The letter byte for byte, as it came in. */
    Optional<byte[]> source(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select source from caught_letter where id = :id")
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne());
    }

    void empty() {
        jdbi.useHandle(handle -> handle.execute("delete from caught_letter"));
    }

    /** Lets the oldest letters go; for the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        delete from caught_letter where id < (select id from caught_letter order by id desc offset :most limit 1)
                        """).bind("most", MOST).execute());
    }

    private void keep(String sender, List<String> recipients, byte[] source) {
        String subject = subject(source);
        jdbi.useTransaction(handle -> {
            for (String recipient : recipients)
                handle.createUpdate("""
                                insert into caught_letter (received_at, sender, recipient, subject, source)
                                values (:now, :sender, :recipient, :subject, :source)
                                """)
                        .bind("now", clock.instant())
                        .bind("sender", sender)
                        .bind("recipient", recipient)
                        .bind("subject", subject)
                        .bind("source", source)
                        .execute();
        });
    }

    private static String subject(byte[] source) {
        try {
            String[] values = new InternetHeaders(new ByteArrayInputStream(source)).getHeader("Subject");
            return values == null ? "" : MimeUtility.decodeText(MimeUtility.unfold(values[0]));
        } catch (MessagingException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One SMTP conversation; accepts whatever it is given. */
    private final class Receiver implements MessageHandler {
        private String sender = "";
        private final List<String> recipients = new ArrayList<>();

        Receiver(MessageContext context) {}

        @Override
        public void from(String address) {
            sender = address;
        }

        @Override
        public void recipient(String address) {
            recipients.add(address);
        }

        @Override
        public String data(InputStream source) throws IOException {
            keep(sender, recipients, source.readAllBytes());
            return "kept";
        }

        @Override
        public void done() {}
    }
}
