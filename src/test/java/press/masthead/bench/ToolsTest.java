package press.masthead.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import press.masthead.bench.Tools.MissingTool;

class ToolsTest {
    @Test
    void a_missing_program_is_named_with_the_package_that_brings_it() {
        assertThatThrownBy(() -> Tools.find("smtp-nowhere", "postfix"))
                .isInstanceOf(MissingTool.class)
                .hasMessage(
                        "This benchmark needs smtp-nowhere, which isn't here. Install it with: apt install postfix");
    }

    @Test
    void the_last_line_is_for_machines() {
        assertThat(Tools.line("send", 3170.4, 5927, "letters/s", 294))
                .isEqualTo("send ratio=0.53 ours=3170 limit=5927 unit=letters/s rss_mb=294");
    }
}
