package press.masthead.themes;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A theme's stylesheet as it is sent: files it imports from beside itself are put in, so that it may be written in
 * parts and fetched as one; fonts and pictures it names carry the hash of their bytes, so that they may be kept for ever.
 */
final class Stylesheet {
    private static final Pattern IMPORT = Pattern.compile("@import \"\\./([\\w.-]+\\.css)\";");
    private static final Pattern LINK = Pattern.compile("url\\(\"(\\.\\./[\\w./-]+)\"\\)");

    private Stylesheet() {}

    /** @param version of an asset's path ("fonts/serif.woff2"), as a query or nothing */
    static byte[] whole(String name, Map<String, byte[]> files, Function<String, String> version) {
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        String css = new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
        String joined = IMPORT.matcher(css).replaceAll(found -> {
            byte[] part = files.get(folder + found.group(1));
            if (part == null)
                throw new ThemeError(name + " imports " + found.group(1) + ", and there is no such file.");
            return Matcher.quoteReplacement(new String(part, StandardCharsets.UTF_8));
        });
        String above = folder.replaceFirst("[^/]+/$", "").replaceFirst("^assets/", "");
        String linked = LINK.matcher(joined)
                .replaceAll(found -> "url(\"" + found.group(1)
                        + version.apply(above + found.group(1).substring(3)) + "\")");
        return linked.getBytes(StandardCharsets.UTF_8);
    }
}
