package press.masthead.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpServerTest {
    @ParameterizedTest
    @CsvSource({
        "smtp://mail.example, mail.example, 25, OFFERED",
        "smtp://ada:p%40ss+@mail.example, mail.example, 587, OFFERED",
        "smtp://ada:pw@mail.example:2525?tls=required, mail.example, 2525, REQUIRED",
        "smtps://ada:pw@mail.example, mail.example, 465, IMPLICIT",
        "smtp://127.0.0.1:1025?tls=never&helo=news.example, 127.0.0.1, 1025, NEVER",
        "smtp://[::1]:1025, ::1, 1025, OFFERED"
    })
    void a_url_names_the_server(String url, String host, int port, SmtpServer.Tls tls) {
        SmtpServer server = SmtpServer.parse(url);
        assertThat(server.host()).isEqualTo(host);
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.tls()).isEqualTo(tls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example:25",
                "http://mail.example",
                "smtp://",
                "smtp://ada@mail.example",
                "smtp://ada:s3cret@mail.example/inbox",
                "smtp://ada:s3cret@mail.example?tls=maybe",
                "smtps://ada:s3cret@mail.example?tls=never",
                "smtp://ada:s3cret@mail.example?color=red",
                "smtp://ada:s3 cret@mail.example"
            })
    void a_wrong_url_gets_one_sentence_and_keeps_its_secret(String url) {
        assertThatThrownBy(() -> SmtpServer.parse(url))
                .hasMessageStartingWith("SMTP_URL can't be used: ")
                .hasMessageEndingWith(".")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void the_password_is_never_shown() {
        assertThat(SmtpServer.parse("smtp://ada:s3cret@mail.example").toString())
                .isEqualTo("smtp://ada:***@mail.example:587");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a@",
                "@b.example",
                "a b@c.example",
                "a@b@c.example",
                "a@b.example\r\nRCPT TO:<x@y.example>",
                "a@-",
                "a@b..example",
                "a@b.example.",
                "a@-b.example",
                "a@b-.example",
                "a@b_c.example",
                "a@.example",
                ".a@b.example",
                "\"a b\"@c.example",
                "<a@b.example>",
                "a@[127.0.0.1]",
                "a\u0000@b.example"
            })
    void what_is_no_address_is_never_sent_to(String text) {
        assertThat(MailAddress.isAddress(text)).isFalse();
        assertThat(MailAddress.isAddress("x".repeat(65) + "@b.example")).isFalse();
    }

    @Test
    void real_addresses_are_taken() {
        for (String address : new String[] {
            "ada@parallel.example",
            "a.b+c_d-e=f@x-y.example",
            "laila@bücher.example",
            "ليلى@عومارة.example",
            "o'neill@x.example"
        }) {
            assertThat(MailAddress.isAddress(address)).as(address).isTrue();
        }
        assertThat(MailAddress.forWire("laila@bücher.example")).isEqualTo("laila@xn--bcher-kva.example");
        assertThat(MailAddress.read("Ada Vell <ada@parallel.example>"))
                .contains(new MailAddress("Ada Vell", "ada@parallel.example"));
    }
}
