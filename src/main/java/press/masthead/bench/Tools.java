package press.masthead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The programs that a benchmark compares with, found where the system's package manager puts them. */
public final class Tools {
    private Tools() {}

    /** The program's path. Says which package brings it when it is missing. */
    static String find(String program, String apt) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder.isEmpty() ? "." : folder).resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new MissingTool(
                        "This benchmark needs " + program + ", which isn't here. Install it with: apt install " + apt));
    }

    /** Runs a program to its end and returns what it printed, both streams together. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) throw new IOException(command.getFirst() + " failed: " + output);
        return output;
    }

    /** Resident memory of this process in MB, as the kernel counts it. */
    static long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** Lets time pass, where it is time that is measured. */
    static void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    /** The last line of a measurement, for machines. */
    static String line(String name, double ours, double limit, String unit, long rss) {
        return String.format(
                Locale.ROOT,
                "%s ratio=%.2f ours=%.0f limit=%.0f unit=%s rss_mb=%d",
                name,
                ours / limit,
                ours,
                limit,
                unit,
                rss);
    }

    /** A program that a benchmark needs is not installed. */
    public static final class MissingTool extends RuntimeException {
        MissingTool(String sentence) {
            super(sentence);
        }
    }
}
