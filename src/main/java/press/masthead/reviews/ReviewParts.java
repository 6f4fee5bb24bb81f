package press.masthead.reviews;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A review as the names of the leaves that its letter is made of: {@code n} the nudge of someone who ranked nothing, {@code t} that of someone whose team did, {@code q5}
 * "nothing new on" industry 5, {@code i5} the industry's head, {@code a} the head of what fills up, {@code l17} story 17 as the
 * lead, {@code s17} as one of the others.
 */
record ReviewParts(List<String> names) {
    static ReviewParts of(Review review, Members.Whose whose) {
        List<String> names = new ArrayList<>();
        review.quietFirst().ifPresent(industry -> names.add("q" + industry));
        boolean lead = true;
        boolean others = false;
        for (Review.Block block : review.blocks()) {
            if (block.ranked()) names.add("i" + block.industry());
            else if (!others) {
                names.add("a");
                others = true;
            }
            for (long story : block.stories()) {
                names.add((lead ? "l" : "s") + story);
                lead = false;
            }
        }
        switch (whose) {
            case OWN -> {}
            case TEAM -> names.add("t");
            case USUAL -> names.add("n");
        }
        return new ReviewParts(names);
    }

    static ReviewParts read(String joined) {
        return new ReviewParts(List.of(joined.split(" ")));
    }

    /** Without some stories, and without the head of an industry that has none left. The next story does not become the lead. */
    ReviewParts without(Collection<Long> stories) {
        List<String> kept = new ArrayList<>();
        for (String name : names) {
            if (isStory(name) && stories.contains(story(name))) continue;
            if (isHead(name) && !kept.isEmpty() && isHead(kept.getLast())) kept.removeLast();
            kept.add(name);
        }
        while (!kept.isEmpty() && isHead(kept.getLast())) kept.removeLast();
        return new ReviewParts(kept);
    }

    private static boolean isHead(String name) {
        return name.charAt(0) == 'i' || name.equals("a");
    }

    static boolean isStory(String name) {
        return name.charAt(0) == 'l' || name.charAt(0) == 's';
    }

    private static long story(String name) {
        return Long.parseLong(name.substring(1));
    }

    List<Long> stories() {
        return names.stream()
                .filter(ReviewParts::isStory)
                .map(ReviewParts::story)
                .toList();
    }

    String joined() {
        return String.join(" ", names);
    }
}
