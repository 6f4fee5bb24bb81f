package press.masthead.broadcast;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The program that makes pictures for viewers: the system's, started as a process of its own that gives way to the server. */
public final class Ffmpeg {
    /** The list of qualities, beside the pictures. */
    static final String MASTER = "master.m3u8";

    private final Optional<Path> program;
    private final boolean fetched;
    private final List<Quality> qualities;
    private final int threads;

    private Ffmpeg(Optional<Path> program, boolean fetched, int processors) {
        this.program = program;
        this.fetched = fetched;
        this.qualities = Quality.on(processors);
        this.threads = Math.max(1, processors / 2);
    }

    /** Looks for it where programs lie; where the system has none, in the folder that {@code ./masthead get ffmpeg} fills. */
    public static Ffmpeg find(Path folder) {
        int processors = Runtime.getRuntime().availableProcessors();
        Optional<Path> system = onPath("ffmpeg");
        return system.isPresent() ? new Ffmpeg(system, false, processors) : fetched(folder, processors);
    }

    /** The one that was fetched, whatever the system has. */
    static Ffmpeg fetched(Path folder, int processors) {
        return new Ffmpeg(Optional.of(folder.resolve("ffmpeg")).filter(Files::isExecutable), true, processors);
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv()
                        .getOrDefault("PATH", "/usr/bin:/usr/local/bin")
                        .split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether going live is possible on this machine at all. */
    public boolean isThere() {
        return program.isPresent();
    }

    List<Quality> qualities() {
        return qualities;
    }

    /** Begins to make segments of one second in the folder out of what the process is given. */
    Process start(Path folder, String form) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(MASTER), Playlists.master(qualities));
        var process = new ProcessBuilder(command(folder, form))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("ffmpeg.log").toFile());
        // Its libraries lie beside it.
        if (fetched)
            program.map(Path::getParent)
                    .ifPresent(beside -> process.environment().put("LD_LIBRARY_PATH", beside.toString()));
        return process.start();
    }

    private List<String> command(Path folder, String form) throws IOException {
        var words = new ArrayList<String>();
        // Pages come first: it runs at a lower priority, on half of the processors.
        onPath("nice").ifPresent(nice -> words.addAll(List.of(nice.toString(), "-n", "5")));
        words.add(
                program.orElseThrow(() -> new IOException("there is no ffmpeg")).toString());
        words.addAll(List.of("-hide_banner", "-loglevel", "error", "-analyzeduration", "500000", "-fpsprobesize", "0"));
        words.addAll(List.of("-f", form, "-i", "pipe:0", "-filter_complex", pictures()));
        var map = new StringBuilder();
        for (int n = 0; n < qualities.size(); n++) {
            Quality one = qualities.get(n);
            if (!one.isSound())
                words.addAll(List.of(
                        "-map",
                        "[v" + n + "]",
                        "-b:v:" + n,
                        one.kilobits() + "k",
                        "-maxrate:v:" + n,
                        one.kilobits() * 12 / 10 + "k",
                        "-bufsize:v:" + n,
                        one.kilobits() * 2 + "k"));
            words.addAll(List.of("-map", "[a" + n + "]"));
            map.append(n == 0 ? "" : " ")
                    .append(one.isSound() ? "" : "v:" + n + ",")
                    .append("a:")
                    .append(n);
        }
        // The fetched one is free of x264, whose licence is the GPL.
        words.addAll(
                fetched
                        ? List.of("-c:v", "libopenh264", "-profile:v", "main")
                        : List.of(
                                "-c:v",
                                "libx264",
                                "-preset",
                                "superfast",
                                "-tune",
                                "zerolatency",
                                "-profile:v",
                                "main"));
        words.addAll(
                List.of("-level", "3.1", "-pix_fmt", "yuv420p", "-g", "25", "-keyint_min", "25", "-sc_threshold", "0"));
        words.addAll(List.of("-c:a", "aac", "-b:a", Quality.SOUND_KILOBITS + "k", "-ar", "48000", "-ac", "2"));
        words.addAll(
                List.of("-threads", Integer.toString(threads), "-f", "hls", "-hls_time", "1", "-hls_list_size", "0"));
        words.addAll(List.of("-hls_flags", "independent_segments+temp_file", "-var_stream_map", map.toString()));
        words.addAll(
                List.of("-hls_segment_filename", folder.resolve("v%v-%05d.ts").toString()));
        words.add(folder.resolve("v%v.m3u8").toString());
        return words;
    }

    /** The same steady pictures in each size, whatever shape and pace they come in; sound without holes. */
    private String pictures() {
        long sizes = qualities.stream().filter(one -> !one.isSound()).count();
        var text = new StringBuilder("[0:v:0]fps=25,split=" + sizes);
        for (int n = 0; n < sizes; n++) text.append("[s").append(n).append(']');
        for (int n = 0; n < sizes; n++) {
            String size = qualities.get(n).width() + ":" + qualities.get(n).height();
            text.append(";[s")
                    .append(n)
                    .append("]scale=")
                    .append(size)
                    .append(":force_original_aspect_ratio=decrease,pad=")
                    .append(size)
                    .append(":(ow-iw)/2:(oh-ih)/2,setsar=1[v")
                    .append(n)
                    .append(']');
        }
        text.append(";[0:a:0]aresample=async=1000:first_pts=0,asplit=").append(qualities.size());
        for (int n = 0; n < qualities.size(); n++) text.append("[a").append(n).append(']');
        return text.toString();
    }
}
