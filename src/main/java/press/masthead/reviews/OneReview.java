package press.masthead.reviews;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.editions.Composition.For;
import press.masthead.editions.Edition;
import press.masthead.newsletters.Newsletter;

/** One review as it would be composed at this moment, for somebody who looks at it. */
record OneReview(Candidates.Week week, ReviewParts parts, String subject) {
    /** Empty when there is nothing for them, or they may not read what is for members. */
    static Optional<OneReview> of(Handle handle, Edition edition, Newsletter newsletter, For whom, Instant now) {
        var week = Candidates.of(handle, edition.id(), edition.since(), now);
        var members = new Members(handle, week, now);
        List<OneReview> found = new ArrayList<>();
        Members.Visitor visitor = (member, withheld) -> {
            Review review = new Compose(week.catalogue()).review(member.ranking(), withheld);
            if (review.blocks().isEmpty()) return;
            String subject = week.card(review.stories().getFirst()).title();
            found.add(new OneReview(week, ReviewParts.of(review, member.whose()), subject));
        };
        switch (whom) {
            case For.Newcomer() -> members.newcomer(visitor);
            case For.One(long reader) -> members.one(newsletter.id(), reader, visitor);
        }
        return found.stream().findFirst();
    }
}
