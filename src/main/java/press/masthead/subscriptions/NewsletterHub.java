package press.masthead.subscriptions;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import press.masthead.newsletters.Cadence;
import press.masthead.newsletters.Newsletters;

/** The newsletters as readers choose among them. */
public final class NewsletterHub {
    private final Jdbi jdbi;
    private final Newsletters newsletters;

    public NewsletterHub(Jdbi jdbi, Newsletters newsletters) {
        this.jdbi = jdbi;
        this.newsletters = newsletters;
    }

    /**
     * One newsletter on offer.
     *
     * @param days of {@code mon} to {@code sun}
     * @param at on the clock of its zone
     * @param sent whether a letter of it has left, so that there is one to look at
     * @param industry whether it is one industry's own
     * @param chosen whether the reader who asks gets it
     */
    public record Choice(
            String slug,
            String name,
            String description,
            String audience,
            List<String> days,
            LocalTime at,
            ZoneId zone,
            String slot,
            long readerCount,
            boolean sent,
            boolean industry,
            boolean chosen) {
        /** Whether someone can't take it, who is no member. */
        public boolean isClosedTo(boolean member) {
            return audience.equals("members") && !member && !chosen;
        }

        /** Such as "Every day at 07:00, Brussels". */
        public String cadence() {
            return Cadence.of(days, at, zone, slot).inFull();
        }

        /** Under the names that themes know. */
        public Map<String, Object> forThemes() {
            return Map.ofEntries(
                    Map.entry("name", name),
                    Map.entry("slug", slug),
                    Map.entry("url", "/newsletters/" + slug + "/"),
                    Map.entry("description", description),
                    Map.entry("cadence", cadence()),
                    Map.entry("audience", audience),
                    Map.entry("slot", slot),
                    Map.entry("reader_count", readerCount),
                    Map.entry("sent", sent),
                    Map.entry("chosen", chosen));
        }
    }

    /** Every newsletter on offer; {@code chosen} is told for this reader, 0 for a visitor. */
    public List<Choice> choices(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select n.slug, n.name, n.description, n.audience, n.days, n.at, n.zone, n.slot, n.reader_count,
                               exists (select from edition e where e.newsletter_id = n.id and e.state in ('sending', 'sent')) as sent,
                               exists (select from industry i where i.newsletter_id = n.id) as industry,
                               s.reader_id is not null as chosen
                        from newsletter n
                        left join subscription s on s.newsletter_id = n.id and s.reader_id = :reader
                        where n.active order by n.position, n.id
                        """)
                .bind("reader", reader)
                .mapTo(Choice.class)
                .list());
    }

    /** The hub's groups, by how often a newsletter comes, with these ticked beside what the reader gets. */
    List<Map<String, Object>> groups(long reader, boolean member, Collection<String> ticked) {
        List<Choice> choices = choices(reader);
        var groups = new ArrayList<Map<String, Object>>();
        group(groups, "Morning and evening", choices, of("am", "pm"), member, ticked);
        group(groups, "Through the working day", choices, of("daily", "weekdays"), member, ticked);
        group(groups, "Once a week", choices, of("weekly", "review", "personal"), member, ticked);
        group(groups, "Once a week on one industry", choices, Choice::industry, member, ticked);
        return groups;
    }

    private static Predicate<Choice> of(String... slots) {
        return choice -> !choice.industry() && List.of(slots).contains(choice.slot());
    }

    private static void group(
            List<Map<String, Object>> groups,
            String name,
            List<Choice> choices,
            Predicate<Choice> among,
            boolean member,
            Collection<String> ticked) {
        List<Map<String, Object>> members = choices.stream()
                .filter(among)
                .map(choice -> shape(choice, member, ticked.contains(choice.slug())))
                .toList();
        if (!members.isEmpty()) groups.add(Map.of("name", name, "newsletters", members));
    }

    private static Map<String, Object> shape(Choice choice, boolean member, boolean ticked) {
        var shape = new HashMap<>(choice.forThemes());
        if (ticked) shape.put("chosen", true);
        if (choice.isClosedTo(member)) shape.put("closed", true);
        return shape;
    }

    /** How many people get at least one newsletter. */
    long readers() {
        return newsletters.readers();
    }
}
