package press.masthead.editions;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.web.Html;

/**
 * Editions as pages of the site: what everyone got, or for members what they got; never what a letter says to one person.
 * Of a newsletter for members everyone else gets the headlines, which are public, and not one of the editor's words.
 */
public final class PastEditions {
    private final Jdbi jdbi;
    private final Html html;

    public PastEditions(Jdbi jdbi, Html html) {
        this.jdbi = jdbi;
        this.html = html;
    }

    /** An edition in a list. */
    public record Past(LocalDate day, String subject) {
        /** {@code rtl} or {@code ltr}, by the subject's first letter that has one. */
        public String direction() {
            return Sheet.direction(subject);
        }
    }

    /** @param updatedAt when it left */
    public record Address(String slug, LocalDate day, Instant updatedAt) {
        public String path() {
            return "/newsletters/" + slug + "/" + day + "/";
        }
    }

    /**
     * An edition to be read.
     *
     * @param titled whether its subject says something else than its first story's headline
     * @param html its stories and the editor's words, from our own template
     * @param summary one line for those who have not opened it
     * @param withheld whether members got more than this
     * @param sent whether it has left; one that has not is for the newsroom's eyes
     */
    public record Reading(
            LocalDate day,
            String subject,
            boolean titled,
            String html,
            String summary,
            boolean withheld,
            boolean sent) {}

    /** The newsletter's editions that have left, for days before the one given, newest first. */
    public List<Past> before(long newsletter, LocalDate day, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select day, subject from edition
                        where newsletter_id = :newsletter and state in ('sending', 'sent') and day < :day
                        order by day desc limit :most
                        """)
                .bind("newsletter", newsletter)
                .bind("day", day)
                .bind("most", most)
                .mapTo(Past.class)
                .list());
    }

    /** The edition for a day as everyone may read it, headings a step smaller where it is a sample on another page. */
    public Optional<Reading> open(Newsletter newsletter, LocalDate day, boolean sample) {
        return jdbi.withHandle(handle ->
                find(handle, newsletter, day, false).map(edition -> forEveryone(handle, newsletter, edition, sample)));
    }

    /** The edition for a day with what is for members. */
    public Optional<Reading> whole(Newsletter newsletter, LocalDate day, Answer.Open pass) {
        return jdbi.withHandle(handle ->
                find(handle, newsletter, day, false).map(edition -> whole(handle, newsletter, edition, pass)));
    }

    /** The same for the newsroom, which follows the link in a test letter before the edition has left. */
    public Optional<Reading> wholeOrDraft(Newsletter newsletter, LocalDate day, Answer.Open pass) {
        return jdbi.withHandle(
                handle -> find(handle, newsletter, day, true).map(edition -> whole(handle, newsletter, edition, pass)));
    }

    private static Optional<Edition> find(Handle handle, Newsletter newsletter, LocalDate day, boolean drafts) {
        return handle.createQuery("""
                        select * from edition
                        where newsletter_id = :newsletter and day = :day and (:drafts or state in ('sending', 'sent'))
                        """)
                .bind("newsletter", newsletter.id())
                .bind("day", day)
                .bind("drafts", drafts)
                .mapTo(Edition.class)
                .findOne();
    }

    private Reading forEveryone(Handle handle, Newsletter newsletter, Edition edition, boolean sample) {
        List<Item> open = Items.open(handle, edition.id());
        if (!newsletter.isForMembers())
            return reading(edition, new WebSheet(edition.top(), open, sample), more(handle, edition));
        List<Item> headlines =
                open.stream().filter(Item.Story.class::isInstance).toList();
        return reading(edition, new WebSheet("", headlines, sample), true);
    }

    private Reading whole(Handle handle, Newsletter newsletter, Edition edition, Answer.Open pass) {
        return reading(edition, new WebSheet(edition.top(), Items.whole(handle, edition.id(), pass), false), false);
    }

    private Reading reading(Edition edition, WebSheet sheet, boolean withheld) {
        boolean sent = edition.state() == Edition.State.SENDING || edition.state() == Edition.State.SENT;
        return new Reading(
                edition.day(),
                edition.subject(),
                !sheet.opensWith(edition.subject()),
                html.text("editions/web", sheet),
                sheet.summary(),
                withheld,
                sent);
    }

    private static boolean more(Handle handle, Edition edition) {
        return handle.createQuery(
                        "select exists (select from edition_block where edition_id = :id and audience <> 'everyone')")
                .bind("id", edition.id())
                .mapTo(Boolean.class)
                .one();
    }

    /** Whose stories the newsletter's latest editions carried, most often first: names, and under them addresses. */
    public List<Writer> writers(long newsletter, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select a.slug, a.name from (
                          select id from edition where newsletter_id = :newsletter and state in ('sending', 'sent')
                          order by day desc limit 5) latest
                        join edition_item i on i.edition_id = latest.id
                        join story s on s.id = i.story_id and s.state = 'published'
                        join story_author sa on sa.story_id = s.id join author a on a.id = sa.author_id
                        group by a.id order by count(*) desc, a.name limit :most
                        """)
                .bind("newsletter", newsletter)
                .bind("most", most)
                .mapTo(Writer.class)
                .list());
    }

    public record Writer(String slug, String name) {}

    private static final String ADDRESSES = """
            select n.slug, e.day, coalesce(e.sent_at, e.due_at) as updated_at
            from edition e join newsletter n on n.id = e.newsletter_id and n.audience = 'everyone'
            where e.state in ('sending', 'sent')
            """;

    /** Every sent edition that everyone may read, newest first. */
    public List<Address> addresses(int most) {
        return jdbi.withHandle(
                handle -> handle.createQuery(ADDRESSES + " order by e.day desc, e.newsletter_id limit :most")
                        .bind("most", most)
                        .mapTo(Address.class)
                        .list());
    }

    /** Those for the days of one month. */
    public List<Address> addresses(YearMonth month, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(ADDRESSES
                        + " and e.day between :first and :last order by e.day desc, e.newsletter_id limit :most")
                .bind("first", month.atDay(1))
                .bind("last", month.atEndOfMonth())
                .bind("most", most)
                .mapTo(Address.class)
                .list());
    }

    /** The months that have such editions, newest first. */
    public List<YearMonth> months() {
        return jdbi
                .withHandle(
                        handle -> handle.createQuery("""
                        select distinct date_trunc('month', e.day)::date as month
                        from edition e join newsletter n on n.id = e.newsletter_id and n.audience = 'everyone'
                        where e.state in ('sending', 'sent') order by month desc
                        """).mapTo(LocalDate.class).list())
                .stream()
                .map(YearMonth::from)
                .toList();
    }
}
