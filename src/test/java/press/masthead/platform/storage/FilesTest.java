package press.masthead.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import press.masthead.platform.web.Problem;

class FilesTest {
    private static final byte[] WORDS = "Words".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void a_disk_that_is_full_is_told_as_507_and_leaves_nothing_behind() throws IOException {
        var full = new Files(folder, file -> FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE));
        assertThatThrownBy(() -> full.put("pictures/whole/a.jpg", WORDS))
                .isInstanceOf(Problem.class)
                .hasMessage("The server's disk is full, so the file was not kept.")
                .extracting(problem -> ((Problem) problem).status())
                .isEqualTo(507);
        assertThat(full.has("pictures/whole/a.jpg")).isFalse();
        try (Stream<Path> left = java.nio.file.Files.walk(folder)) {
            assertThat(left.filter(java.nio.file.Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void a_file_is_replaced_as_a_whole_and_taken_away() {
        var files = new Files(folder);
        files.put("a/b.txt", "Before, and longer".getBytes(StandardCharsets.UTF_8));
        files.put("a/b.txt", WORDS);
        assertThat(files.get("a/b.txt")).hasValue(WORDS);
        files.remove("a/b.txt");
        files.remove("a/b.txt");
        assertThat(files.get("a/b.txt")).isEmpty();
    }

    @Test
    void no_name_leads_out_of_the_folder() {
        var files = new Files(folder);
        for (String name : new String[] {"../a", "a/../../b", "/etc/passwd", "a//b", ".hidden", "A", "a/", ""})
            assertThatThrownBy(() -> files.get(name)).as(name).isInstanceOf(Problem.class);
    }
}
