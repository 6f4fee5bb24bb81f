package press.masthead.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkDumpTest {
    private static final Map<String, String> ROWS =
            Map.of("1.1.ab@parallel.example", "ben@reader.example", "1.2.ab@parallel.example", "cleo@reader.example");
    private static final String BEN = letter("ben@reader.example", "1.1.ab@parallel.example");
    private static final String CLEO = letter("cleo@reader.example", "1.2.ab@parallel.example");

    @TempDir
    Path folder;

    @Test
    void a_dump_with_each_letter_of_the_ledger_once_agrees() throws IOException {
        assertThat(compare(BEN + CLEO)).isEqualTo(2);
    }

    @Test
    void a_letter_lost_doubled_cut_short_or_sent_elsewhere_is_named() {
        assertThatThrownBy(() -> compare(BEN)).hasMessageContaining("1.2.ab@parallel.example is lost");
        assertThatThrownBy(() -> compare(BEN + CLEO + BEN)).hasMessageContaining("1.1.ab@parallel.example came twice");
        assertThatThrownBy(() -> compare(BEN.replace("--=_x--\n", "") + CLEO)).hasMessageContaining("cut short");
        assertThatThrownBy(() -> compare(BEN + CLEO.replace("cleo@", "eve@"))).hasMessageContaining("eve@");
        assertThatThrownBy(() -> compare(BEN + CLEO + letter("x@reader.example", "9.9.ab@parallel.example")))
                .hasMessageContaining("9.9.ab@parallel.example went to x@reader.example");
        assertThatThrownBy(() ->
                        compare("DKIM-Signature: v=1\n" + BEN + CLEO.replace("From:", "DKIM-Signature: v=1\nFrom:")))
                .hasMessageContaining("1.2.ab@parallel.example is signed");
    }

    private int compare(String dump) throws IOException {
        return new SinkDump(ROWS, false).compare(Files.writeString(folder.resolve("dump"), dump));
    }

    /** As smtp-sink writes it. */
    private static String letter(String address, String messageId) {
        return """
                X-Client-Addr: 127.0.0.1
                X-Client-Proto: ESMTP
                X-Helo-Args: [127.0.0.1]
                X-Mail-Args: <bounce-1@parallel.example> SIZE=20480
                X-Rcpt-Args: <%s>
                Received: from [127.0.0.1] ([127.0.0.1])
                From: morning@parallel.example
                Message-ID: <%s>
                Content-Type: multipart/alternative; boundary="=_x"

                --=_x
                Message-ID: <no header any more>
                --=_x--

                """.formatted(address, messageId);
    }
}
