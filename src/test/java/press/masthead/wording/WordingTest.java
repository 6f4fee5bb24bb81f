package press.masthead.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import press.masthead.models.FakeModel;
import press.masthead.models.LargeModel;
import press.masthead.models.Protocol;
import press.masthead.models.Spending;
import press.masthead.platform.db.TestDatabase;
import press.masthead.wording.Wording.Worded;

/** A large model is asked within the month's money, and what it costs is counted, also where nothing came of it. */
class WordingTest {
    private static final String RULES = "Answer with sentences and their numbers.";
    private static final String TRAM = "The tram to the harbour opens in March 2027.";
    private static final String DATA = "{\"quotations\": [{\"number\": 1, \"text\": " + Wording.json(TRAM) + "}]}";
    private final FakeModel fake = new FakeModel();
    private final Spending spending = new Spending(TestDatabase.fresh().jdbi(), Clock.systemUTC());

    WordingTest() throws Exception {}

    @AfterEach
    void close() {
        fake.close();
    }

    private Wording wording(Protocol protocol) {
        String base = protocol == Protocol.OPENAI ? fake.url() + "/v1" : fake.url() + "";
        return new Wording(
                new LargeModel(new LargeModel.At(
                        protocol,
                        URI.create(base),
                        Optional.of("sk-7"),
                        "tern-2",
                        3000,
                        15000,
                        Duration.ofMillis(1500))),
                spending);
    }

    private Worded word(Protocol protocol) {
        return wording(protocol).word(RULES, DATA, List.of(TRAM), 100);
    }

    private Spending.Month month() {
        return spending.months(1).getFirst();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void each_of_the_three_is_given_the_quotations_and_understood(Protocol protocol) {
        fake.says("{\"sentences\":[{\"text\":\"The tram opens in March 2027.\",\"quotations\":[1]}]}");
        assertThat(word(protocol))
                .isEqualTo(new Worded.Said(
                        List.of(new Wording.Sentence("The tram opens in March 2027.", List.of(0))), 250));
        assertThat(fake.heard.getLast().body()).contains("The tram to the harbour");
        assertThat(month().cost()).isEqualTo(200 * 3000 + 50 * 15000);
    }

    @Test
    void an_answer_that_never_came_counts_as_what_it_has_likely_cost() {
        fake.hangs();
        assertThat(word(Protocol.OPENAI))
                .isEqualTo(new Worded.Failed("no answer within 1 s", LargeModel.tokens(RULES + DATA) + 100));
        assertThat(month().cost()).isEqualTo(LargeModel.tokens(RULES + DATA) * 3000 + 100 * 15000);
        assertThat(month().tokensOut()).isEqualTo(100);
        assertThat(month().failed()).isOne();
    }

    @Test
    void a_refusal_costs_nothing_and_a_broken_answer_what_it_was_long() {
        fake.answers(429, "{}");
        assertThat(word(Protocol.ANTHROPIC)).isEqualTo(new Worded.Failed("status 429", 0));
        assertThat(month().cost()).isZero();
        fake.answers(200, "{\"content\":[{\"type\":\"text\"");
        assertThat(word(Protocol.ANTHROPIC)).isInstanceOf(Worded.Failed.class);
        assertThat(month().cost()).isEqualTo(LargeModel.tokens(RULES + DATA) * 3000 + 7 * 15000);
    }

    @Test
    void where_the_month_is_spent_it_is_not_asked() {
        spending.limit(0);
        assertThat(word(Protocol.OLLAMA)).isEqualTo(new Worded.Spent());
        assertThat(fake.heard).isEmpty();
    }

    @Test
    void what_no_quotation_says_is_nothing_and_said_to_be() {
        fake.says("{\"sentences\":[{\"text\":\"The harbour burns.\",\"quotations\":[1]}]}");
        assertThat(word(Protocol.OPENAI)).isEqualTo(new Worded.Unsupported(250));
        assertThat(spending.failures(1))
                .extracting(Spending.Failure::why)
                .containsExactly("no sentence that its source supports");
    }
}
