package press.masthead.site;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Answer;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Visit;
import press.masthead.gifts.Gifts;
import press.masthead.stories.StoryCard;

/**
 * What one person brings to one story at one moment.
 *
 * @param meter what the month's count says about this story
 * @param gift what the link with which they came is worth, if they came with one
 */
record Reading(Visit visit, Instant now, Meter meter, Optional<Gifts.Link> gift) {
    Answer ask(Rule rule) {
        return Paywall.ask(
                visit.standing(), rule, now, meter, gift.map(Gifts.Link::gift).orElse(Gift.NONE));
    }

    /** Whether everyone without a session or a device's cookie gets the same page at this address. */
    boolean isEveryones() {
        if (visit.reader().isPresent() || gift.isPresent()) return false;
        return switch (meter) {
            case Meter.Off() -> true;
            case Meter.Left left -> left.used() == 0;
            case Meter.Counted counted -> false;
            case Meter.Spent spent -> false;
        };
    }

    /** What an opened story says about why it is open, where that needs saying. */
    Optional<Map<String, Object>> note(Answer.Why why) {
        return switch (why) {
            case METERED ->
                meter instanceof Meter.Counted(int which, int of)
                        ? Optional.of(Map.of("state", "counted", "which", which, "of", of))
                        : Optional.empty();
            case GIFT -> Optional.of(giver());
            case PUBLIC, SIGNED_IN, MEMBER, PLAN, STAFF, FREE_NOW -> Optional.empty();
        };
    }

    private Map<String, Object> giver() {
        var map = new HashMap<String, Object>();
        map.put("state", "gift");
        String from = gift.map(link -> switch (link) {
                    case Gifts.Link.Unopened unopened -> unopened.from();
                    case Gifts.Link.Opened opened -> opened.from();
                    case Gifts.Link.Nothing() -> "";
                })
                .orElse("");
        if (!from.isEmpty()) map.put("from", from);
        return map;
    }

    /** What stands where the story stops. */
    Map<String, Object> offer(String state, StoryCard card) {
        var offer = new HashMap<String, Object>();
        offer.put("state", state);
        offer.put("next", card.path());
        if (state.equals("closed")) return offer;
        gift.ifPresent(link -> {
            if (link instanceof Gifts.Link.Nothing) offer.put("gift_over", true);
            else offer.put("gift", giver());
        });
        switch (card.rule().metered() ? meter : Meter.OFF) {
            case Meter.Left(int used, int of) -> offer.put("free", Map.of("used", used, "of", of, "left", of - used));
            case Meter.Spent(int of) -> offer.put("spent", of);
            case Meter.Off() -> {}
            case Meter.Counted counted -> {}
        }
        return offer;
    }
}
