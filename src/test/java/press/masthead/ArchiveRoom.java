package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import press.masthead.Press.Person;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** An evening whose archive is asked: stories for it, questions to it, and waiting until it has read them. */
final class ArchiveRoom implements AutoCloseable {
    /** For members of the usual plan. */
    static final Rule PLAN = new Rule(Audience.PLAN, Set.of("pro"), FreeTime.NEVER, false);

    static final Rule OPEN = Rule.of(Audience.PUBLIC);

    final Evening evening;
    final Jdbi jdbi;

    ArchiveRoom() throws Exception {
        this(Map.of());
    }

    ArchiveRoom(Map<String, String> settings) throws Exception {
        evening = new Evening(settings, Clock.systemUTC());
        jdbi = evening.jdbi;
        soon(newsroom().searchIndex::isReady);
    }

    private Newsroom newsroom() {
        return evening.press.running.newsroom();
    }

    void publish(String slug, String title, Rule rule, String body) {
        jdbi.useTransaction(handle -> {
            var draft = new Draft(
                    "article",
                    slug,
                    title,
                    "",
                    body,
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    rule,
                    false,
                    List.of("energy"),
                    List.of(),
                    List.of(),
                    List.of(),
                    "");
            long id = ((Drafts.Saved) newsroom().drafts.create(handle, draft, null)).id();
            newsroom().drafts.publishing().publish(handle, id, null);
        });
    }

    /** What comes back, with nothing counted against the asker's minute. */
    HttpResponse<String> asked(Person person, String question, String... more) {
        try {
            jdbi.useHandle(handle -> handle.execute("delete from rate"));
            var fields = new ArrayList<>(List.of("question", question));
            fields.addAll(List.of(more));
            return person.post("/pro/ask/", fields.toArray(String[]::new));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Document ask(Person person, String question, String... more) {
        var answer = asked(person, question, more);
        return Jsoup.parse(answer.body(), answer.uri().toString());
    }

    /** Whether the answer to a question says this. */
    boolean says(Person person, String question, String words) {
        return ask(person, question).select(".ask-answer").text().contains(words);
    }

    static void soon(BooleanSupplier right) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(end) && !right.getAsBoolean()) Thread.onSpinWait();
        assertThat(right.getAsBoolean()).isTrue();
    }

    @Override
    public void close() {
        evening.close();
    }
}
