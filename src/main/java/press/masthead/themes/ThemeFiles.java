package press.masthead.themes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Every file of a theme, read once into memory: a theme is small, and a page must never wait for a disk. */
final class ThemeFiles {
    private ThemeFiles() {}

    static Map<String, byte[]> in(Path folder) {
        if (!Files.isDirectory(folder)) throw new ThemeError("There is no theme folder at " + folder + ".");
        try {
            return read(folder);
        } catch (IOException e) {
            throw new ThemeError("The theme in " + folder + " can't be read: " + e.getMessage() + ".", e);
        }
    }

    static Map<String, byte[]> bundled(String name) {
        String marker = "/themes/" + name + "/package.json";
        URL found = ThemeFiles.class.getResource(marker);
        if (found == null) throw new ThemeError("There is no bundled theme called \"" + name + "\".");
        try {
            URI uri = URI.create(found.toString());
            if (!"jar".equals(uri.getScheme())) return read(Path.of(uri).resolveSibling(""));
            String inside = uri.toString();
            try (var jar = FileSystems.newFileSystem(Path.of(URI.create(inside.substring(4, inside.indexOf("!/")))))) {
                return read(jar.getPath("/themes/" + name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The bundled theme \"" + name + "\" can't be read", e);
        }
    }

    private static Map<String, byte[]> read(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (!name.startsWith(".") && !name.contains("node_modules/")) files.put(name, Files.readAllBytes(path));
            }
        }
        return files;
    }
}
