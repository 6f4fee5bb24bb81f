package press.masthead.site;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.industries.AskIndustries;
import press.masthead.industries.IndustryRanks;
import press.masthead.industries.RankForm;
import press.masthead.readers.Reader;
import press.masthead.subscriptions.Joining;
import press.masthead.subscriptions.NewsletterHub;
import press.masthead.subscriptions.NewsletterHub.Choice;

/** Keeps a member's order of industries and, where they ask for it, has their weekly review sent to them. */
public final class KeepOrder {
    private final Jdbi jdbi;
    private final IndustryRanks ranks;
    private final AskIndustries ask;
    private final NewsletterHub hub;
    private final Joining joining;

    public KeepOrder(Jdbi jdbi, IndustryRanks ranks, AskIndustries ask, NewsletterHub hub, Joining joining) {
        this.jdbi = jdbi;
        this.ranks = ranks;
        this.ask = ask;
        this.hub = hub;
        this.joining = joining;
    }

    /**
     * @param wanted whether they pressed the button that has the review sent
     * @return whether it comes to them because of that
     */
    boolean run(Reader reader, RankForm form, boolean wanted, String network) {
        Optional<Choice> letter = wanted ? review(reader).filter(choice -> !choice.chosen()) : Optional.empty();
        jdbi.useTransaction(handle -> {
            ranks.choose(handle, reader.id(), form.numbers());
            ask.answered(handle, reader.id(), "chosen");
            letter.ifPresent(choice -> joining.joinOwn(
                    handle, reader.id(), List.of(choice.slug()), words(choice), "/pro/industries/", network));
        });
        return letter.isPresent();
    }

    /** Where a new member goes on to: through the step that asks them, if they have not been through it. */
    String before(Reader reader, String next) {
        return ask.before(reader.id(), next);
    }

    void later(Reader reader) {
        jdbi.useTransaction(handle -> ask.answered(handle, reader.id(), "later"));
    }

    private Optional<Choice> review(Reader reader) {
        return hub.choices(reader.id()).stream()
                .filter(choice -> choice.slot().equals("personal"))
                .findFirst();
    }

    private static String words(Choice choice) {
        return Joining.partOfMembership(List.of(choice.name()));
    }

    /** The review's letter for themes: what is agreed to stands beside the button, word for word. */
    Optional<Map<String, Object>> letter(Reader reader) {
        return review(reader).map(choice -> {
            var map = new HashMap<>(choice.forThemes());
            map.put("words", words(choice));
            map.put("email", reader.email());
            return map;
        });
    }
}
