package press.masthead.live;

import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.nodes.Entities;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;
import press.masthead.broadcast.Playlists;
import press.masthead.desk.Audit;
import press.masthead.platform.mail.LetterWords;
import press.masthead.platform.web.Problem;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.search.Gatherings;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** Makes the draft of a memo out of what was asked and answered in a session: once, for the same readers, published by nobody but editors. */
public final class DraftMemo {
    private final Jdbi jdbi;
    private final LiveSessions sessions;
    private final Questions questions;
    private final Playlists playlists;
    private final Drafts drafts;
    private final Publication publication;
    private final Audit audit;

    public DraftMemo(
            Jdbi jdbi,
            LiveSessions sessions,
            Questions questions,
            Playlists playlists,
            Drafts drafts,
            Publication publication,
            Audit audit) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.questions = questions;
        this.playlists = playlists;
        this.drafts = drafts;
        this.publication = publication;
        this.audit = audit;
    }

    /** @param isNew whether it was made just now */
    record Made(long story, boolean isNew) {}

    /** The draft that was made already. */
    Optional<Long> made(long session) {
        return jdbi.withHandle(handle -> made(handle, session));
    }

    private static Optional<Long> made(Handle handle, long session) {
        return handle.createQuery("select memo_id from live_session where id = :id and memo_id is not null")
                .bind("id", session)
                .mapTo(Long.class)
                .findOne();
    }

    Made make(long session, Reader staff) {
        return jdbi.inTransaction(handle -> {
            LiveSession one = sessions.hold(handle, session).orElseThrow();
            Optional<Long> before = made(handle, session);
            if (before.isPresent()) return new Made(before.get(), false);
            if (!one.isOver()) throw Problem.stale("A memo draft can be made once the session is over.");
            List<Question> answered = answered(one);
            if (answered.isEmpty())
                throw Problem.stale("No question was answered in this session, so there is nothing to make a memo of.");
            if (!(drafts.create(handle, draft(one, answered, who(handle, one, staff)), staff.id())
                    instanceof Drafts.Saved saved))
                throw new IllegalStateException("an address made of a title gives way");
            handle.createUpdate("update live_session set memo_id = :story where id = :id")
                    .bind("story", saved.id())
                    .bind("id", session)
                    .execute();
            audit.note(handle, staff.id(), "made a memo draft of " + one.title());
            return new Made(saved.id(), true);
        });
    }

    /** Those that were answered aloud as they came, then those that were answered in writing alone, the most wanted first. */
    private List<Question> answered(LiveSession one) {
        List<Question> all = questions.of(one.id()).stream()
                .filter(asked -> asked.isAnswered()
                        && (!asked.answer().isEmpty() || asked.answeringAt().isPresent()))
                .toList();
        return Stream.concat(
                        all.stream()
                                .filter(asked -> asked.answeringAt().isPresent())
                                .sorted(Comparator.comparing(
                                        asked -> asked.answeringAt().orElseThrow())),
                        all.stream()
                                .filter(asked -> asked.answeringAt().isEmpty())
                                .sorted(Comparator.comparing(Question::votes).reversed()))
                .toList();
    }

    /** @param author whose name stands over stories; empty where none does */
    private record Who(String name, String author) {
        List<String> authors() {
            return author.isEmpty() ? List.of() : List.of(author);
        }
    }

    /** Who was live the longest, or else whoever makes the draft; under the name that stands over their stories. */
    private static Who who(Handle handle, LiveSession one, Reader staff) {
        return handle.createQuery("""
                        select coalesce(a.name, r.name) as name, coalesce(a.slug, '') as author from reader r
                        left join staff s on s.reader_id = r.id left join author a on a.id = s.author_id
                        left join (select by, sum(received) as sent from live_take where session_id = :session group by by) t on t.by = r.id
                        where coalesce(a.name, r.name) <> '' and (t.by is not null or r.id = :staff)
                        order by t.sent desc nulls last, r.id limit 1
                        """)
                .bind("session", one.id())
                .bind("staff", staff.id())
                .mapTo(Who.class)
                .findOne()
                .orElse(new Who("", ""));
    }

    private Draft draft(LiveSession one, List<Question> answered, Who who) {
        LetterWords words = LetterWords.in(publication.settings().language());
        String language = Gatherings.language(one.title(), one.announcement());
        var body = new StringBuilder();
        if (Audience.of(one.access()) != Audience.PUBLIC) body.append("<!--members-->");
        for (Question asked : answered) {
            body.append("<h2>").append(Entities.escape(asked.body())).append("</h2>");
            if (!asked.name().isEmpty())
                body.append("<p><em>")
                        .append(Entities.escape(words.t("Asked by {name}", "name", asked.name())))
                        .append("</em></p>");
            asked.answer()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(line ->
                            body.append("<p>").append(Entities.escape(line)).append("</p>"));
            asked.answeringAt()
                    .ifPresent(at -> body.append("<p><a href=\"%s#t=%d\">%s</a></p>"
                            .formatted(
                                    one.path(),
                                    Math.max(0, Math.round(playlists.place(one.id(), at)) - one.trimStart()),
                                    words.t("Hear the answer"))));
        }
        String day = DateTimeFormatter.ofPattern("d MMMM yyyy", words.locale())
                .format(one.startsAt().atZone(one.zoneId()));
        return new Draft(
                "memo",
                "",
                one.title(),
                who.name().isBlank()
                        ? words.t("What members asked us live on {day}, and the answers.", "day", day)
                        : words.t(
                                "What members asked {who} live on {day}, and the answers.",
                                "who",
                                who.name(),
                                "day",
                                day),
                body.toString(),
                language,
                language.matches("ar|he") ? "rtl" : "ltr",
                "",
                Optional.empty(),
                new Rule(Audience.of(one.access()), Set.copyOf(one.plans()), FreeTime.NEVER, false),
                false,
                List.of(),
                List.of(),
                List.of(),
                who.authors(),
                "");
    }
}
