package press.masthead.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestClock;
import press.masthead.models.LargeModel.Reply;
import press.masthead.platform.db.TestDatabase;

/** A large model is asked as its maker says, and whatever it does, what comes back is a value. */
class LargeModelTest {
    private static final String KEY = "sk-not-to-be-told";
    private final FakeModel fake = new FakeModel();

    LargeModelTest() throws Exception {}

    @AfterEach
    void close() {
        fake.close();
    }

    private LargeModel model(Protocol protocol) {
        String base =
                protocol == Protocol.OPENAI ? fake.url() + "/v1" : fake.url().toString();
        return new LargeModel(new LargeModel.At(
                protocol, URI.create(base), Optional.of(KEY), "tern-2", 3000, 15000, Duration.ofMillis(1500)));
    }

    @Test
    void each_of_the_three_is_asked_and_understood() {
        fake.says("Good \"morning\".");
        for (Protocol protocol : Protocol.values())
            assertThat(model(protocol).ask("Be short.", "Hello?", 100))
                    .isEqualTo(new Reply.Said("Good \"morning\".", 200, 50));
        assertThat(fake.heard)
                .extracting(FakeModel.Heard::path)
                .containsExactly("/v1/chat/completions", "/v1/messages", "/api/chat");
        assertThat(fake.heard)
                .allMatch(heard -> heard.body().contains("\"tern-2\"")
                        && heard.body().contains("Be short.")
                        && heard.body().contains("Hello?"));
        assertThat(fake.heard.get(0).headers().get("Authorization")).containsExactly("Bearer " + KEY);
        assertThat(fake.heard.get(1).headers().get("X-api-key")).containsExactly(KEY);
        assertThat(fake.heard.get(1).headers().get("Anthropic-version")).containsExactly("2023-06-01");
        assertThat(model(Protocol.OPENAI).cost(200, 50)).isEqualTo(200 * 3000 + 50 * 15000);
    }

    @Test
    void hanging_lying_and_breaking_end_in_a_few_words_without_the_key() {
        record Bad(int status, String body) {}
        var bad = new Bad[] {
            new Bad(429, "{\"error\":\"" + KEY + "\"}"), new Bad(500, "oops"), new Bad(200, ""), new Bad(200, "{}"),
                    new Bad(200, "<html>"),
            new Bad(200, "{\"choices\":[{\"message\""), new Bad(200, "[1,2"), new Bad(301, "{}"),
                    new Bad(200, "{\"choices\":5}"), new Bad(200, "x".repeat(3 << 20))
        };
        for (Protocol protocol : Protocol.values())
            for (Bad one : bad) {
                fake.answers(one.status(), one.body());
                assertThat(model(protocol).ask("Be short.", "Hello?", 100))
                        .as("%s %s", protocol, one.status())
                        .isInstanceOfSatisfying(
                                Reply.Failed.class,
                                failed -> assertThat(failed.why()).isNotBlank().doesNotContain(KEY));
            }
        fake.hangs();
        assertThat(model(Protocol.OLLAMA).ask("Be short.", "Hello?", 100)).isInstanceOf(Reply.Failed.class);
        assertThat(fake.heard).noneMatch(heard -> heard.path().equals("/elsewhere"));
        assertThat(model(Protocol.OPENAI).at().toString()).doesNotContain(KEY);
    }

    @Test
    void an_answer_that_trickles_ends_with_the_patience() {
        fake.trickles();
        var reply = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> model(Protocol.OPENAI).ask("Be short.", "Hello?", 100));
        assertThat(reply)
                .isEqualTo(new Reply.Failed("no answer within 1 s", LargeModel.tokens("Be short.Hello?"), 100));
        assertThat(fake.trickled).as("it had begun").hasPositiveValue();
    }

    @Test
    void it_is_asked_also_while_all_parallel_work_of_the_program_waits() {
        fake.says("Good morning.");
        var done = new CountDownLatch(1);
        var pool = ForkJoinPool.commonPool();
        var waiting = new ArrayList<Future<?>>();
        try {
            for (int i = 0; i < 2 * pool.getParallelism() + 2; i++)
                waiting.add(pool.submit(() -> done.await(1, TimeUnit.MINUTES)));
            assertThat(model(Protocol.ANTHROPIC).ask("Be short.", "Hello?", 100))
                    .isEqualTo(new Reply.Said("Good morning.", 200, 50));
        } finally {
            done.countDown();
        }
        assertThat(waiting).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(20)));
    }

    @Test
    void a_month_does_not_cost_more_than_its_limit() {
        var spending = new Spending(TestDatabase.fresh().jdbi(), Clock.systemUTC());
        spending.limit(1);
        var taken = spending.take(600_000_000).orElseThrow();
        assertThat(spending.take(600_000_000)).isEmpty();
        spending.settle(taken, 100_000_000, 1000, 500);
        assertThat(spending.take(600_000_000)).isPresent();
        spending.failed("status 500");
        assertThat(spending.months(1).getFirst()).satisfies(month -> {
            assertThat(month.cost()).isEqualTo(700_000_000);
            assertThat(month.asked()).isEqualTo(2);
            assertThat(month.failed()).isOne();
        });
        assertThat(spending.failures(5)).extracting(Spending.Failure::why).containsExactly("status 500");
        spending.limit(0);
        assertThat(spending.take(1)).isEmpty();
    }

    @Test
    void what_is_asked_in_one_month_and_answered_in_the_next_costs_the_first() {
        var clock = new TestClock("2026-11-30T23:59:59Z");
        var spending = new Spending(TestDatabase.fresh().jdbi(), clock);
        var taken = spending.take(600_000_000).orElseThrow();
        clock.set(Instant.parse("2026-12-01T00:00:05Z"));
        spending.settle(taken, 100_000_000, 1000, 500);
        assertThat(spending.months(5)).extracting(Spending.Month::cost).containsExactly(100_000_000L);
    }
}
