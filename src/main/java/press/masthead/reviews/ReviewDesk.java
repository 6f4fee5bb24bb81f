package press.masthead.reviews;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;
import press.masthead.stories.StoryCard;

/** One week's reviews in the newsroom: what they are composed from, forewords, pins and bans, and any member's with its reasons. */
public final class ReviewDesk {
    private static final int SHOWN = 8;
    private static final int LONGEST_FOREWORD = 600;

    private final Jdbi jdbi;
    private final Readers readers;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public ReviewDesk(Jdbi jdbi, Readers readers, Publication publication, Html html, Clock clock) {
        this.jdbi = jdbi;
        this.readers = readers;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record Week(
            long id, LocalDate day, Instant dueAt, Instant since, String state, long newsletterId, String newsletter) {
        boolean open() {
            return List.of("drafted", "approved", "missed").contains(state);
        }
    }

    record WeekPage(
            Reader staff, String notice, Week week, List<Section> sections, List<StoryCard> banned, Times times) {
        boolean mayEdit() {
            return week.open() && staff.mayPublish();
        }

        boolean mayForeword(Section section) {
            return mayEdit() || week.open() && section.own();
        }
    }

    /**
     * An industry with its best pieces.
     *
     * @param own whether whoever looks is its editor
     */
    record Section(Head head, boolean own, int fresh, int older, List<Line> lines) {}

    record Line(StoryCard card, boolean fresh, boolean pinned) {}

    /** @param problem empty when somebody was found, and at first */
    record MemberPage(
            Reader staff, Week week, String address, String problem, Optional<Explained> explained, Times times) {}

    /** GET /desk/reviews/{id} */
    public void week(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Week week = find(ctx);
        var page = jdbi.inTransaction(handle -> {
            var candidates = Candidates.of(handle, week.id(), week.since(), clock.instant());
            return new WeekPage(
                    staff,
                    Flash.take(ctx),
                    week,
                    sections(handle, week, candidates, staff),
                    banned(handle, week),
                    times());
        });
        html.page(ctx, "reviews/week", page);
    }

    private static List<Section> sections(Handle handle, Week week, Candidates.Week candidates, Reader staff) {
        Optional<Long> byline = byline(handle, staff);
        var heads = Head.of(handle, week.id());
        List<Section> sections = new ArrayList<>();
        for (long industry : candidates.catalogue().industries()) {
            int[] best = candidates.catalogue().best(industry);
            List<Line> lines = new ArrayList<>();
            int fresh = 0;
            for (int number : best) {
                Piece piece = candidates.catalogue().piece(number);
                if (piece.fresh()) fresh++;
                if (lines.size() < SHOWN)
                    lines.add(new Line(
                            candidates.card(piece.story()),
                            piece.fresh(),
                            piece.pinnedIn().contains(industry)));
            }
            Head head = Objects.requireNonNull(heads.get(industry));
            boolean own = byline.isPresent() && head.editorId().equals(byline);
            sections.add(new Section(head, own, fresh, best.length - fresh, lines));
        }
        sections.sort(Comparator.comparing(section -> !section.own()));
        return sections;
    }

    private static List<StoryCard> banned(Handle handle, Week week) {
        return handle.createQuery("""
                        select c.* from review_ban b join story_card c on c.id = b.story_id where b.edition_id = :edition order by b.at desc
                        """)
                .bind("edition", week.id())
                .mapTo(StoryCard.class)
                .list();
    }

    /** The author that a member of staff is. */
    private static Optional<Long> byline(Handle handle, Reader staff) {
        return handle.createQuery("select author_id from staff where reader_id = :id and author_id is not null")
                .bind("id", staff.id())
                .mapTo(Long.class)
                .findOne();
    }

    /** The industry's own editor, whatever else they may do here, or any editor. */
    private Reader forewordBy(Context ctx, long industry) {
        Reader staff = Visit.staff(ctx);
        if (staff.mayPublish()) return staff;
        boolean own = jdbi.withHandle(handle -> byline(handle, staff)
                .filter(author -> handle.createQuery(
                                "select exists (select from industry where id = :id and editor_id = :author)")
                        .bind("id", industry)
                        .bind("author", author)
                        .mapTo(Boolean.class)
                        .one())
                .isPresent());
        return own ? staff : Visit.editor(ctx);
    }

    /** POST /desk/reviews/{id}/foreword: industry, text; an empty text takes it away */
    public void foreword(Context ctx) {
        long industry = number(ctx.formParam("industry"));
        Reader editor = forewordBy(ctx, industry);
        Week week = open(ctx);
        String text = text(ctx.formParam("text"));
        if (text.length() > LONGEST_FOREWORD)
            throw Problem.invalid(
                    "A foreword has at most " + LONGEST_FOREWORD + " characters; this one has " + text.length() + ".");
        jdbi.useHandle(handle -> {
            if (text.isEmpty())
                handle.execute(
                        "delete from review_foreword where edition_id = ? and industry_id = ?", week.id(), industry);
            else
                handle.createUpdate("""
                                insert into review_foreword (edition_id, industry_id, text, by, at)
                                select :edition, id, :text, :by, :now from industry where id = :industry
                                on conflict (edition_id, industry_id) do update set text = excluded.text, by = excluded.by, at = excluded.at
                                """)
                        .bind("edition", week.id())
                        .bind("industry", industry)
                        .bind("text", text)
                        .bind("by", editor.id())
                        .bind("now", clock.instant())
                        .execute();
        });
        back(ctx, week, text.isEmpty() ? "The foreword is gone." : "Saved.", "industry-" + industry);
    }

    /** POST /desk/reviews/{id}/steer: {@code pin=industry-story}, {@code unpin}, {@code ban=story} or {@code unban} */
    public void steer(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Week week = open(ctx);
        String[] pin = text(ctx.formParam("pin")).split("-");
        String[] unpin = text(ctx.formParam("unpin")).split("-");
        long ban = number(ctx.formParam("ban"));
        long unban = number(ctx.formParam("unban"));
        Instant now = clock.instant();
        jdbi.useHandle(handle -> {
            if (pin.length == 2) handle.execute("""
                        insert into review_pin (edition_id, industry_id, story_id, by, at)
                        select ?, industry_id, story_id, ?, ? from story_industry where industry_id = ? and story_id = ? on conflict do nothing
                        """, week.id(), editor.id(), now, number(pin[0]), number(pin[1]));
            if (unpin.length == 2)
                handle.execute(
                        "delete from review_pin where edition_id = ? and industry_id = ? and story_id = ?",
                        week.id(),
                        number(unpin[0]),
                        number(unpin[1]));
            if (ban > 0)
                handle.execute(
                        "insert into review_ban (edition_id, story_id, by, at) select ?, id, ?, ? from story where id = ? on conflict do nothing",
                        week.id(),
                        editor.id(),
                        now,
                        ban);
            if (unban > 0)
                handle.execute("delete from review_ban where edition_id = ? and story_id = ?", week.id(), unban);
        });
        String done = pin.length == 2
                ? "It comes first in its industry."
                : ban > 0 ? "It is in nobody's review this week." : "Undone.";
        back(ctx, week, done, text(ctx.formParam("at")));
    }

    /** GET /desk/reviews/{id}/member?address=: one member's review as it would be now, with its reasons */
    public void member(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Week week = find(ctx);
        String address = text(ctx.queryParam("address"));
        Optional<Reader> reader = EmailAddress.parse(address).flatMap(readers::byEmail);
        Optional<Explained> explained = reader.flatMap(known -> explain(week, known.id()));
        String problem = address.isEmpty() || explained.isPresent()
                ? ""
                : reader.isEmpty()
                        ? "Nobody has the address " + address + "."
                        : address + " is no member now, so there is no review for them.";
        html.page(ctx, "reviews/member", new MemberPage(staff, week, address, problem, explained, times()));
    }

    private Optional<Explained> explain(Week week, long reader) {
        return jdbi.inTransaction(handle -> {
            Instant now = clock.instant();
            var candidates = Candidates.of(handle, week.id(), week.since(), now);
            List<Explained> found = new ArrayList<>();
            new Members(handle, candidates, now)
                    .one(
                            week.newsletterId(),
                            reader,
                            (member, withheld) -> found.add(Explained.of(
                                    handle,
                                    candidates,
                                    new Compose(candidates.catalogue()).review(member.ranking(), withheld),
                                    member,
                                    withheld)));
            return found.stream().findFirst();
        });
    }

    private Week find(Context ctx) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.id, e.day, e.due_at, e.since, e.state, n.id as newsletter_id, n.name as newsletter
                        from edition e join newsletter n on n.id = e.newsletter_id and n.slot = 'personal' where e.id = :id
                        """)
                .bind("id", number(ctx.pathParam("id")))
                .mapTo(Week.class)
                .findOne()
                .orElseThrow(() -> Problem.notFound("There is no such review.")));
    }

    private Week open(Context ctx) {
        Week week = find(ctx);
        if (!week.open())
            throw Problem.stale("This week's reviews have left or were skipped, so nothing about them can be changed.");
        return week;
    }

    private static void back(Context ctx, Week week, String notice, String place) {
        Flash.put(ctx, notice);
        ctx.redirect(
                "/desk/reviews/" + week.id() + (place.matches("industry-\\d+|banned") ? "#" + place : ""),
                HttpStatus.SEE_OTHER);
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
