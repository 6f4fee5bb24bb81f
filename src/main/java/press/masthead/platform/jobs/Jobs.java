package press.masthead.platform.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
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

    /** What is asked for several times within it is done once. */
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final List<RecurringTask<Void>> tasks = new ArrayList<>();
    private final Map<Runnable, Duration> here = new LinkedHashMap<>();
    private final ScheduledExecutorService eachNode = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("each-node").factory());
    private final Clock clock;
    private volatile @Nullable Scheduler scheduler;
    private @Nullable DataSource database;

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

    /**
     * Has the work done in a moment, and not only after its pause: something for it was just put down. Where it is being done right now,
     * the pause stands.
     */
    public void soon(String name) {
        Scheduler known = scheduler;
        if (known == null || eachNode.isShutdown()) return;
        try {
            eachNode.execute(() -> {
                if (bringForward(name))
                    eachNode.schedule(
                            known::triggerCheckForDueExecutions, MOMENT.toMillis() + 1, TimeUnit.MILLISECONDS);
            });
        } catch (RejectedExecutionException closing) {
            LOG.debug("{} waits for the next start", name);
        }
    }

    /** Only ever forward: whatever is asked for again and again would else never be due. */
    private boolean bringForward(String name) {
        var at = clock.instant().plus(MOMENT).atOffset(ZoneOffset.UTC);
        try (var connection = Objects.requireNonNull(database).getConnection();
                var update = connection.prepareStatement("""
                        update scheduled_tasks set execution_time = ? where task_name = ? and not picked and execution_time > ?
                        """)) {
            update.setObject(1, at);
            update.setString(2, name);
            update.setObject(3, at);
            return update.executeUpdate() > 0;
        } catch (SQLException trouble) {
            LOG.debug("{} waits for its time: {}", name, trouble.getMessage());
            return false;
        }
    }

    public void start(DataSource database) {
        this.database = database;
        here.forEach((work, pause) ->
                eachNode.scheduleWithFixedDelay(work, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS));
        var made = Scheduler.create(database)
                .startTasks(tasks)
                .clock(clock::instant)
                .threads(4)
                .pollingInterval(Duration.ofSeconds(1))
                .shutdownMaxWait(Duration.ofSeconds(10))
                .build();
        made.start();
        scheduler = made;
    }

    @Override
    public void close() {
        eachNode.shutdown();
        here.keySet().forEach(Runnable::run);
        Scheduler known = scheduler;
        if (known != null) known.stop();
    }
}
