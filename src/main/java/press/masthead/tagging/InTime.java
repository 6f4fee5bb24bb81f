package press.masthead.tagging;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work that somebody waits for while writing: done within a time or not at all, and by so many hands at the most. Work that runs over its
 * time is told to stop and keeps its hand until it has.
 */
final class InTime {
    private final Duration most;
    private final Semaphore hands;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    InTime(Duration most, int hands) {
        this.most = most;
        this.hands = new Semaphore(hands, true);
    }

    /** None where it was not done in time. */
    <T> Optional<T> done(Callable<T> work) {
        long end = System.nanoTime() + most.toNanos();
        Future<T> result = threads.submit(() -> {
            hands.acquire();
            try {
                return work.call();
            } finally {
                hands.release();
            }
        });
        try {
            return Optional.of(result.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            result.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException ours) throw ours;
            throw new CompletionException(e.getCause());
        }
    }
}
