package press.masthead.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestSite;
import press.masthead.account.Visitor.Reply;
import press.masthead.subscriptions.Subscriptions.Because;

class UnsubscribingTest {
    private static final TestSite site = new TestSite();
    private static final long morning = site.newsletter("morning", "Morning Parallel");
    private static final long energy = site.newsletter("energy-daily", "Energy Daily");
    private static final long eli = site.reader("eli@reader.example");

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void eliGetsBoth() {
        site.jdbi.useTransaction(handle -> site.subscriptions.join(
                handle, eli, List.of("morning", "energy-daily"), "hub", new Because("hub", "192.0.2.1", "2026-11")));
    }

    private static long had(long newsletter) {
        return site.count(
                "select count(*) from subscription where reader_id = " + eli + " and newsletter_id = " + newsletter);
    }

    @Test
    void one_post_leaves_one_newsletter_only() {
        Reply reply = site.visitor().post(site.links.path(energy, eli), "List-Unsubscribe", "One-Click");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(had(energy)).isZero();
        assertThat(had(morning)).isOne();
    }

    @Test
    void a_second_post_is_no_error_and_no_second_event() {
        long before = site.count("select count(*) from subscription_event where what = 'left'");
        for (int i = 0; i < 2; i++)
            assertThat(site.visitor()
                            .post(site.links.path(energy, eli), "List-Unsubscribe", "One-Click")
                            .status())
                    .isEqualTo(200);
        assertThat(site.count("select count(*) from subscription_event where what = 'left'"))
                .isEqualTo(before + 1);
        String cause = site.jdbi.withHandle(
                handle -> handle.createQuery("select cause from subscription_event order by id desc limit 1")
                        .mapTo(String.class)
                        .one());
        assertThat(cause).isEqualTo("one_click");
    }

    @Test
    void a_get_never_unsubscribes() {
        Reply page = site.visitor().get(site.links.path(energy, eli));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.page().at("/actions/0/label").asText()).isEqualTo("Unsubscribe from Energy Daily");
        assertThat(had(energy)).isOne();
    }

    @Test
    void leaving_can_be_undone() {
        Reply left = site.visitor().post(site.links.path(energy, eli));
        assertThat(left.page().at("/actions/0/label").asText()).isEqualTo("Put me back");
        Reply back = site.visitor().post(left.page().at("/actions/0/action").asText());
        assertThat(back.text("title")).isEqualTo("You are back");
        assertThat(had(energy)).isOne();
    }

    @Test
    void an_old_letter_brings_nobody_back() {
        site.visitor().post(site.links.path(energy, eli));
        site.clock.pass(Duration.ofHours(25));
        assertThat(site.visitor().post(site.links.path(energy, eli) + "/undo").status())
                .isEqualTo(410);
        assertThat(had(energy)).isZero();
    }

    @Test
    void a_link_that_was_changed_does_nothing() {
        String path = site.links.path(energy, eli);
        char last = path.charAt(20);
        String changed = path.substring(0, 20) + (last == 'A' ? 'B' : 'A') + path.substring(21);
        assertThat(site.visitor().post(changed).status()).isEqualTo(404);
        assertThat(site.visitor().post("/unsubscribe/x").status()).isEqualTo(404);
        assertThat(had(energy)).isOne();
    }

    @Test
    void a_link_is_the_same_on_every_node_and_belongs_to_one_pair() {
        assertThat(new UnsubscribeLinks(site.jdbi).path(energy, eli)).isEqualTo(site.links.path(energy, eli));
        assertThat(site.links.path(morning, eli)).isNotEqualTo(site.links.path(energy, eli));
        assertThat(site.links.read(site.links.token(energy, eli))).contains(new UnsubscribeLinks.Pair(energy, eli));
    }

    @Test
    void the_count_of_readers_follows() {
        long before = site.count("select reader_count from newsletter where id = " + energy);
        site.visitor().post(site.links.path(energy, eli));
        assertThat(site.count("select reader_count from newsletter where id = " + energy))
                .isEqualTo(before - 1);
    }
}
