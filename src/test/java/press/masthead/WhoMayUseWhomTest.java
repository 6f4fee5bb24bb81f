package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of packages: each may use those on the lines before its own, and nothing on its own line or after. */
class WhoMayUseWhomTest {
    /** From the ground up; packages on one line know nothing of each other. ARCHITECTURE.md draws the same. */
    private static final List<String> LAYERS = List.of(
            "platform.db platform.web platform.jobs platform.calendar charts",
            "platform.storage platform.mail stripe localstripe models",
            "readers publication",
            "access",
            "signin",
            "desk",
            "authors topics industries pictures mailbox",
            "stories",
            "themes deliveries readership briefing",
            "newsletters plans reports search",
            "subscriptions books tagging related wording",
            "billing gifts",
            "editions teams following events broadcast",
            "business memos shelf tickets live archive",
            "account reviews door",
            "site feeds",
            "pro",
            "demo",
            "bench",
            "");

    @Test
    void each_package_uses_only_those_below_it() throws IOException {
        Map<String, Integer> layerOf = new LinkedHashMap<>();
        for (int i = 0; i < LAYERS.size(); i++) for (String name : LAYERS.get(i).split(" ", -1)) layerOf.put(name, i);

        var wrong = new TreeSet<String>();
        for (Path file : classes())
            for (String used : uses(file)) {
                String user = packageOf(file);
                if (user.equals(used)) continue;
                Integer from = layerOf.get(user);
                Integer to = layerOf.get(used);
                if (from == null || to == null) wrong.add((from == null ? user : used) + " is not in the table");
                else if (to >= from) wrong.add(user + " uses " + used + " in " + file.getFileName());
            }
        assertThat(wrong).isEmpty();
    }

    private static final Path ROOT = Path.of("target/classes/press/masthead");

    private static List<Path> classes() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static String packageOf(Path file) {
        return ROOT.relativize(file.getParent()).toString().replace('/', '.');
    }

    /** The Masthead packages that a class names in its constants. */
    private static List<String> uses(Path file) throws IOException {
        var used = new TreeSet<String>();
        for (var entry : ClassFile.of().parse(file).constantPool()) {
            if (!(entry instanceof ClassEntry named)) continue;
            String name = named.asInternalName().replaceFirst("^\\[+L?", "");
            if (!name.startsWith("press/masthead/")) continue;
            String[] parts = name.substring("press/masthead/".length()).split("/");
            used.add(String.join(".", Arrays.copyOf(parts, parts.length - 1)));
        }
        return List.copyOf(used);
    }
}
