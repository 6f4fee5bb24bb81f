package press.masthead.live;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.broadcast.Broadcast;
import press.masthead.broadcast.Rtmp;
import press.masthead.desk.Audit;
import press.masthead.platform.web.Problem;

/** Begins a session, or goes on with it after a break: from a journalist's browser, or from a program that has the session's key. */
public final class GoLive implements Rtmp.Door {
    private final Jdbi jdbi;
    private final LiveSessions sessions;
    private final Questions questions;
    private final StreamKeys keys;
    private final Broadcast broadcast;
    private final Audit audit;

    public GoLive(
            Jdbi jdbi, LiveSessions sessions, Questions questions, StreamKeys keys, Broadcast broadcast, Audit audit) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.questions = questions;
        this.keys = keys;
        this.broadcast = broadcast;
        this.audit = audit;
    }

    /**
     * The number of the take.
     *
     * @param takesOver whether to go on in the place of whoever else is live
     * @param byHand whether the journalist pressed the button, and their page does not go on by itself
     */
    long fromBrowser(LiveSession session, long staff, boolean takesOver, boolean byHand) {
        if (session.isDraft()) throw Problem.stale("Please announce the session before you go live.");
        if (session.isOver()) throw Problem.stale("This session is over.");
        broadcast
                .onAir(session.id())
                .filter(other -> (other.isProgram() || other.by() != staff) && !takesOver)
                .ifPresent(other -> {
                    throw Problem.stale(
                            other.isProgram()
                                    ? "Someone else is live in this session already, with OBS or a program like it."
                                    : "Someone else is live in this session already.");
                });
        return begin(session, staff, "matroska", byHand);
    }

    /** Begins a session whose pictures come from elsewhere. */
    void fromOutside(LiveSession session, long staff) {
        if (session.isDraft()) throw Problem.stale("Please announce the session before you go live.");
        if (session.isOver()) throw Problem.stale("This session is over.");
        if (!session.isFromOutside()) throw Problem.stale("This session plays no stream from elsewhere.");
        begin(session, staff);
    }

    private long begin(LiveSession session, long staff, String form, boolean byHand) {
        long take = broadcast.open(session.id(), staff, form, byHand);
        begin(session, staff);
        return take;
    }

    private void begin(LiveSession session, long staff) {
        jdbi.useTransaction(handle -> {
            LiveSession now = sessions.hold(handle, session.id()).orElseThrow();
            if (now.isLive()) return;
            sessions.begin(handle, now.id());
            audit.note(handle, staff, "went live in " + now.title());
            questions.tellState(handle, now.id());
        });
    }

    @Override
    public Rtmp.Entry enter(String key) {
        StreamKeys.Holder holder = keys.holder(key)
                .orElseThrow(() -> new Rtmp.Refused("This key is not known. Copy the newest one from the studio."));
        Optional<LiveSession> found = sessions.find(holder.sessionId());
        String trouble = trouble(found);
        if (!trouble.isEmpty()) {
            keys.trouble(holder.sessionId(), trouble);
            throw new Rtmp.Refused(trouble);
        }
        return new Program(found.orElseThrow(), holder, key);
    }

    private String trouble(Optional<LiveSession> found) {
        if (found.isEmpty() || found.get().isOver()) return "This session is over.";
        if (found.get().isDraft()) return "Please announce the session before you go live.";
        return broadcast
                .onAir(found.get().id())
                .filter(other -> !other.isProgram())
                .map(other -> "Someone is live from a browser in this session already. End it there first.")
                .orElse("");
    }

    /** A program that has the session's key. */
    private final class Program implements Rtmp.Entry {
        private final LiveSession session;
        private final StreamKeys.Holder holder;
        private final String key;

        Program(LiveSession session, StreamKeys.Holder holder, String key) {
            this.session = session;
            this.holder = holder;
            this.key = key;
        }

        @Override
        public long session() {
            return session.id();
        }

        @Override
        public long begin() {
            keys.trouble(session.id(), "");
            return GoLive.this.begin(session, holder.madeBy(), "flv", false);
        }

        @Override
        public boolean isGood() {
            return keys.holder(key).isPresent();
        }

        @Override
        public void trouble(String sentence) {
            keys.trouble(session.id(), sentence);
        }
    }
}
