package press.masthead.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A camera: a film with grain made beforehand, given out again and again at its own pace as a browser records it, so that it costs next to nothing. */
final class LiveSource implements AutoCloseable {
    private static final int FILM_SECONDS = 10;
    private static final int PART_MILLIS = 500;

    private final Process process;

    private LiveSource(Process process) {
        this.process = process;
    }

    /** Takes a part of what was recorded. */
    interface Studio {
        void take(int part, byte[] bytes) throws IOException, InterruptedException;
    }

    static LiveSource start(String ffmpeg, Path folder) throws IOException, InterruptedException {
        Path film = folder.resolve("film.webm");
        if (!Files.exists(film))
            Tools.run(List.of(
                    (ffmpeg + " -loglevel error -f lavfi -i testsrc2=s=1280x720:r=25 -f lavfi -i sine=r=48000 -t "
                                    + FILM_SECONDS
                                    + " -vf noise=alls=12:allf=t -c:v libvpx -deadline realtime -cpu-used 8 -b:v 2500k -g 25 -c:a libopus "
                                    + film)
                            .split(" ")));
        return new LiveSource(new ProcessBuilder((ffmpeg + " -loglevel error -re -stream_loop -1 -i " + film
                                + " -c copy -f webm -cluster_time_limit 500 -flush_packets 1 pipe:1")
                        .split(" "))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Sends a part each half second, until it is closed. */
    void send(Studio studio) {
        Thread.ofPlatform().daemon().name("source").start(() -> {
            try (InputStream in = process.getInputStream()) {
                var part = new ByteArrayOutputStream();
                byte[] some = new byte[64 << 10];
                long next = System.nanoTime();
                int number = 0;
                for (int read = in.read(some); read >= 0; read = in.read(some)) {
                    part.write(some, 0, read);
                    if (System.nanoTime() < next) continue;
                    deliver(studio, number++, part.toByteArray());
                    part.reset();
                    next += PART_MILLIS * 1_000_000L;
                }
            } catch (IOException e) {
                if (process.isAlive()) System.err.println("the source broke off: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Until it has arrived, as a browser does. */
    private static void deliver(Studio studio, int number, byte[] bytes) throws InterruptedException {
        for (int attempt = 0; attempt < 60; attempt++) {
            try {
                studio.take(number, bytes);
                return;
            } catch (IOException e) {
                System.err.println("the source tries again: " + e.getMessage());
                Tools.pause(250);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
