package press.masthead.platform.mail;

import java.util.Optional;

/**
 * Letters waiting to go over one connection. For each, in this order: {@link #next} (its envelope), {@link #write} (its bytes),
 * {@link #settled} (what became of it). The envelope of the following letter is asked for before the present one is settled,
 * since it travels behind its final dot.
 */
public interface Letters {
    Optional<Envelope> next();

    /** Writes the letter whose envelope was given last; lines end in CRLF. Returns whether no line begins with a dot. */
    boolean write(Bytes into);

    /** Called once for each letter that was begun, in order, unless {@link ServerTrouble} ends the connection first. */
    void settled(Outcome outcome);
}
