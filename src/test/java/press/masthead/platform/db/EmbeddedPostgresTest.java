package press.masthead.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kill")
class EmbeddedPostgresTest {
    @TempDir
    Path temp;

    @Test
    void data_is_safe_and_closed_to_others() throws Exception {
        var folder = temp.resolve("postgres");
        try (var postgres = EmbeddedPostgres.start(folder);
                var database = Database.open(postgres.url(), 1)) {
            for (var setting : List.of("fsync", "full_page_writes", "synchronous_commit", "data_checksums")) {
                assertThat(setting(database, setting)).as(setting).isEqualTo("on");
            }
            assertThat(setting(database, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(database, "unix_socket_directories")).isEmpty();
            var wrong = new DatabaseUrl("127.0.0.1", postgres.url().port(), "masthead", "masthead", "", Map.of());
            assertThatThrownBy(() -> Database.open(wrong, 1)).isInstanceOf(DatabaseUnusable.class);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cluster"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_data_folder_survives_a_killed_server() throws Exception {
        var folder = temp.resolve("postgres");
        try (var killed = EmbeddedPostgresProgram.start(folder)) {
            assertThat(killed.nextLine()).isEqualTo("serving");
            killed.process().destroyForcibly().waitFor();
        }
        assertThat(titlesIn(folder)).containsExactly("first");
    }

    @Test
    void a_server_left_behind_is_taken_over() throws Exception {
        var folder = temp.resolve("data of the newsroom");
        ProcessHandle left;
        try (var killed = EmbeddedPostgresProgram.start(folder)) {
            assertThat(killed.nextLine()).isEqualTo("serving");
            left = postmaster(folder);
            // With the shells of the lifeline gone as well nobody is left to stop it.
            killed.process()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").matches(".*/(sh|dash|bash|busybox)"))
                    .forEach(ProcessHandle::destroyForcibly);
            killed.process().destroyForcibly().waitFor();
        }
        assertThat(left.isAlive()).isTrue();
        try (var postgres = EmbeddedPostgres.start(folder);
                var database = Database.open(postgres.url(), 1)) {
            assertThat(postmaster(folder).pid()).isNotEqualTo(left.pid());
            assertThat(titles(database)).containsExactly("first");
        }
    }

    @Test
    void a_killed_program_leaves_no_server_running() throws Exception {
        var folder = temp.resolve("postgres");
        try (var killed = EmbeddedPostgresProgram.start(folder)) {
            assertThat(killed.nextLine()).isEqualTo("serving");
            var server = postmaster(folder);
            killed.process().destroyForcibly().waitFor();
            server.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void control_c_lets_the_program_finish_before_its_database_stops() throws Exception {
        var folder = temp.resolve("postgres");
        // A session of its own stands for the terminal: Ctrl-C goes to everything in its foreground group.
        try (var running = EmbeddedPostgresProgram.start(folder, "setsid")) {
            assertThat(running.nextLine()).isEqualTo("serving");
            new ProcessBuilder("kill", "-INT", "--", "-" + running.process().pid())
                    .start()
                    .waitFor();
            assertThat(running.nextLine()).isEqualTo("finished");
        }
        assertThat(Files.exists(folder.resolve("cluster/postmaster.pid"))).isFalse();
        assertThat(titlesIn(folder)).containsExactly("first", "last");
    }

    @Test
    void a_server_that_dies_is_started_again_on_the_same_port() throws Exception {
        var folder = temp.resolve("postgres");
        try (var postgres = EmbeddedPostgres.startLosable(folder);
                var database = Database.open(postgres.url(), 2)) {
            var first = postmaster(folder);
            first.destroyForcibly();
            first.onExit().get(30, TimeUnit.SECONDS);
            eventually(() -> setting(database, "port")
                    .equals(Integer.toString(postgres.url().port())));
            assertThat(postmaster(folder).pid()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void two_servers_cannot_share_one_folder() {
        var folder = temp.resolve("postgres");
        try (var postgres = EmbeddedPostgres.startLosable(folder);
                var second = EmbeddedPostgresProgram.start(folder)) {
            var sentence =
                    "Another Masthead (process %d) is already using the data in %s; stop it first or name another folder with MASTHEAD_DATA."
                            .formatted(ProcessHandle.current().pid(), folder);
            assertThat(second.nextLine()).isEqualTo(sentence);
            assertThatThrownBy(() -> EmbeddedPostgres.startLosable(folder))
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessage(sentence);
            assertThat(postgres.url().port()).isPositive();
        }
    }

    @Test
    void a_newer_data_folder_is_refused_with_what_to_do() throws Exception {
        assertThatThrownBy(() -> EmbeddedPostgres.start(folderOfMajor("99")))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining(
                        "was made by PostgreSQL 99, newer than the 18 in this Masthead; start it with the newer Masthead that made it.");
    }

    @Test
    void an_older_data_folder_is_refused_with_what_to_do() throws Exception {
        assertThatThrownBy(() -> EmbeddedPostgres.start(folderOfMajor("14")))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining(
                        "was made by PostgreSQL 14 and this Masthead carries 18; make a backup with the Masthead that made it and restore that into an empty folder.");
    }

    @Test
    void a_folder_that_cannot_be_written_is_named_with_what_to_do() throws Exception {
        var file = Files.createFile(temp.resolve("a-file"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(file.resolve("postgres")))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessage(
                        "Masthead cannot write to the folder %s; give it to the user '%s' or name another with MASTHEAD_DATA."
                                .formatted(file.resolve("postgres"), System.getProperty("user.name")));
    }

    @Test
    void a_lost_password_is_named_with_its_file() throws Exception {
        var folder = folderOfMajor("18");
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessage(
                        "The database's password is missing from %s/password; put that file back from a backup of the folder."
                                .formatted(folder));
    }

    @Test
    void a_half_made_data_folder_is_made_anew() throws Exception {
        var folder = temp.resolve("postgres");
        Files.createDirectories(folder.resolve("cluster.new/base"));
        Files.writeString(folder.resolve("cluster.new/PG_VERSION"), "18\n");
        try (var postgres = EmbeddedPostgres.startLosable(folder);
                var database = Database.open(postgres.url(), 1)) {
            assertThat(setting(database, "server_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void a_full_disk_is_named_at_the_first_start_and_at_a_later_one() throws Exception {
        try (var disk = SmallDisk.mount(temp.resolve("disk"), 20)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(disk.path().resolve("postgres")))
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessage("The disk that holds %s is full; free some space and start again."
                            .formatted(disk.path().resolve("postgres")));
        }
        try (var disk = SmallDisk.mount(temp.resolve("disk"), 120)) {
            var folder = disk.path().resolve("postgres");
            assertThat(titlesIn(folder)).isEmpty();
            disk.fill();
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessage("The disk that holds %s is full; free some space and start again.".formatted(folder));
            disk.free();
            assertThat(titlesIn(folder)).isEmpty();
        }
    }

    @Test
    void it_runs_as_an_ordinary_user_and_as_root_without_user_namespaces() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can become somebody else");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
        var classPath = EmbeddedPostgresProgram.classPathFor(temp);
        var own = temp.resolve("own");
        try (var running = EmbeddedPostgresProgram.start(
                classPath,
                own,
                Map.of("XDG_CACHE_HOME", temp + "/cache"),
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups")) {
            assertThat(running.nextLine()).isEqualTo("serving");
            running.process().toHandle().destroy();
            assertThat(running.nextLine()).isEqualTo("finished");
        }
        assertThat(Files.getOwner(own.resolve("cluster")).getName()).isEqualTo("nobody");

        // An `unshare` that fails is how a container without user namespaces looks.
        var programs = Files.createDirectory(temp.resolve("programs"));
        Files.writeString(programs.resolve("unshare"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(programs.resolve("unshare"), PosixFilePermissions.fromString("rwxr-xr-x"));
        var handed = temp.resolve("handed");
        var path = Map.of("PATH", programs + ":" + System.getenv("PATH"));
        try (var running = EmbeddedPostgresProgram.start(classPath, handed, path)) {
            assertThat(running.nextLine()).isEqualTo("serving");
            running.process().toHandle().destroy();
            assertThat(running.nextLine()).isEqualTo("finished");
        }
        assertThat(Files.getOwner(handed.resolve("cluster")).getName()).isEqualTo("nobody");
    }

    /** What a program that was killed or stopped here left as committed. */
    private static List<String> titlesIn(Path folder) {
        try (var postgres = EmbeddedPostgres.start(folder);
                var database = Database.open(postgres.url(), 1)) {
            return titles(database);
        }
    }

    private static List<String> titles(Database database) {
        return database.jdbi().withHandle(handle -> {
            handle.execute("create table if not exists story (title text)");
            return handle.createQuery("select title from story")
                    .mapTo(String.class)
                    .list();
        });
    }

    private Path folderOfMajor(String major) throws IOException {
        var folder = temp.resolve("postgres");
        Files.createDirectories(folder.resolve("cluster"));
        Files.writeString(folder.resolve("cluster/PG_VERSION"), major + "\n");
        return folder;
    }

    private static ProcessHandle postmaster(Path folder) throws IOException {
        var pid = Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static String setting(Database database, String name) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select current_setting(:name)")
                        .bind("name", name)
                        .mapTo(String.class)
                        .one());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void eventually(Condition condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.holds()) return;
            } catch (Exception notYet) {
                // asked again until the minute is over
            }
        }
        throw new AssertionError("did not come true within a minute");
    }
}
