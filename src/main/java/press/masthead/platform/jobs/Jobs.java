package press.masthead.platform.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recurring work, kept as rows so that of many nodes one does it. Each piece may run twice and must come out the same.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private final List<RecurringTask<Void>> tasks = new ArrayList<>();
    private final Map<Runnable, Duration> here = new LinkedHashMap<>();
    private final ScheduledExecutorService eachNode = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("each-node").factory());
    private final Clock clock;
    private @Nullable Scheduler scheduler;

    public Jobs(Clock clock) {
        this.clock = clock;
    }

    /** Has the work done again and again, the pause given after each end. Call before {@link #start}. */
    public void every(Duration pause, String name, Runnable work) {
        tasks.add(Tasks.recurring(name, FixedDelay.of(pause)).execute((instance, context) -> work.run()));
    }

    /** Has the work done on this node too, whatever the others do: for what a node keeps in its own memory. */
    public void onEachNode(Duration pause, String name, Runnable work) {
        here.put(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException trouble) {
                        LOG.warn("{} did not work this time", name, trouble);
                    }
                },
                pause);
    }

    public void start(DataSource database) {
        here.forEach((work, pause) ->
                eachNode.scheduleWithFixedDelay(work, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS));
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
        eachNode.shutdown();
        here.keySet().forEach(Runnable::run);
        if (scheduler != null) scheduler.stop();
    }
}
