package press.masthead.deliveries;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.access.Standing;
import press.masthead.access.Standings;
import press.masthead.deliveries.LetterRows.Taken;
import press.masthead.platform.mail.Dkim;
import press.masthead.platform.mail.SmtpServer;

/** This node's hands and the heartbeat that keeps others from burying them. */
public final class Hands implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hands.class);

    private final Jdbi jdbi;
    private final Deliveries deliveries;
    private final Standings standings;
    private final Supplier<SmtpServer> server;
    private final Optional<Dkim> dkim;
    private final Clock clock;
    private final HandSettings settings;
    private final String node = UUID.randomUUID().toString();

    private final List<Thread> threads = new ArrayList<>();
    private final Thread heart = Thread.ofVirtual().name("hands-heartbeat").unstarted(this::heartbeat);
    private final Map<Long, OpenMailing> mailings = new ConcurrentHashMap<>();
    private volatile boolean closing;
    private volatile long seenAt;

    /**
     * @param standings asked again, as letters leave, of those whose letters are for members
     * @param dkim empty sends unsigned
     */
    public Hands(
            Jdbi jdbi,
            Deliveries deliveries,
            Standings standings,
            Supplier<SmtpServer> server,
            Optional<Dkim> dkim,
            Clock clock,
            HandSettings settings) {
        this.jdbi = jdbi;
        this.deliveries = deliveries;
        this.standings = standings;
        this.server = server;
        this.dkim = dkim;
        this.clock = clock;
        this.settings = settings;
    }

    /** Registers this node and begins. */
    public void start() {
        // before the first hand looks: it would think its node unseen, and rest
        seenAt = System.nanoTime();
        for (int number = 1; number <= settings.hands(); number++) {
            long id = register(number);
            var hand = new Hand(id, jdbi, this, server, dkim.map(key -> key.signer(clock)), clock, settings);
            // no virtual one, which pays for each wait twice; see RATIONALE.md
            threads.add(Thread.ofPlatform().daemon().name("hand-" + number).start(hand));
        }
        heart.start();
    }

    private long register(int number) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into hand (node, number, started_at, seen_at)
                        values (:node, :number, clock_timestamp(), clock_timestamp()) returning id
                        """)
                .bind("node", node)
                .bind("number", number)
                .mapTo(Long.class)
                .one());
    }

    private void heartbeat() {
        while (!closing) {
            try {
                long asked = System.nanoTime();
                int seen = jdbi.withHandle(handle -> handle.createUpdate("""
                                        update hand set seen_at = clock_timestamp()
                                        where node = :node and number = any(:living)
                                        """)
                        .bind("node", node)
                        .bindArray("living", Integer.class, living())
                        .execute());
                if (seen > 0) seenAt = asked;
            } catch (RuntimeException e) {
                LOG.warn("the database does not answer, so no letter leaves: {}", e.getMessage());
            }
            pause(settings.silence().dividedBy(6));
        }
    }

    /** A hand that an error ended is not vouched for: what it held will be doubted. */
    private Object[] living() {
        return IntStream.rangeClosed(1, settings.hands())
                .filter(number -> threads.get(number - 1).isAlive())
                .boxed()
                .toArray();
    }

    boolean closing() {
        return closing;
    }

    /** Not once others may think this node dead: half of the silence they wait for. */
    boolean maySend() {
        return System.nanoTime() - seenAt < settings.silence().toNanos() / 2;
    }

    void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        while (!closing && System.nanoTime() < until)
            LockSupport.parkNanos(Math.min(until - System.nanoTime(), 100_000_000));
    }

    /** The oldest mailing that may leave and has a letter due. Looks up one letter of each open mailing by its index. */
    Optional<OpenMailing> due() {
        Optional<OpenMailing.Row> found = jdbi.withHandle(handle -> handle.createQuery("""
                                select m.id, m.return_path, m.domain, m.mark, m.starts_at, m.deadline
                                from mailing m cross join lateral (
                                  select from letter l
                                  where l.mailing_id = m.id and l.state in ('owed', 'deferred') and l.next_attempt <= :now
                                  order by l.next_attempt limit 1) waiting
                                where m.state = 'sending' and m.deadline > :now and m.starts_at <= :now
                                order by m.id limit 1
                                """)
                .bind("now", clock.instant())
                .mapTo(OpenMailing.Row.class)
                .findOne());
        // frozen messages are large, and nobody asks for those of a mailing that is done
        if (found.isEmpty()) mailings.clear();
        return found.map(
                row -> mailings.computeIfAbsent(row.id(), id -> open(row)).until(row.deadline()));
    }

    private OpenMailing open(OpenMailing.Row row) {
        return OpenMailing.of(
                row,
                settings.batch(),
                variant -> new OpenMailing.Variant(
                        deliveries
                                .message(row.id(), variant)
                                .orElseThrow(() -> new IllegalStateException(
                                        "mailing " + row.id() + " has no variant " + variant)),
                        deliveries.reserved(row.id(), variant)));
    }

    /** Where those stand whose letters these are, as far as one of the letters asks. */
    Map<Long, Standing> standings(Handle handle, OpenMailing mailing, List<Taken> taken, Instant now) {
        List<Long> asked = taken.stream()
                .filter(letter -> mailing.reserved(letter.variant()).isPresent())
                .map(Taken::readerId)
                .toList();
        return asked.isEmpty() ? Map.of() : standings.standings(handle, asked, now);
    }

    /** Makes owed again what an uncertain answer of the database left with a hand. */
    void giveBack(long hand) {
        for (Progress open : deliveries.open())
            jdbi.useTransaction(
                    handle -> new LetterRows(open.id(), settings.batch()).giveBack(handle, hand, clock.instant()));
    }

    /** What the mail server as a whole is at, shown with the mailing; empty when it works. */
    void tell(long mailing, String trouble) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update mailing set trouble = :trouble, trouble_at = :now where id = :id and (trouble <> '' or :trouble <> '')")
                .bind("id", mailing)
                .bind("trouble", trouble)
                .bind("now", clock.instant())
                .execute());
    }

    /** Lets each hand finish the letters it holds, writes that down, and signs off. */
    @Override
    public void close() {
        closing = true;
        var all = new ArrayList<>(threads);
        if (heart.isAlive()) all.add(heart);
        all.forEach(LockSupport::unpark);
        boolean rested = true;
        for (Thread thread : all) {
            try {
                rested &= thread.join(Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        // what a hand could not write down is found by its missing row
        if (rested)
            jdbi.useHandle(handle -> handle.createUpdate("delete from hand where node = :node")
                    .bind("node", node)
                    .execute());
    }
}
