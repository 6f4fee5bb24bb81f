package press.masthead.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestSite;
import press.masthead.readers.EmailAddress;
import press.masthead.subscriptions.Subscriptions.Because;

/** The numbers that are kept are those that counting would give, whatever happens to whom at the same time. */
class ReaderCountsTest {
    private static final TestSite site = new TestSite();
    private static final List<String> LETTERS = List.of("morning", "evening", "energy");
    private static final Because BECAUSE = new Because("hub", "192.0.2.1", "2026-11");

    static {
        for (String letter : LETTERS) site.newsletter(letter, letter);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    private static void set(String sql) {
        site.jdbi.useHandle(handle -> handle.execute(sql));
    }

    private static void theNumbersAreTrue() {
        assertThat(site.count("""
                        select count(*) from newsletter n where reader_count <> (
                          select count(*) from subscription s join reader r on r.id = s.reader_id
                          where s.newsletter_id = n.id and r.confirmed_at is not null)
                        """)).isZero();
        assertThat(site.count("select readers from subscriber_total")).isEqualTo(site.count("""
                        select count(distinct s.reader_id) from subscription s join reader r on r.id = s.reader_id
                        join newsletter n on n.id = s.newsletter_id where r.confirmed_at is not null and n.active
                        """));
    }

    @Test
    void they_follow_joining_leaving_confirming_deleting_and_resting() {
        long eli = site.reader("eli@reader.example");
        long gus = site.jdbi.inTransaction(handle -> site.readers.meet(
                handle, EmailAddress.parse("gus@reader.example").orElseThrow()));
        for (long reader : new long[] {eli, gus})
            site.jdbi.useTransaction(handle -> site.subscriptions.join(handle, reader, LETTERS, "hub", BECAUSE));
        theNumbersAreTrue();
        long before = site.count("select readers from subscriber_total");
        set("update reader set confirmed_at = now() where id = " + gus);
        theNumbersAreTrue();
        assertThat(site.count("select readers from subscriber_total")).isEqualTo(before + 1);
        site.jdbi.useTransaction(
                handle -> site.subscriptions.leave(handle, eli, List.of("morning", "evening"), BECAUSE));
        theNumbersAreTrue();
        set("update newsletter set active = false where slug = 'energy'");
        theNumbersAreTrue();
        assertThat(site.count("select readers from subscriber_total")).isEqualTo(before);
        set("update newsletter set active = true where slug = 'energy'");
        set("delete from reader where id = " + gus);
        theNumbersAreTrue();
        assertThat(site.count("select count(*) from reader where id = " + gus)).isZero();
        set("delete from reader where id = " + eli);
        theNumbersAreTrue();
    }

    @Test
    void a_list_that_is_brought_in_counts_each_reader_once() {
        long before = site.count("select readers from subscriber_total");
        set("""
                insert into reader (email, email_key, created_at, confirmed_at)
                select 'import' || n || '@reader.example', 'import' || n || '@reader.example', now(), case when n % 10 = 0 then null else now() end
                from generate_series(1, 1000) n
                """);
        set("""
                insert into subscription (newsletter_id, reader_id, since)
                select n.id, r.id, now() from newsletter n, reader r where r.email like 'import%'
                """);
        theNumbersAreTrue();
        assertThat(site.count("select readers from subscriber_total")).isEqualTo(before + 900);
    }

    @Test
    void they_stay_true_when_the_same_readers_join_and_leave_at_once() throws Exception {
        long[] readers = IntStream.range(0, 4)
                .mapToLong(n -> site.reader("busy" + n + "@reader.example"))
                .toArray();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> {
                        var random = new Random(thread);
                        for (int i = 0; i < 60; i++) {
                            long reader = readers[random.nextInt(readers.length)];
                            List<String> some = LETTERS.subList(random.nextInt(3), 3);
                            if (random.nextBoolean())
                                site.jdbi.useTransaction(
                                        handle -> site.subscriptions.join(handle, reader, some, "hub", BECAUSE));
                            else
                                site.jdbi.useTransaction(
                                        handle -> site.subscriptions.leave(handle, reader, some, BECAUSE));
                        }
                        return thread;
                    }))
                    .toList();
            for (var one : all) one.get();
        }
        theNumbersAreTrue();
    }
}
