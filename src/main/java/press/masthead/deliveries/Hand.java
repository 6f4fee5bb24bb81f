package press.masthead.deliveries;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.access.Standing;
import press.masthead.deliveries.LetterRows.Became;
import press.masthead.deliveries.LetterRows.Place;
import press.masthead.deliveries.LetterRows.Taken;
import press.masthead.platform.mail.DkimSigner;
import press.masthead.platform.mail.Reply;
import press.masthead.platform.mail.ServerTrouble;
import press.masthead.platform.mail.SmtpConnection;
import press.masthead.platform.mail.SmtpServer;

/** One worker with one connection: takes letters, sends them with no transaction open, writes down what became of them. */
final class Hand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Hand.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final long id;
    private final Jdbi jdbi;
    private final Hands hands;
    private final Supplier<SmtpServer> server;
    private final Optional<DkimSigner> signer;
    private final Clock clock;
    private final HandSettings settings;

    private @Nullable SmtpConnection connection;
    private int failures;
    /** The database failed in the middle of something: it may have given this hand letters without our knowing. */
    private boolean unsure;

    Hand(
            long id,
            Jdbi jdbi,
            Hands hands,
            Supplier<SmtpServer> server,
            Optional<DkimSigner> signer,
            Clock clock,
            HandSettings settings) {
        this.id = id;
        this.jdbi = jdbi;
        this.hands = hands;
        this.server = server;
        this.signer = signer;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public void run() {
        while (!hands.closing()) {
            try {
                if (unsure) giveBack();
                Optional<OpenMailing> due = hands.maySend() ? hands.due() : Optional.empty();
                if (due.isPresent()) send(due.orElseThrow());
                else rest();
            } catch (RuntimeException e) {
                unsure = true;
                if (!hands.closing()) LOG.warn("a hand pauses", e);
                hands.pause(settings.poll());
            }
        }
        hangUp();
    }

    private void rest() {
        hangUp();
        hands.pause(settings.poll());
    }

    /** Between two batches a hand holds nothing, so what stands with it in the ledger was never sent. */
    private void giveBack() {
        hands.giveBack(id);
        unsure = false;
    }

    /** Sends the mailing's letters until none is due; nothing is taken before there is a connection to send it over. */
    private void send(OpenMailing mailing) {
        SmtpConnection line = connect(mailing);
        if (line == null) return;
        Armful taken = jdbi.inTransaction(handle -> take(handle, mailing, Place.START, clock.instant()));
        while (!taken.letters().isEmpty()) {
            var batch = new Batch(
                    mailing,
                    taken.letters(),
                    taken.standings(),
                    signer.orElse(null),
                    hands::maySend,
                    clock.instant(),
                    settings.giveUpAfter(),
                    () -> ThreadLocalRandom.current().nextDouble());
            String trouble = carry(line, batch);
            taken = settle(mailing, batch, trouble);
            if (!trouble.isEmpty()) {
                stumble(mailing, trouble);
            } else if (failures > 0) {
                hands.tell(mailing.id(), "");
                failures = 0;
            }
        }
    }

    /** What a hand takes at once, and where those stand, at this moment, of whom that is asked. */
    private record Armful(List<Taken> letters, Map<Long, Standing> standings) {
        static final Armful NONE = new Armful(List.of(), Map.of());
    }

    private Armful take(Handle handle, OpenMailing mailing, Place from, Instant now) {
        List<Taken> taken = mailing.rows().take(handle, id, from, now);
        return new Armful(taken, hands.standings(handle, mailing, taken, now));
    }

    /** Sends the batch. Says what was wrong with the server or with us; nothing is thrown, since the answers must be written down. */
    private String carry(SmtpConnection line, Batch batch) {
        try {
            line.sendAll(batch);
            return "";
        } catch (ServerTrouble broken) {
            hangUp();
            return broken.sentence();
        } catch (RuntimeException ours) {
            LOG.error("letters can't be made", ours);
            hangUp();
            return "The letters can't be made: " + ours.getMessage();
        }
    }

    /** Writes the answers down and takes the next letters in the same transaction; tries until the database has them. */
    private Armful settle(OpenMailing mailing, Batch batch, String trouble) {
        List<Became> became = batch.became(trouble);
        boolean goOn = trouble.isEmpty() && hands.maySend() && !hands.closing();
        while (true) {
            try {
                Instant now = clock.instant();
                return jdbi.inTransaction(handle -> {
                    Optional<Reply> never = batch.refusedThemAll(() -> Tallies.anyAccepted(handle, mailing.id()));
                    if (never.isPresent()) {
                        Deliveries.holdRefused(handle, mailing.id(), never.orElseThrow());
                        mailing.rows().settle(handle, id, batch.allOwed(), now);
                        return Armful.NONE;
                    }
                    mailing.rows().settle(handle, id, became, now);
                    return goOn && !unsure ? take(handle, mailing, batch.end(), now) : Armful.NONE;
                });
            } catch (RuntimeException e) {
                unsure = true;
                LOG.warn("{} answers can't be written down yet", became.size(), e);
                if (hands.closing()) throw e;
                hands.pause(settings.poll());
            }
        }
    }

    private @Nullable SmtpConnection connect(OpenMailing mailing) {
        if (connection != null) return connection;
        try {
            connection = SmtpConnection.open(server.get());
            return connection;
        } catch (ServerTrouble trouble) {
            stumble(mailing, trouble.sentence());
            return null;
        }
    }

    /** Says so on the mailing and pauses: not at all after the first time, since a working line may break, then 1, 2, 4 ... 60 s. */
    private void stumble(OpenMailing mailing, String trouble) {
        hands.tell(mailing.id(), trouble);
        if (failures++ == 0) return;
        Duration pause = Duration.ofSeconds(1L << Math.min(failures - 2, 6));
        hands.pause(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    private void hangUp() {
        if (connection != null) connection.close();
        connection = null;
    }
}
