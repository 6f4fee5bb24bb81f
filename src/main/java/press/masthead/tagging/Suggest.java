package press.masthead.tagging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import press.masthead.industries.Industries;
import press.masthead.industries.Industry;
import press.masthead.search.FiledWords;
import press.masthead.search.FiledWords.Under;
import press.masthead.tagging.Answers.Learned;
import press.masthead.tagging.Suggestion.Kind;
import press.masthead.topics.Country;
import press.masthead.topics.Topic;
import press.masthead.topics.Topics;

/** What may be suggested for a text as it stands: of all kinds, without what it has already and what was dismissed for it. */
public final class Suggest {
    /** Below this there is not enough of a text to say anything about it. */
    private static final int FEWEST_WORDS = 12;

    private static final int ENOUGH_TO_COMPARE = 30;

    private final Topics topics;
    private final Industries industries;
    private final FiledWords archive;
    private final Earlier earlier;
    private final Answers answers;
    private final Naming naming;

    public Suggest(
            Jdbi jdbi, Topics topics, Industries industries, Entities entities, FiledWords archive, Earlier earlier) {
        this.topics = topics;
        this.industries = industries;
        this.archive = archive;
        this.earlier = earlier;
        this.answers = new Answers(jdbi);
        this.naming = new Naming(entities);
    }

    Answers answers() {
        return answers;
    }

    /** Names that stand in the text more than once and that nobody has put on the list; offered, never added. */
    List<String> freshNames(Written written) {
        return naming.in(written.whole(), written.language(), Learned.NOTHING).fresh();
    }

    /** @param earlier published stories like the text */
    record Suggested(List<Suggestion> suggestions, List<Earlier.Story> earlier) {
        static final Suggested NOTHING = new Suggested(List.of(), List.of());
    }

    Suggested suggested(Written written) {
        if (written.words() < FEWEST_WORDS) return Suggested.NOTHING;
        var like = new ArrayList<Earlier.Story>();
        var suggested = new ArrayList<Suggestion>();
        archive.in(written.title(), written.text(), written.language(), written.story())
                .ifPresent(found -> {
                    var terms =
                            found.words().stream().map(FiledWords.Word::term).collect(Collectors.toSet());
                    var learned = answers.about(terms);
                    suggested.addAll(ByArchive.suggest(found, Under.TOPIC, Kind.TOPIC, topicNames(), learned));
                    suggested.addAll(ByArchive.suggest(found, Under.INDUSTRY, Kind.INDUSTRY, industryNames(), learned));
                    if (written.words() >= ENOUGH_TO_COMPARE) like.addAll(earlier.like(written, found.alike()));
                });
        String whole = written.whole();
        suggested.addAll(
                ByName.countries(whole, written.language(), answers.about(ByName.terms(whole, written.language()))));
        suggested.addAll(naming.in(whole, written.language(), answers.about(naming.terms(whole)))
                .known());
        Set<String> gone = new HashSet<>(answers.dismissedFor(written.story()));
        gone.addAll(written.has());
        return new Suggested(
                suggested.stream()
                        .filter(one -> !gone.contains(one.kind().stored() + ":" + one.value()))
                        .toList(),
                List.copyOf(like));
    }

    /** Whether there is such a thing to suggest. */
    boolean knows(Kind kind, String value) {
        return switch (kind) {
            case TOPIC -> topicNames().containsKey(value);
            case INDUSTRY -> industryNames().containsKey(value);
            case COUNTRY -> Country.of(value).isPresent();
            case ENTITY -> naming.knows(value);
        };
    }

    private Map<String, String> topicNames() {
        var names = new LinkedHashMap<String, String>();
        for (Topic topic : topics.all()) names.put(topic.slug(), topic.name());
        return names;
    }

    private Map<String, String> industryNames() {
        var names = new LinkedHashMap<String, String>();
        for (Industry industry : industries.all()) names.put(industry.slug(), industry.name());
        return names;
    }
}
