package press.masthead.localstripe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which parameters each request may have: the table in {@code parameters.txt}, whose lines name their source. */
final class Parameters {
    private final Map<String, Set<String>> allowed = new LinkedHashMap<>();

    Parameters() {
        for (String line : text().lines().toList()) {
            if (line.startsWith("#") || line.isBlank()) continue;
            String[] cells = line.split("\\|");
            allowed.put(cells[0].strip(), Set.of(cells[1].strip().split("\\s+")));
        }
    }

    private static String text() {
        try (@Nullable InputStream table = Parameters.class.getResourceAsStream("/localstripe/parameters.txt")) {
            if (table == null) throw new IllegalStateException("parameters.txt is missing");
            return new String(table.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By endpoint, such as {@code POST /v1/refunds}. */
    Map<String, Set<String>> all() {
        return allowed;
    }

    void check(String endpoint, Ask ask) {
        Set<String> known = allowed.getOrDefault(endpoint, Set.of());
        for (String name : ask.names())
            if (!known.contains(name) && !name.equals("expand.*")) {
                String shown = name.replaceAll("\\.([^.]+)", "[$1]").replace("[*]", "[]");
                throw Refusal.invalid("Received unknown parameter: " + shown, shown, "parameter_unknown");
            }
    }
}
