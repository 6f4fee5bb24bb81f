package press.masthead.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nobody waits for a suggestion longer than its time, and work that will not end does not pile up. */
class InTimeTest {
    private final InTime quick = new InTime(Duration.ofMillis(200), 1);

    @Test
    void what_is_done_in_time_is_there_and_what_is_not_is_stopped() throws Exception {
        assertThat(quick.done(() -> "cranes")).contains("cranes");
        var stopped = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        assertThat(quick.done(() -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        stopped.countDown();
                    }
                    return "too late";
                }))
                .isEmpty();
        assertThat(stopped.await(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void work_that_does_not_hear_keeps_its_hand_and_no_other_is_begun() throws Exception {
        var end = new CountDownLatch(1);
        quick.done(() -> {
            while (end.getCount() > 0)
                try {
                    end.await();
                } catch (InterruptedException e) {
                    // goes on, as a library may
                }
            return "";
        });
        var begun = new CountDownLatch(1);
        assertThat(quick.done(() -> {
                    begun.countDown();
                    return "next";
                }))
                .isEmpty();
        assertThat(begun.getCount()).isOne();
        end.countDown();
        assertThat(new InTime(Duration.ofSeconds(15), 1).done(() -> "on")).contains("on");
    }

    @Test
    void what_goes_wrong_in_it_is_told() {
        assertThatThrownBy(() -> quick.done(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
    }
}
