package press.masthead.reviews;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import press.masthead.stories.StoryCard;

/**
 * Why each piece is in one member's review, and what nearly was: for the newsroom. It tells what was withheld from whom for
 * which reason, so it is made for one member at a time, when somebody asks.
 */
record Explained(List<Part> parts, Members.Whose whose, int length) {
    /** Where the order comes from, in a sentence; empty when it is the member's own. */
    String order() {
        return switch (whose) {
            case OWN -> "";
            case TEAM -> "They have not ranked industries, so the order is their team’s.";
            case USUAL -> "They have not ranked industries, so the order is that of most members.";
        };
    }

    /** Pieces of an industry that were passed over and are told. */
    private static final int NEARLY = 4;

    /** @param rank from 1; 0 for an industry that fills up */
    record Part(String industry, int rank, List<Because> pieces, List<Because> nearly) {}

    record Because(StoryCard card, String why) {}

    private record Sent(long story, LocalDate day, String newsletter) {}

    static Explained of(Handle handle, Candidates.Week week, Review review, Members.Member member, Withheld withheld) {
        Map<Long, Head> heads = Head.of(handle, 0);
        Map<Long, String> had = had(handle, member.readerId());
        Set<Long> inIt = new HashSet<>(review.stories());
        Map<Integer, StoryCard> events = new HashMap<>();
        for (long story : review.stories()) events.put(piece(week, story).event(), week.card(story));
        Map<Long, Review.Block> blocks = new HashMap<>();
        review.blocks().forEach(block -> blocks.put(block.industry(), block));

        List<Part> parts = new ArrayList<>();
        List<Long> order = new ArrayList<>(member.ranking());
        review.blocks().stream()
                .map(Review.Block::industry)
                .filter(id -> !order.contains(id))
                .forEach(order::add);
        for (int i = 0; i < order.size(); i++) {
            long industry = order.get(i);
            Head head = heads.get(industry);
            if (head == null) continue;
            Review.Block block = blocks.get(industry);
            boolean ranked = i < member.ranking().size();
            List<Because> pieces = new ArrayList<>();
            for (long story : block == null ? List.<Long>of() : block.stories())
                pieces.add(new Because(week.card(story), whyIn(piece(week, story), industry)));
            List<Because> nearly = new ArrayList<>();
            for (int number : week.catalogue().best(industry)) {
                Piece piece = week.catalogue().piece(number);
                if (inIt.contains(piece.story()) || nearly.size() == NEARLY) continue;
                nearly.add(new Because(week.card(piece.story()), whyNot(piece, withheld.has(number), had, events)));
            }
            if (!pieces.isEmpty() || ranked) parts.add(new Part(head.name(), ranked ? i + 1 : 0, pieces, nearly));
        }
        return new Explained(parts, member.whose(), review.length());
    }

    private static Piece piece(Candidates.Week week, long story) {
        return week.catalogue().piece(week.catalogue().number(story).orElseThrow());
    }

    private static String whyIn(Piece piece, long industry) {
        String age = piece.fresh() ? "New since the last review" : "Older, and not read yet";
        return piece.pinnedIn().contains(industry) ? age + "; pinned by an editor" : age;
    }

    private static String whyNot(Piece piece, boolean withheld, Map<Long, String> had, Map<Integer, StoryCard> events) {
        String before = had.get(piece.story());
        if (withheld && before != null) return before;
        if (withheld) return "Beyond their plan, or sent to them in a newsletter";
        StoryCard same = events.get(piece.event());
        return same == null ? "No room" : "On the same event as “" + same.title() + "”";
    }

    private static Map<Long, String> had(Handle handle, long reader) {
        Map<Long, String> had = new HashMap<>();
        handle.createQuery("""
                        select u.story, e.day, n.name as newsletter from member_review m
                        join edition e on e.id = m.edition_id join newsletter n on n.id = e.newsletter_id
                        cross join lateral unnest(m.stories) u(story) where m.reader_id = :reader
                        union all
                        select i.story_id, e.day, n.name from subscription s
                        join newsletter n on n.id = s.newsletter_id and n.slot <> 'personal'
                        join edition e on e.newsletter_id = n.id and e.state in ('sending', 'sent') and coalesce(e.sent_at, e.due_at) >= s.since
                        join edition_item i on i.edition_id = e.id
                        where s.reader_id = :reader
                        """)
                .bind("reader", reader)
                .mapTo(Sent.class)
                .forEach(sent -> had.put(sent.story(), "Sent to them in " + sent.newsletter() + " of " + sent.day()));
        handle.createQuery("select story_id from member_read where reader_id = :reader")
                .bind("reader", reader)
                .mapTo(Long.class)
                .forEach(story -> had.put(story, "They have read it"));
        return Map.copyOf(had);
    }
}
