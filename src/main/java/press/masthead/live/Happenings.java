package press.masthead.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in sessions, told to those who watch on this node. One thread hears from the database, reads each changed question once, and
 * puts it before every listener; many changes of one question between two readings are told as one.
 */
public final class Happenings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Happenings.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jdbi jdbi;
    private final LiveSessions sessions;
    private final Questions questions;
    private final Captions captions;
    private final Map<Long, Room> rooms = new ConcurrentHashMap<>();
    private final BlockingQueue<Long> changed = new LinkedBlockingQueue<>();
    private final Thread writer;

    public Happenings(Jdbi jdbi, LiveSessions sessions, Questions questions, Captions captions) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.questions = questions;
        this.captions = captions;
        this.writer = Thread.ofVirtual().name("live-happenings").start(this::run);
    }

    private static final class Room {
        final Set<Listener> listeners = new CopyOnWriteArraySet<>();
        volatile long told;
        volatile @Nullable Whole whole;
    }

    /** A session as it stood after a happening: whoever comes in a crowd is told what the one before was told. */
    private record Whole(long id, String state, List<Question> questions, List<Captions.Line> lines, long readAt) {
        boolean isGood(long last) {
            return id == last && System.nanoTime() - readAt < TimeUnit.SECONDS.toNanos(2);
        }
    }

    private Whole whole(Room room, long session, long last) {
        Whole known = room.whole;
        if (known != null && known.isGood(last)) return known;
        synchronized (room) {
            Whole other = room.whole;
            if (other != null && other.isGood(last)) return other;
            var read = new Whole(last, state(session), questions.of(session), captions.now(session), System.nanoTime());
            room.whole = read;
            return read;
        }
    }

    /** Notices of the channel "live": a session's number, or nothing where something may have been missed. */
    public void hear(String notice) {
        if (notice.isEmpty()) changed.addAll(rooms.keySet());
        else changed.add(Long.parseLong(notice));
    }

    private record Happened(long id, long questionId, long captionId, long erasedId) {}

    private List<Happened> since(long session, long id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, coalesce(question_id, 0) as question_id, coalesce(caption_id, 0) as caption_id,
                               coalesce(erased_id, 0) as erased_id from live_happening
                        where session_id = :session and id > :id order by id limit 5000
                        """)
                .bind("session", session)
                .bind("id", id)
                .mapTo(Happened.class)
                .list());
    }

    private long last(long session) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce(max(id), 0) from live_happening where session_id = :session")
                .bind("session", session)
                .mapTo(Long.class)
                .one());
    }

    /** Lets someone listen: first all that they missed since that happening, or the whole where there is none; then what comes. */
    void join(Listener listener, long since) {
        Room room = rooms.computeIfAbsent(listener.session(), id -> {
            var made = new Room();
            made.told = last(id);
            return made;
        });
        room.listeners.add(listener);
        // Whatever is not told yet is told to this one, too: it listens already.
        long until = room.told;
        if (since > 0 && since <= until) {
            List<Happened> missed = since < until ? since(listener.session(), since) : List.of();
            if (!missed.isEmpty()) tell(listener.session(), missed, Set.of(listener));
        } else {
            Whole whole = whole(room, listener.session(), until);
            var text = new StringBuilder(event(until, "session", whole.state()));
            for (Question one : whole.questions()) text.append(event(until, "question", seen(one, listener)));
            text.append(said(until, whole.lines()));
            listener.tell(text.toString());
        }
    }

    void leave(Listener listener) {
        Room room = rooms.get(listener.session());
        if (room != null) room.listeners.remove(listener);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var some = new HashSet<Long>();
                some.add(changed.take());
                changed.drainTo(some);
                for (long session : some) told(session);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("A live session could not be told what happened", e);
            }
        }
    }

    private void told(long session) {
        Room room = rooms.get(session);
        if (room == null) return;
        List<Happened> news = since(session, room.told);
        if (news.isEmpty()) return;
        room.told = news.getLast().id();
        if (!room.listeners.isEmpty()) tell(session, news, room.listeners);
    }

    private void tell(long session, List<Happened> news, Set<Listener> listeners) {
        long id = news.getLast().id();
        var ids = new HashSet<Long>();
        var lines = new HashSet<Long>();
        var erased = new StringBuilder();
        boolean ofTheSession = false;
        for (Happened one : news) {
            if (one.questionId() != 0) ids.add(one.questionId());
            else if (one.captionId() != 0) lines.add(one.captionId());
            else if (one.erasedId() != 0) erased.append(event(id, "question", gone(one.erasedId())));
            else ofTheSession = true;
        }
        String head = (ofTheSession ? event(id, "session", state(session)) : "")
                + (lines.isEmpty() ? "" : said(id, captions.these(session, lines)))
                + erased;
        List<Question> changes = ids.isEmpty() ? List.of() : questions.these(session, ids);
        var forAll = new StringBuilder(head);
        var forStaff = new StringBuilder(head);
        for (Question one : changes) {
            forAll.append(event(id, "question", one.isShown() ? shown(one) : gone(one.id())));
            forStaff.append(event(id, "question", whole(one)));
        }
        Set<Long> askers = new HashSet<>();
        changes.forEach(one -> askers.add(one.readerId()));
        for (Listener listener : listeners) {
            if (listener.staff()) listener.tell(forStaff.toString());
            else if (askers.contains(listener.reader())) {
                var own = new StringBuilder(head);
                for (Question one : changes) own.append(event(id, "question", seen(one, listener)));
                listener.tell(own.toString());
            } else listener.tell(forAll.toString());
        }
    }

    private static String said(long id, List<Captions.Line> lines) {
        var text = new StringBuilder();
        for (Captions.Line line : lines)
            text.append(event(id, "caption", json(Map.of("id", line.id(), "words", line.words()))));
        return text.toString();
    }

    private String state(long session) {
        return json(
                Map.of("state", sessions.find(session).map(LiveSession::state).orElse("ended")));
    }

    private static String seen(Question one, Listener listener) {
        if (listener.staff()) return whole(one);
        if (listener.reader() != 0 && one.readerId() == listener.reader()) return own(one);
        return one.isShown() ? shown(one) : gone(one.id());
    }

    private static Map<String, Object> fields(Question one) {
        var fields = new HashMap<String, Object>();
        fields.put("id", one.id());
        fields.put("body", one.body());
        fields.put("name", one.name());
        fields.put("state", one.state());
        fields.put("votes", one.votes());
        fields.put("answer", one.answer());
        fields.put("ahead", one.ahead());
        return fields;
    }

    private static String shown(Question one) {
        return json(fields(one));
    }

    private static String gone(long question) {
        return json(Map.of("id", question, "gone", true));
    }

    private static String own(Question one) {
        var fields = fields(one);
        fields.put("own", true);
        return json(fields);
    }

    private static String whole(Question one) {
        var fields = fields(one);
        one.mergedInto().ifPresent(into -> fields.put("into", into));
        fields.put("anonymous", one.anonymous());
        return json(fields);
    }

    private static String json(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String event(long id, String name, String data) {
        return "id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n";
    }

    @Override
    public void close() {
        writer.interrupt();
        rooms.values().forEach(room -> room.listeners.forEach(Listener::end));
    }
}
