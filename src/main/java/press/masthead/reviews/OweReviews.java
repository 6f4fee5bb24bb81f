package press.masthead.reviews;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import press.masthead.deliveries.Audience;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Mailing;
import press.masthead.deliveries.Reserved;
import press.masthead.deliveries.Unmade;
import press.masthead.editions.ComposedLetter;
import press.masthead.editions.Composition;
import press.masthead.editions.Edition;
import press.masthead.editions.SendTest;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.web.Problem;
import press.masthead.subscriptions.UnsubscribeLinks;

/**
 * Lets a week's reviews go, in the transaction that decides it: each member's review is composed and written down, what any of
 * them holds is frozen once, and one letter is owed to each. A member for whom there is nothing this week gets no letter.
 */
public final class OweReviews implements Composition {
    private static final Duration IN_TIME = Duration.ofHours(6);
    private static final int ROWS_AT_ONCE = 20_000;
    static final String VARIANT = "review";

    private final Deliveries deliveries;
    private final ComposedLetter letter;
    private final UnsubscribeLinks links;
    private final Unmade unmade;

    public OweReviews(Deliveries deliveries, Unmade unmade, ComposedLetter letter, UnsubscribeLinks links) {
        this.deliveries = deliveries;
        this.unmade = unmade;
        this.letter = letter;
        this.links = links;
    }

    @Override
    public long owe(Handle handle, Edition edition, Newsletter newsletter, Instant now) {
        var week = Candidates.of(handle, edition.id(), edition.since(), now);
        Set<String> used = composeAll(handle, edition, newsletter, week, now);
        if (used.isEmpty())
            throw Problem.invalid("There is nothing in this week's review for anybody, so it can't be sent.");
        var leaves = new ReviewLeaves(handle, edition, newsletter, week.cards(), letter);
        var draft = letter.draft(edition, newsletter, now);
        leaves.putAll(used, draft);
        var mailing = new Mailing(
                "edition",
                Long.toString(edition.id()),
                newsletter.name(),
                letter.returnPath(),
                letter.mailDomain(),
                Map.of(VARIANT, draft.freeze()),
                Map.of(VARIANT, Reserved.forMembers()),
                now,
                now.plus(IN_TIME));
        return deliveries.owe(handle, mailing, audience(newsletter, "composed")).mailing();
    }

    private Audience audience(Newsletter newsletter, String composed) {
        return new Audience("""
                select r.id as reader_id, r.email as address, r.name, 'review' as variant, c.token,
                       jsonb_build_object(
                         'greeting', :hello || case when btrim(r.name) = '' then '.' else ', ' || split_part(btrim(r.name), ' ', 1) || '.' end,
                         'subject', c.subject, 'parts', c.parts, 'reserved', c.reserved) as personal
                from %s c join reader r on r.id = c.reader_id
                """.formatted(composed), Map.of("hello", letter.hello(newsletter)));
    }

    @Override
    public Optional<Look> look(
            Handle handle, Edition edition, Newsletter newsletter, For whom, String greeting, Instant now) {
        return OneReview.of(handle, edition, newsletter, whom, now)
                .map(one -> letter.look(
                        edition, newsletter, one.subject(), leaves(handle, edition, newsletter, one), greeting));
    }

    private List<ComposedLetter.Leaf> leaves(Handle handle, Edition edition, Newsletter newsletter, OneReview one) {
        var leaves = new ReviewLeaves(handle, edition, newsletter, one.week().cards(), letter);
        return one.parts().names().stream().map(leaves::leaf).toList();
    }

    @Override
    public void test(Handle handle, Edition edition, Newsletter newsletter, long staff, For whom, Instant now) {
        OneReview one = OneReview.of(handle, edition, newsletter, whom, now)
                .orElseThrow(() -> Problem.invalid("There is nothing in this review, so there is no letter to send."));
        var draft = letter.draft(edition, newsletter, now);
        var leaves = new ReviewLeaves(handle, edition, newsletter, one.week().cards(), letter);
        one.parts().names().forEach(name -> leaves.put(name, draft));
        var mailing = new Mailing(
                "test",
                edition.id() + "-" + UUID.randomUUID(),
                SendTest.PREFIX + one.subject(),
                letter.returnPath(),
                letter.mailDomain(),
                Map.of(VARIANT, draft.freeze()),
                now,
                now.plus(IN_TIME));
        var composed = audience(
                newsletter,
                "(select :staff as reader_id, :token as token, :subject as subject, :parts as parts, '' as reserved)");
        deliveries.owe(
                handle,
                mailing,
                composed.with(Map.of(
                        "staff",
                        staff,
                        "token",
                        links.token(newsletter.id(), staff),
                        "subject",
                        SendTest.PREFIX + one.subject(),
                        "parts",
                        one.parts().joined())));
    }

    @Override
    public long mend(Handle handle, Edition edition, Newsletter newsletter, long mailing, Instant now) {
        FrozenMessage kept = Unmade.message(handle, mailing, VARIANT);
        List<String> lacking = Unmade.values(handle, mailing, ComposedLetter.PARTS).stream()
                .flatMap(parts -> Stream.of(parts.split(" ")))
                .distinct()
                .filter(name -> !kept.hasLeaf(name))
                .toList();
        var draft = letter.draft(edition, newsletter, now);
        var leaves = new ReviewLeaves(handle, edition, newsletter, ReviewLeaves.cards(handle, lacking), letter);
        for (String name : lacking)
            try {
                leaves.put(name, draft);
            } catch (RuntimeException still) {
                throw Problem.invalid(
                        leaves.titled(name) + " still can’t be made part of a letter: " + still.getMessage() + ".");
            }
        return unmade.mend(handle, mailing, VARIANT, kept.withLeavesOf(draft.freeze()));
    }

    /** Writes down every member's review. Returns the names of all leaves that some letter is made of. */
    private Set<String> composeAll(
            Handle handle, Edition edition, Newsletter newsletter, Candidates.Week week, Instant now) {
        String partition = "member_review_" + edition.id();
        handle.execute("create table " + partition
                + " (like member_review including defaults including constraints, constraint one_edition check (edition_id = "
                + edition.id() + "))");
        handle.execute(
                "create temporary table composed (reader_id bigint, token text, subject text, parts text, reserved text) on commit drop");
        Set<String> used = new HashSet<>();
        var compose = new Compose(week.catalogue());
        var kept = new Copied(
                handle,
                "copy " + partition + " (edition_id, reader_id, industries, lengths, stories, chosen) from stdin");
        var composed = new Copied(handle, "copy composed (reader_id, token, subject, parts, reserved) from stdin");
        new Members(handle, week, now).forEach(newsletter.id(), (member, withheld) -> {
            Review review = compose.review(member.ranking(), withheld);
            if (review.blocks().isEmpty()) return;
            var parts = ReviewParts.of(review, member.whose());
            used.addAll(parts.names());
            kept.row(
                    Long.toString(edition.id()),
                    Long.toString(member.readerId()),
                    array(review.blocks().stream().map(Review.Block::industry).toList()),
                    array(review.blocks().stream()
                            .map(block -> (long) block.stories().size())
                            .toList()),
                    array(review.stories()),
                    member.chosen() ? "t" : "f");
            composed.row(
                    Long.toString(member.readerId()),
                    links.token(newsletter.id(), member.readerId()),
                    week.card(review.stories().getFirst()).title(),
                    parts.joined(),
                    Reserved.needs(review.stories().stream()
                            .map(story -> week.card(story).rule())
                            .toList()));
        });
        kept.finish();
        composed.finish();
        handle.execute(
                "alter table member_review attach partition " + partition + " for values in (" + edition.id() + ")");
        handle.execute("analyze " + partition);
        return used;
    }

    private static String array(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    /** Rows on their way into a table by COPY, some thousands at a time. */
    private static final class Copied {
        private final Handle handle;
        private final String copy;
        private final StringBuilder rows = new StringBuilder();
        private int count;

        Copied(Handle handle, String copy) {
            this.handle = handle;
            this.copy = copy;
        }

        /** Fields in COPY's text format (PostgreSQL, "COPY", File Formats): backslash, tab and line ends are escaped. */
        void row(String... fields) {
            for (int i = 0; i < fields.length; i++) {
                if (i > 0) rows.append('\t');
                String field = fields[i];
                for (int c = 0; c < field.length(); c++) {
                    char one = field.charAt(c);
                    switch (one) {
                        case '\\' -> rows.append("\\\\");
                        case '\t' -> rows.append("\\t");
                        case '\n' -> rows.append("\\n");
                        case '\r' -> rows.append("\\r");
                        default -> rows.append(one);
                    }
                }
            }
            rows.append('\n');
            if (++count % ROWS_AT_ONCE == 0) finish();
        }

        void finish() {
            if (rows.isEmpty()) return;
            try {
                byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
                var into = handle.getConnection()
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(copy);
                into.writeToCopy(bytes, 0, bytes.length);
                into.endCopy();
            } catch (SQLException e) {
                throw new IllegalStateException("the reviews could not be written down", e);
            }
            rows.setLength(0);
        }
    }
}
