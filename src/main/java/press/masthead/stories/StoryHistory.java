package press.masthead.stories;

import com.github.difflib.text.DiffRow;
import com.github.difflib.text.DiffRowGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** What a story was before: every saving, what differs between two, and who did what to it. */
final class StoryHistory {
    private final Jdbi jdbi;

    StoryHistory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    record Revision(
            int revision,
            String title,
            String standfirst,
            String opening,
            String rest,
            Instant savedAt,
            Optional<String> savedBy,
            boolean autosaved,
            Optional<String> filed) {
        List<String> lines() {
            return StoryHistory.lines(title, standfirst, opening + rest);
        }

        /** Whom it named then; none where this saving has not kept it. */
        Optional<List<String>> entities() {
            return filed.flatMap(json -> Optional.ofNullable(Filed.read(json).entities()));
        }

        /** As it was then; what this saving has not kept is taken from the draft given. */
        Draft over(Draft now) {
            Draft then = filed.map(json -> Filed.read(json).draft(title, standfirst, ""))
                    .orElseGet(() -> now.withText(title, standfirst, ""));
            return then.withText(title, standfirst, StoryText.whole(opening, rest, then.access(), then.kind()));
        }
    }

    record Event(String what, String note, Instant at, Optional<String> by) {
        String sentence() {
            String who = by.orElse("Masthead");
            return switch (what) {
                case "created" -> who + " began it";
                case "updated" -> who + " changed it while published";
                case "review" -> who + " sent it to review";
                case "draft" -> who + " took it back to draft";
                case "scheduled" -> who + " scheduled it";
                case "published" -> who + " published it";
                case "embargoed" -> who + (note.isEmpty() ? " lifted the embargo" : " put it under embargo");
                case "withdrawn" -> who + " withdrew it";
                case "restored" -> who + " restored " + note;
                case "corrected" -> who + " added a correction";
                default -> who + ": " + what;
            };
        }
    }

    List<Revision> revisions(long story) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.revision, r.title, '' as standfirst, '' as opening, '' as rest, r.saved_at, r.autosaved,
                               null as filed,
                               coalesce(nullif(by.name, ''), by.email) as saved_by
                        from story_revision r left join reader by on by.id = r.saved_by
                        where r.story_id = :story order by r.revision desc limit 200
                        """)
                .bind("story", story)
                .mapTo(Revision.class)
                .list());
    }

    Optional<Revision> revision(long story, int number) {
        return latestUpTo(story, number).filter(found -> found.revision() == number);
    }

    /** The one before, in what the history has kept. */
    Optional<Revision> before(long story, int number) {
        return latestUpTo(story, number - 1);
    }

    /** That one, or what the history has kept of the time before it. */
    Optional<Revision> latestUpTo(long story, int number) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.revision, r.title, r.standfirst, r.opening, r.rest, r.saved_at, r.autosaved, r.filed,
                               coalesce(nullif(by.name, ''), by.email) as saved_by
                        from story_revision r left join reader by on by.id = r.saved_by
                        where r.story_id = :story and r.revision <= :number order by r.revision desc limit 1
                        """)
                .bind("story", story)
                .bind("number", number)
                .mapTo(Revision.class)
                .findOne());
    }

    List<Event> events(long story) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select e.what, e.note, e.at, coalesce(nullif(by.name, ''), by.email) as by
                        from story_event e left join reader by on by.id = e.by
                        where e.story_id = :story order by e.id desc limit 200
                        """).bind("story", story).mapTo(Event.class).list());
    }

    /** What readers are told was put right. */
    record Correction(String text, Instant at) {}

    List<Correction> corrections(long story) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select text, at from correction where story_id = :story order by at, id")
                        .bind("story", story)
                        .mapTo(Correction.class)
                        .list());
    }

    static List<String> lines(String title, String standfirst, String body) {
        return Stream.concat(Stream.of(title, standfirst), StoryText.lines(body).stream())
                .toList();
    }

    /** A stretch of a line: in both versions, only in the newer, or only in the older. */
    record Piece(Kind kind, String text) {
        enum Kind {
            SAME,
            ADDED,
            GONE
        }
    }

    // Private-use characters mark the stretches: no text has them, and the template escapes the rest.
    private static final char ADDED = '\uE000';
    private static final char GONE = '\uE001';
    private static final char END = '\uE002';

    /** What differs, line by line and word by word; lines that are the same are left out. */
    static List<List<Piece>> difference(List<String> older, List<String> newer) {
        return DiffRowGenerator.create()
                .showInlineDiffs(true)
                .mergeOriginalRevised(true)
                .inlineDiffByWord(true)
                .lineNormalizer(Function.identity())
                .oldTag(opening -> opening ? String.valueOf(GONE) : String.valueOf(END))
                .newTag(opening -> opening ? String.valueOf(ADDED) : String.valueOf(END))
                .build()
                .generateDiffRows(older, newer)
                .stream()
                .filter(row -> row.getTag() != DiffRow.Tag.EQUAL)
                .map(row -> pieces(row.getOldLine()))
                .toList();
    }

    private static List<Piece> pieces(String line) {
        var pieces = new ArrayList<Piece>();
        var kind = Piece.Kind.SAME;
        var text = new StringBuilder();
        for (char c : (line + END).toCharArray()) {
            if (c != ADDED && c != GONE && c != END) {
                text.append(c);
                continue;
            }
            if (!text.isEmpty()) pieces.add(new Piece(kind, text.toString()));
            text.setLength(0);
            kind = c == ADDED ? Piece.Kind.ADDED : c == GONE ? Piece.Kind.GONE : Piece.Kind.SAME;
        }
        return pieces;
    }
}
