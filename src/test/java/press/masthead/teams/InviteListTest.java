package press.masthead.teams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses are found in whatever a manager has at hand. */
class InviteListTest {
    private static List<String> keys(String text) {
        return InviteList.read(text).stream()
                .map(entry -> entry.email().map(email -> email.key()).orElse("?" + entry.text()))
                .toList();
    }

    @Test
    void any_of_the_usual_separators_a_head_row_quotes_and_a_mark_are_understood() {
        assertThat(keys("\uFEFFName,E-mail\nNoor,noor@a.example\n")).containsExactly("noor@a.example");
        assertThat(keys("sep=;\nName;E-mail\n\"Vale; Noor\";noor@a.example\n")).containsExactly("noor@a.example");
        assertThat(keys("E-mail\tName\r\nnoor@a.example\tNoor\r\n")).containsExactly("noor@a.example");
        assertThat(keys("email|name\rnoor@a.example|Noor\r")).containsExactly("noor@a.example");
        assertThat(keys("noor@a.example, Lea <lea@a.example>; mo@a.example  eli@a.example"))
                .containsExactly("noor@a.example", "lea@a.example", "mo@a.example", "eli@a.example");
        assertThat(keys("mailto:noor@a.example")).containsExactly("noor@a.example");
    }

    @Test
    void a_first_line_that_is_no_head_row_is_said_to_be_malformed() {
        assertThat(keys("nobody\nnoor@a.example")).containsExactly("?nobody", "noor@a.example");
        assertThat(keys("noor@a.example\nno address here\n\nnoor@@a"))
                .containsExactly("noor@a.example", "?no address here", "?noor@@a");
        assertThat(keys("")).isEmpty();
    }

    @Test
    void older_spreadsheets_and_utf16_are_read() {
        assertThat(InviteList.decode("Zoë;zoe@a.example".getBytes(Charset.forName("windows-1252"))))
                .isEqualTo("Zoë;zoe@a.example");
        assertThat(keys(InviteList.decode("\uFEFFZoë\tzoe@a.example".getBytes(StandardCharsets.UTF_16LE))))
                .containsExactly("zoe@a.example");
        assertThat(InviteList.decode("Zoë".getBytes(StandardCharsets.UTF_8))).isEqualTo("Zoë");
    }

    @Test
    void a_domain_is_read_in_its_ascii_form_and_one_that_is_open_to_all_is_known() {
        assertThat(DomainName.parse(" https://Ministry.Example/ ")).contains("ministry.example");
        assertThat(DomainName.parse("noor@münze.example")).contains("xn--mnze-0ra.example");
        assertThat(DomainName.parse("localhost")).isEmpty();
        assertThat(DomainName.parse("10.0.0.1")).isEmpty();
        assertThat(DomainName.parse("a..example")).isEmpty();
        assertThat(DomainName.isOpenToAll("gmail.com")).isTrue();
        assertThat(DomainName.isOpenToAll("ministry.example")).isFalse();
    }
}
