package press.masthead.live;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.platform.db.Notices;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** What is asked in live sessions. Each change is written behind the session's row, with a happening, and told to every node. */
public final class Questions {
    static final String CHANNEL = "live";
    private static final int MOST_LETTERS = 500;
    private static final int MOST_A_MINUTE = 6;

    private static final String ALL = """
            select q.id, coalesce(q.reader_id, 0) as reader_id, case when q.anonymous then '' else coalesce(r.name, '') end as name,
                   q.anonymous, q.body, q.state, q.votes, q.merged_into, q.answer, q.asked_at, q.answering_at,
                   case when q.state = 'queued' then (select count(*) from live_question o where o.session_id = q.session_id
                     and o.state = 'queued' and (o.queued_at, o.id) < (q.queued_at, q.id))::int else 0 end as ahead
            from live_question q left join reader r on r.id = q.reader_id
            """;

    private final Jdbi jdbi;
    private final LiveSessions sessions;
    private final Limits limits;
    private final Clock clock;

    public Questions(Jdbi jdbi, LiveSessions sessions, Limits limits, Clock clock) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.limits = limits;
        this.clock = clock;
    }

    List<Question> of(long session) {
        return jdbi.withHandle(handle -> handle.createQuery(ALL + "where q.session_id = :session order by q.id")
                .bind("session", session)
                .mapTo(Question.class)
                .list());
    }

    List<Question> these(long session, Set<Long> ids) {
        return jdbi.withHandle(
                handle -> handle.createQuery(ALL + "where q.session_id = :session and q.id = any(:ids) order by q.id")
                        .bind("session", session)
                        .bindArray("ids", Long.class, ids)
                        .mapTo(Question.class)
                        .list());
    }

    /** For which of a session's questions someone voted. */
    Set<Long> votes(long session, long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select v.question_id from live_vote v join live_question q on q.id = v.question_id
                        where q.session_id = :session and v.reader_id = :reader
                        """)
                .bind("session", session)
                .bind("reader", reader)
                .mapTo(Long.class)
                .set());
    }

    /** Asks, before or during the session. @return whether a moderator looks at it first */
    boolean ask(LiveSession session, Answer.Open open, Reader reader, String body, boolean anonymous) {
        limits.spend("live-ask:" + session.id() + ":" + reader.id(), MOST_A_MINUTE, Duration.ofMinutes(1));
        if (body.isBlank()) throw Problem.invalid("Please write a question first.");
        if (body.length() > MOST_LETTERS) throw Problem.invalid("Please keep your question to 500 letters.");
        return jdbi.inTransaction(handle -> {
            LiveSession now = sessions.hold(handle, session.id()).orElseThrow();
            if (now.isOver()) throw Problem.stale("This session is over, so nobody can ask any more.");
            if (isMuted(handle, session.id(), reader.id()))
                throw Problem.forbidden("The moderator takes no more questions from you in this session.");
            long id = handle.createQuery("""
                            insert into live_question (session_id, reader_id, anonymous, body, state, asked_at)
                            values (:session, :reader, :anonymous, :body, :state, :now) returning id
                            """)
                    .bind("session", session.id())
                    .bind("reader", reader.id())
                    .bind("anonymous", anonymous && now.anonymous())
                    .bind("body", body)
                    .bind("state", now.holdFirst() ? "held" : "open")
                    .bind("now", clock.instant())
                    .mapTo(Long.class)
                    .one();
            tell(handle, session.id(), Optional.of(id));
            return now.holdFirst();
        });
    }

    private static boolean isMuted(Handle handle, long session, long reader) {
        return handle.createQuery(
                        "select exists (select from live_mute where session_id = :session and reader_id = :reader)")
                .bind("session", session)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one();
    }

    /** Votes for a question, or takes the vote back. @return whether it has their vote now */
    boolean vote(LiveSession session, Answer.Open open, Reader reader, long question) {
        return jdbi.inTransaction(handle -> {
            var _ = sessions.hold(handle, session.id()).orElseThrow();
            Question asked = one(handle, session.id(), question)
                    .filter(Question::isShown)
                    .orElseThrow(() -> Problem.notFound("There is no such question any more."));
            boolean taken = handle.createUpdate("delete from live_vote where question_id = :id and reader_id = :reader")
                            .bind("id", asked.id())
                            .bind("reader", reader.id())
                            .execute()
                    == 1;
            if (!taken)
                handle.createUpdate("insert into live_vote (question_id, reader_id) values (:id, :reader)")
                        .bind("id", asked.id())
                        .bind("reader", reader.id())
                        .execute();
            recount(handle, asked.id());
            tell(handle, session.id(), Optional.of(asked.id()));
            return !taken;
        });
    }

    private static void recount(Handle handle, long question) {
        handle.createUpdate(
                        "update live_question set votes = (select count(*) from live_vote where question_id = :id) where id = :id")
                .bind("id", question)
                .execute();
    }

    private static Optional<Question> one(Handle handle, long session, long question) {
        return handle.createQuery(ALL + "where q.session_id = :session and q.id = :id")
                .bind("session", session)
                .bind("id", question)
                .mapTo(Question.class)
                .findOne();
    }

    /** What a moderator does with a question. */
    enum Move {
        SHOW("open"),
        HOLD("held"),
        REFUSE("refused"),
        QUEUE("queued"),
        ANSWER("answering"),
        DONE("answered");

        private final String state;

        Move(String state) {
            this.state = state;
        }
    }

    void move(long session, long question, Move move) {
        jdbi.useTransaction(handle -> {
            var _ = sessions.hold(handle, session).orElseThrow();
            held(handle, session, question);
            if (move == Move.ANSWER) finishOthers(handle, session, question);
            handle.createUpdate("""
                            update live_question set state = :state, merged_into = null,
                              queued_at = case when :state = 'queued' then :now else queued_at end,
                              answering_at = case when :state = 'answering' then :now else answering_at end,
                              answered_at = case when :state = 'answered' then :now else answered_at end
                            where id = :id
                            """)
                    .bind("state", move.state)
                    .bind("now", clock.instant())
                    .bind("id", question)
                    .execute();
            tell(handle, session, Optional.of(question));
        });
    }

    private static Question held(Handle handle, long session, long question) {
        return one(handle, session, question)
                .orElseThrow(() -> Problem.notFound("There is no such question any more."));
    }

    /** Only one is being answered: another that was, has been. */
    private void finishOthers(Handle handle, long session, long but) {
        List<Long> done = handle.createQuery("""
                        update live_question set state = 'answered', answered_at = :now
                        where session_id = :session and state = 'answering' and id <> :but returning id
                        """)
                .bind("session", session)
                .bind("but", but)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .list();
        done.forEach(id -> tell(handle, session, Optional.of(id)));
    }

    /** The session is over: what was being answered has been. */
    void finish(Handle handle, long session) {
        finishOthers(handle, session, 0);
    }

    /** A written answer; an empty one takes it back. */
    void answer(long session, long question, String words) {
        if (words.length() > 5_000) throw Problem.invalid("Please keep the answer to 5,000 letters.");
        jdbi.useTransaction(handle -> {
            var _ = sessions.hold(handle, session).orElseThrow();
            Question asked = held(handle, session, question);
            handle.createUpdate("""
                            update live_question set answer = :words,
                              state = case when :words <> '' and state in ('held', 'open', 'queued') then 'answered' else state end,
                              answered_at = coalesce(answered_at, :now) where id = :id
                            """)
                    .bind("words", words)
                    .bind("now", clock.instant())
                    .bind("id", asked.id())
                    .execute();
            tell(handle, session, Optional.of(question));
        });
    }

    /** The same question twice becomes one, with the votes of both; who voted for both counts once. */
    void merge(long session, long question, long into) {
        if (question == into) throw Problem.invalid("Please choose another question to merge it into.");
        jdbi.useTransaction(handle -> {
            var _ = sessions.hold(handle, session).orElseThrow();
            held(handle, session, question);
            Question kept = held(handle, session, into);
            if (!kept.isShown()) throw Problem.invalid("Please choose a question that is shown.");
            handle.createUpdate("""
                            insert into live_vote (question_id, reader_id)
                            select :into, reader_id from live_vote where question_id = :id
                            union select :into, reader_id from live_question where id = :id and reader_id is not null
                            on conflict do nothing
                            """).bind("into", into).bind("id", question).execute();
            handle.createUpdate("update live_question set state = 'merged', merged_into = :into where id = :id")
                    .bind("into", into)
                    .bind("id", question)
                    .execute();
            recount(handle, into);
            tell(handle, session, Optional.of(question));
            tell(handle, session, Optional.of(into));
        });
    }

    /** Takes no more from whoever asked this; what of theirs is only held, is refused. */
    void mute(long session, long question) {
        jdbi.useTransaction(handle -> {
            var _ = sessions.hold(handle, session).orElseThrow();
            Question asked = held(handle, session, question);
            if (asked.readerId() == 0) return;
            handle.createUpdate(
                            "insert into live_mute (session_id, reader_id) values (:session, :reader) on conflict do nothing")
                    .bind("session", session)
                    .bind("reader", asked.readerId())
                    .execute();
            handle.createUpdate(
                            "update live_question set state = 'refused' where id = :id and state in ('held', 'open')")
                    .bind("id", question)
                    .execute();
            tell(handle, session, Optional.of(question));
        });
    }

    /** The session began or ended. */
    void tellState(Handle handle, long session) {
        tell(handle, session, Optional.empty());
    }

    private void tell(Handle handle, long session, Optional<Long> question) {
        handle.createUpdate(
                        "insert into live_happening (session_id, question_id, at) values (:session, :question, :now)")
                .bind("session", session)
                .bind("question", question.orElse(null))
                .bind("now", clock.instant())
                .execute();
        Notices.send(handle, CHANNEL, Long.toString(session));
    }
}
