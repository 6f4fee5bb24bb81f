import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/**
 * Bundles the browser's scripts at build time, with no Node and no network: unpacks the WebJars on the class path into a
 * node_modules folder and runs the esbuild program that one of them carries over every top-level .ts and .css file.
 *
 * <p>Arguments: the source folder, the output folder. Exits with esbuild's own status.
 */
class BundleScripts {
    static final String WEBJARS = "META-INF/resources/webjars/";

    public static void main(String[] args) throws Exception {
        Path source = Path.of(args[0]).toAbsolutePath();
        Path output = Path.of(args[1]).toAbsolutePath();
        Path modules = output.getParent().getParent().resolve("node_modules");
        for (String entry : System.getProperty("java.class.path").split(":"))
            if (entry.contains("/webjars/npm/")) unpack(Path.of(entry), modules);

        List<String> command = new ArrayList<>(List.of(
                esbuild(modules).toString(),
                "--bundle",
                "--minify",
                "--format=esm",
                "--target=es2022",
                "--log-level=warning",
                "--loader:.woff2=file",
                "--asset-names=[name]",
                "--outdir=" + output));
        try (var files = Files.list(source)) {
            files.filter(file -> file.toString().matches(".*\\.(ts|css)$")).map(Path::toString).sorted().forEach(command::add);
        }
        if (command.stream().noneMatch(word -> word.startsWith(source.toString()))) return;
        var process = new ProcessBuilder(command).inheritIO();
        process.environment().put("NODE_PATH", modules.toString());
        System.exit(process.start().waitFor());
    }

    /** The program of whichever platform's WebJar is on the class path, made executable. */
    static Path esbuild(Path modules) throws IOException {
        try (var folders = Files.list(modules)) {
            Path program = folders.filter(folder -> folder.getFileName().toString().startsWith("esbuild__"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no esbuild WebJar on the class path"))
                    .resolve("bin/esbuild");
            program.toFile().setExecutable(true);
            return program;
        }
    }

    /** webjars/NAME/VERSION/... becomes node_modules/NAME/...; a jar already unpacked is left alone. */
    static void unpack(Path jar, Path modules) throws IOException {
        Path done = modules.resolve("." + jar.getFileName());
        if (Files.exists(done)) return;
        try (var archive = new JarFile(jar.toFile())) {
            for (var entry : archive.stream().toList()) {
                if (entry.isDirectory() || !entry.getName().startsWith(WEBJARS)) continue;
                String[] parts = entry.getName().substring(WEBJARS.length()).split("/", 3);
                Path target = modules.resolve(parts[0]).resolve(parts[2]).normalize();
                if (!target.startsWith(modules)) throw new IOException("entry outside its folder: " + entry.getName());
                Files.createDirectories(target.getParent());
                try (InputStream in = archive.getInputStream(entry)) {
                    Files.write(target, in.readAllBytes());
                }
            }
        }
        Files.createFile(done);
    }
}
