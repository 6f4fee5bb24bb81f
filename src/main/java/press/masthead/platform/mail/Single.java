package press.masthead.platform.mail;

import java.util.Optional;

/** One letter as a queue of letters. */
final class Single implements Letters {
    private final Envelope envelope;
    private final byte[] message;
    private boolean given;
    private Outcome outcome = new Outcome.Deferred(new Reply(0, "", "not sent"));

    Single(Envelope envelope, byte[] message) {
        this.envelope = envelope;
        this.message = message;
    }

    Outcome outcome() {
        return outcome;
    }

    @Override
    public Optional<Envelope> next() {
        if (given) {
            return Optional.empty();
        }
        given = true;
        return Optional.of(envelope);
    }

    @Override
    public boolean write(Bytes into) {
        into.append(message);
        return false;
    }

    @Override
    public void settled(Outcome became) {
        outcome = became;
    }
}
