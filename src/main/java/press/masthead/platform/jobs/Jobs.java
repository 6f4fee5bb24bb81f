package press.masthead.platform.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Recurring work, kept as rows so that of many nodes one does it. Each piece may run twice and must come out the same.
 */
public final class Jobs implements AutoCloseable {
    private final List<RecurringTask<Void>> tasks = new ArrayList<>();
    private final Clock clock;
    private @Nullable Scheduler scheduler;

    public Jobs(Clock clock) {
        this.clock = clock;
    }

    /** Has the work done again and again, the pause given after each end. Call before {@link #start}. */
    public void every(Duration pause, String name, Runnable work) {
        tasks.add(Tasks.recurring(name, FixedDelay.of(pause)).execute((instance, context) -> work.run()));
    }

    public void start(DataSource database) {
        scheduler = Scheduler.create(database)
                .startTasks(tasks)
                .clock(clock::instant)
                .threads(4)
                .pollingInterval(Duration.ofSeconds(1))
                .shutdownMaxWait(Duration.ofSeconds(10))
                .build();
        scheduler.start();
    }

    @Override
    public void close() {
        if (scheduler != null) scheduler.stop();
    }
}
