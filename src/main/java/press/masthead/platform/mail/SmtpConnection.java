package press.masthead.platform.mail;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a mail server, over which letters go one after another: blocking, for one thread at a time.
 * Where the server pipelines (RFC 2920), the next letter's envelope travels in the same write as the present one's final
 * dot, so that a letter costs one write and one wait.
 */
public final class SmtpConnection implements AutoCloseable {
    private final SmtpServer server;
    private final Wire wire;
    private final Offer offer;
    private final Bytes out = new Bytes();
    private long accepted;
    private boolean broken;

    private SmtpConnection(SmtpServer server, Wire wire, Offer offer) {
        this.server = server;
        this.wire = wire;
        this.offer = offer;
    }

    /** Connects, greets, encrypts and logs in as the settings say. */
    public static SmtpConnection open(SmtpServer server) throws ServerTrouble {
        return open(server, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    public static SmtpConnection open(SmtpServer server, SSLSocketFactory certificates) throws ServerTrouble {
        Wire wire;
        try {
            wire = Wire.connect(server);
        } catch (IOException | RuntimeException unreachable) {
            throw new ServerTrouble(
                    "The mail server " + server.shown() + " can't be reached: " + Trouble.why(unreachable),
                    unreachable);
        }
        try {
            Offer offer = new Greeting(server, wire, certificates).exchange();
            wire.idle();
            return new SmtpConnection(server, wire, offer);
        } catch (IOException lost) {
            boolean late = wire.late();
            wire.close();
            throw Trouble.lost(server, late, lost);
        } catch (ServerTrouble refused) {
            wire.close();
            throw refused;
        }
    }

    /** Letters that this connection has handed over so far. */
    public long accepted() {
        return accepted;
    }

    /** Sends one message whose lines end in CRLF. */
    public Outcome send(Envelope envelope, byte[] message) throws ServerTrouble {
        boolean eightBit = false;
        for (byte b : message) {
            eightBit |= b < 0;
        }
        Single single = new Single(new Envelope(envelope.from(), envelope.to(), message.length, eightBit), message);
        sendAll(single);
        return single.outcome();
    }

    /**
     * Sends letters until there are no more.
     *
     * @throws ServerTrouble when the connection is of no more use; letters not settled by then are owed as before
     */
    public void sendAll(Letters letters) throws ServerTrouble {
        if (broken) {
            throw new ServerTrouble("The connection to " + server.shown() + " is closed.");
        }
        boolean inDoubt = false;
        try {
            Envelope current = letters.next().orElse(null);
            if (current != null) {
                announce(current);
            }
            while (current != null) {
                out.clear();
                // put together while the server is still busy with what it was sent before
                boolean dotFree = letters.write(out);
                if (inDoubt) {
                    inDoubt = false;
                    settle(letters, finalReply());
                }
                Outcome no = begin(current);
                if (no != null) {
                    letters.settled(no);
                    current = letters.next().orElse(null);
                    if (current != null) {
                        announce(current);
                    }
                    continue;
                }
                if (!dotFree) {
                    Dots.stuff(out);
                }
                out.ascii(endsLine(out) ? ".\r\n" : "\r\n.\r\n");
                int complete = out.length();
                Envelope next = offer.pipelining() ? letters.next().orElse(null) : null;
                if (next != null && offer.refusal(next) == null) {
                    offer.envelope(next, out);
                }
                handOver(letters, complete);
                inDoubt = true;
                if (!offer.pipelining()) {
                    inDoubt = false;
                    settle(letters, finalReply());
                    next = letters.next().orElse(null);
                }
                current = next;
            }
            if (inDoubt) {
                inDoubt = false;
                settle(letters, finalReply());
            }
            wire.idle();
        } catch (DoubtfulEnd end) {
            boolean late = wire.late();
            broken = true;
            wire.close();
            ServerTrouble trouble = Trouble.lost(server, late, end.broken());
            letters.settled(new Outcome.Doubtful(trouble.sentence()));
            throw trouble;
        } catch (IOException lost) {
            boolean late = wire.late();
            broken = true;
            wire.close();
            throw Trouble.lost(server, late, lost);
        } catch (ServerTrouble trouble) {
            close();
            throw trouble;
        } catch (RuntimeException ours) {
            // the dialogue stands nobody knows where: this connection is not used again
            broken = true;
            wire.close();
            if (inDoubt) {
                letters.settled(new Outcome.Doubtful("Its answer was not waited for."));
            }
            throw ours;
        }
    }

    private void announce(Envelope first) throws IOException {
        if (offer.pipelining() && offer.refusal(first) == null) {
            Bytes commands = new Bytes(512);
            offer.envelope(first, commands);
            wire.within(server.timeouts().answer());
            wire.write(commands);
        }
    }

    /** MAIL, RCPT and DATA: nothing when the server now waits for the letter, else what became of it. */
    private @Nullable Outcome begin(Envelope envelope) throws IOException, ServerTrouble {
        Outcome.Refused refusal = offer.refusal(envelope);
        if (refusal != null) {
            return refusal;
        }
        Reply mail = answer(() -> offer.mail(envelope));
        if (!offer.pipelining() && !mail.positive()) {
            return sender(mail);
        }
        Reply rcpt = answer(() -> offer.rcpt(envelope));
        if (!offer.pipelining() && !rcpt.positive()) {
            reset();
            return recipient(rcpt);
        }
        Reply data = answer(() -> "DATA\r\n");
        if (data.code() == 354 && mail.positive() && rcpt.positive()) {
            return null;
        }
        if (data.code() == 354) {
            // a server that wants a letter for nobody gets an empty one (RFC 2920, 3.1)
            command(".\r\n");
            wire.reply();
        }
        if (!mail.positive()) {
            return sender(mail);
        }
        if (!rcpt.positive()) {
            return recipient(rcpt);
        }
        return recipient(data.positive() || data.code() / 100 == 3 ? Reply.of(451, "no 354 to DATA: " + data) : data);
    }

    /** A sender who is rejected is rejected for every letter: that is the server's trouble and no reader's, but for the size. */
    private Outcome sender(Reply reply) throws ServerTrouble {
        if (reply.code() == 552 || reply.enhanced().equals("5.3.4")) {
            return Outcome.of(reply);
        }
        throw new ServerTrouble("The mail server " + server.shown() + " does not take mail from this sender: " + reply);
    }

    private Outcome recipient(Reply reply) throws ServerTrouble {
        if (Trouble.ofServer(reply)) {
            throw new ServerTrouble("The mail server " + server.shown() + " stopped: " + reply);
        }
        return Outcome.of(reply);
    }

    /** Writes the letter; when that fails, whether its final dot may have left decides between doubt and owing it as before. */
    private void handOver(Letters letters, int complete) throws IOException {
        wire.within(server.timeouts().data());
        try {
            wire.write(out);
        } catch (IOException lost) {
            if (wire.handed() >= complete) {
                throw new DoubtfulEnd(lost);
            }
            // counted as an attempt, since some letters make a filter hang up, and would be tried for ever
            letters.settled(new Outcome.Deferred(
                    new Reply(0, "", "the connection was lost before the letter was complete: " + Trouble.why(lost))));
            throw lost;
        }
    }

    private Reply finalReply() throws IOException {
        wire.within(server.timeouts().finalDot());
        try {
            return wire.reply();
        } catch (IOException lost) {
            throw new DoubtfulEnd(lost);
        }
    }

    private void settle(Letters letters, Reply reply) throws ServerTrouble {
        Outcome outcome = Outcome.of(reply);
        if (outcome instanceof Outcome.Accepted) {
            accepted++;
        }
        letters.settled(outcome);
        if (reply.code() == 421) {
            throw new ServerTrouble("The mail server " + server.shown() + " stopped: " + reply);
        }
    }

    private Reply answer(Supplier<String> unlessPipelined) throws IOException {
        if (!offer.pipelining()) {
            command(unlessPipelined.get());
        }
        wire.within(server.timeouts().answer());
        return wire.reply();
    }

    private void command(String line) throws IOException {
        wire.within(server.timeouts().answer());
        wire.write(new Bytes(128).utf8(line));
    }

    private void reset() throws IOException {
        command("RSET\r\n");
        wire.reply();
    }

    private static boolean endsLine(Bytes bytes) {
        int length = bytes.length();
        return length > 1 && bytes.at(length - 1) == '\n' && bytes.at(length - 2) == '\r';
    }

    /** The connection broke after the final dot. */
    private static final class DoubtfulEnd extends IOException {
        private final IOException broken;

        DoubtfulEnd(IOException broken) {
            super(broken);
            this.broken = broken;
        }

        IOException broken() {
            return broken;
        }
    }

    /** Says goodbye when the server still listens. */
    @Override
    public void close() {
        if (!broken) {
            broken = true;
            try {
                wire.within(Duration.ofSeconds(2));
                wire.write(new Bytes(16).ascii("QUIT\r\n"));
                wire.reply();
            } catch (IOException gone) {
                // it hung up first, which is a goodbye as well
            }
        }
        wire.close();
    }
}
