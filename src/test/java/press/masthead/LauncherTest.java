package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./masthead} on an invented machine: its own usual folders, JDKs and Maven, each a few lines of shell. */
class LauncherTest {
    @TempDir
    Path machine;

    private Path project;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void furnish() throws IOException {
        machine = machine.toRealPath();
        project = Files.createDirectories(machine.resolve("project"));
        Files.createDirectories(project.resolve("src/main"));
        Files.createDirectories(project.resolve("build"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.writeString(project.resolve("src/main/Story.java"), "record Story() {}");
        var launcher = Files.readString(Path.of("masthead"))
                .replace(" /usr/", " " + machine + "/usr/")
                .replace(" /opt/", " " + machine + "/opt/");
        program(project.resolve("masthead"), launcher);
        mvn("echo \"built with $JAVA_HOME\" >&2; : > \"" + project + "/target/masthead.jar\"");
        environment.put("PATH", machine.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", machine.resolve("home").toString());
    }

    @Test
    void a_jdk_that_is_too_old_gets_one_line() throws Exception {
        var old = jdk("usr/lib/jvm/seventeen", "17.0.9");
        environment.put("JAVA_HOME", old.toString());
        hideOtherJavas(old);

        var said = masthead();

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.lines())
                .containsExactly(
                        "Masthead needs a JDK 25 or newer; the one in " + old
                                + " is 17. Get one at https://adoptium.net/temurin/releases/?version=25 and set JAVA_HOME to its folder.");
    }

    @Test
    void a_machine_without_a_jdk_gets_one_line() throws Exception {
        hideOtherJavas(machine.resolve("nothing"));

        var said = masthead();

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.lines())
                .containsExactly(
                        "Masthead needs a JDK 25 or newer. Get one at https://adoptium.net/temurin/releases/?version=25 and set JAVA_HOME to its folder.");
    }

    @Test
    void a_jdk_asked_for_by_name_is_never_replaced_by_another() throws Exception {
        jdk("usr/lib/jvm/twenty-five", "25.0.1");
        environment.put(
                "MASTHEAD_JAVA_HOME", jdk("elsewhere/seventeen", "17.0.9").toString());

        var said = masthead();

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.lines())
                .containsExactly("MASTHEAD_JAVA_HOME should name a JDK 25 or newer; the one in " + machine
                        + "/elsewhere/seventeen is 17.");
    }

    @Test
    void a_jdk_in_a_usual_folder_is_found_past_an_old_JAVA_HOME() throws Exception {
        environment.put("JAVA_HOME", jdk("usr/lib/jvm/seventeen", "17.0.9").toString());
        hideOtherJavas(machine.resolve("nothing"));
        var found = jdk("home/.sdkman/candidates/java/25.0.1-tem", "25.0.1");

        var said = masthead("serve");

        assertThat(said.status()).isZero();
        assertThat(said.lines())
                .anyMatch(line -> line.startsWith(found + " ran") && line.endsWith("masthead.jar serve"));
    }

    @Test
    void a_stale_build_is_built_once() throws Exception {
        useJdk();
        assertThat(masthead().lines()).contains("Building...", "Preparing a quick start...");
        assertThat(masthead().lines()).doesNotContain("Building...", "Preparing a quick start...");
        Files.setLastModifiedTime(
                project.resolve("src/main/Story.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(masthead().lines()).contains("Building...");
    }

    @Test
    void two_started_at_once_build_once_and_both_run() throws Exception {
        useJdk();
        mvn("echo built >> \"" + machine + "/builds\"; : > \"" + project + "/target/masthead.jar\"");
        var both = List.of("first", "second").parallelStream()
                .map(argument -> {
                    try {
                        return masthead(argument);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        assertThat(both).allMatch(said -> said.status() == 0);
        assertThat(Files.readAllLines(machine.resolve("builds"))).containsExactly("built");
    }

    @Test
    void a_build_that_fails_shows_its_errors_and_starts_nothing() throws Exception {
        useJdk();
        mvn(
                "echo '[INFO] scanning'; echo '[ERROR] Story.java:[7,12] cannot find symbol'; echo '[ERROR] Re-run Maven using -X'; exit 1");

        var said = masthead();

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.lines())
                .containsExactly(
                        "Building...",
                        "[ERROR] Story.java:[7,12] cannot find symbol",
                        "Masthead could not be built (all of Maven's output: " + project + "/target/build.log).");
    }

    @Test
    void without_maven_the_launcher_names_it() throws Exception {
        useJdk();
        Files.delete(machine.resolve("bin/mvn"));
        onlyTheseTools();

        assertThat(masthead().lines())
                .containsExactly(
                        "Masthead is built with Maven; install it (apt install maven, brew install maven) and start again.");
    }

    @Test
    void a_quick_start_is_used_when_it_could_be_made_and_missed_when_not() throws Exception {
        useJdk();
        assertThat(masthead().lines())
                .anyMatch(line -> line.contains("-XX:AOTCache=" + project + "/target/masthead.aot"));

        Files.delete(project.resolve("target/masthead.jar"));
        environment.put("WARM_UP_FAILS", "yes");
        var said = masthead();
        assertThat(said.status()).isZero();
        assertThat(said.lines())
                .anyMatch(line -> line.endsWith("masthead.jar"))
                .noneMatch(line -> line.contains("AOTCache="));
        assertThat(masthead().lines()).doesNotContain("Preparing a quick start...");
    }

    @Test
    void the_operators_java_options_have_the_last_word() throws Exception {
        useJdk();
        assertThat(masthead().lines()).anyMatch(line -> line.contains("-XX:+UseSerialGC"));
        environment.put("MASTHEAD_JAVA_OPTS", "-Xmx4g -XX:+UseParallelGC");
        assertThat(masthead().lines())
                .anyMatch(line -> line.contains("-Xmx4g -XX:+UseParallelGC"))
                .noneMatch(line -> line.contains("-XX:+UseSerialGC"));
    }

    @Test
    void it_works_from_any_folder_and_through_a_link_with_the_data_beside_it() throws Exception {
        useJdk();
        var link = Files.createSymbolicLink(machine.resolve("bin/newsroom"), project.resolve("masthead"));

        var said = run(machine, link.toString(), "backup");

        assertThat(said.lines()).anyMatch(line -> line.endsWith("data=" + project + "/data"));
    }

    @Test
    void the_test_command_shows_mavens_summary_and_ends_with_its_status() throws Exception {
        useJdk();
        program(machine.resolve("bin/chromium"), "#!/bin/sh\n");
        mvn("echo \"maven $*\"; echo 'Tests run: 7, Failures: 1, Errors: 0, Skipped: 0'; exit 3");

        var said = masthead("test", "--quick", "-Dtest=Story*");

        assertThat(said.status()).isEqualTo(3);
        assertThat(said.lines())
                .contains("Tests run: 7, Failures: 1, Errors: 0, Skipped: 0")
                .anyMatch(line -> line.contains("-Dexcluded.tests=browser | kill | load -Dtest=Story* test"));
    }

    private record Said(int status, List<String> lines) {}

    private Said masthead(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(project.resolve("masthead").toString()));
        command.addAll(List.of(arguments));
        return run(project, command.toArray(String[]::new));
    }

    private Said run(Path folder, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text.lines().toList());
    }

    private void useJdk() throws IOException {
        environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    }

    /** A JDK whose java says what it was asked, and writes a cache when asked to. */
    private Path jdk(String where, String version) throws IOException {
        var jdk = Files.createDirectories(machine.resolve(where));
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        program(jdk.resolve("bin/java"), """
                #!/bin/sh
                case "$1" in -XX:AOTCacheOutput=*)
                  [ -z "$WARM_UP_FAILS" ] || exit 1
                  : > "${1#*=}"
                  exit
                esac
                echo "%s ran data=$MASTHEAD_DATA $*"
                echo "data=$MASTHEAD_DATA"
                """.formatted(jdk));
        return jdk;
    }

    /** The machine that runs this test may have a java on its PATH: this one stands before it. */
    private void hideOtherJavas(Path jdk) throws IOException {
        program(machine.resolve("bin/java"), "#!/bin/sh\n");
        if (Files.exists(jdk)) {
            Files.delete(machine.resolve("bin/java"));
            Files.createSymbolicLink(machine.resolve("bin/java"), jdk.resolve("bin/java"));
        }
    }

    /** A PATH without the real machine's Maven. */
    private void onlyTheseTools() throws IOException {
        for (var tool : List.of(
                "bash",
                "dirname",
                "readlink",
                "sed",
                "find",
                "head",
                "cat",
                "mkdir",
                "rm",
                "id",
                "sleep",
                "grep",
                "env")) {
            var real = Files.exists(Path.of("/usr/bin", tool)) ? "/usr/bin/" + tool : "/bin/" + tool;
            program(machine.resolve("bin").resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
        environment.put("PATH", machine.resolve("bin").toString());
    }

    private void mvn(String does) throws IOException {
        program(machine.resolve("bin/mvn"), "#!/bin/sh\n" + does + "\n");
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
