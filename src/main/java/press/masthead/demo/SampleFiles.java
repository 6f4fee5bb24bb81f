package press.masthead.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The sample publication's files, as they lie on the class path under {@code sample/}. */
final class SampleFiles {
    private SampleFiles() {}

    /** A text with what its front matter says. */
    record Text(String slug, Fields fields, String body) {}

    /** The text files of a folder, in the order of their names. */
    static List<Text> texts(String folder) {
        return names(folder).stream()
                .filter(name -> name.endsWith(".html"))
                .map(name -> text(folder + "/" + name))
                .toList();
    }

    static Text text(String path) {
        String file = new String(bytes(path), StandardCharsets.UTF_8);
        int end = file.indexOf("\n---", 4);
        if (!file.startsWith("---") || end < 0) throw new IllegalStateException(path + " has no front matter");
        String slug = path.substring(path.lastIndexOf('/') + 1).replace(".html", "");
        return new Text(
                slug, new Fields(yaml(file.substring(4, end))), file.substring(file.indexOf('\n', end + 1) + 1));
    }

    static Fields fields(String path) {
        return new Fields(yaml(new String(bytes(path), StandardCharsets.UTF_8)));
    }

    private static Map<?, ?> yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    static byte[] bytes(String path) {
        try (InputStream in = SampleFiles.class.getResourceAsStream("/sample/" + path)) {
            if (in == null) throw new IllegalStateException("the sample lacks " + path);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(String folder) {
        try {
            URI place = SampleFiles.class.getResource("/sample/" + folder).toURI();
            if (!place.getScheme().equals("jar")) return list(Path.of(place));
            try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                return list(jar.getPath("/sample/" + folder));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
