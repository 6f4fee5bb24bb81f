package press.masthead.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpConnectionTest {
    private static final SmtpTimeouts SHORT = SmtpTimeouts.all(Duration.ofMillis(300));

    @Test
    void many_letters_go_over_one_connection_and_each_has_its_answer() throws Exception {
        for (TestSmtp smtp : List.of(new TestSmtp(), new TestSmtp(new Rude()), new TestSmtp(new Rude(), "8BITMIME"))) {
            try (smtp;
                    SmtpConnection connection = SmtpConnection.open(smtp.server())) {
                smtp.behave(new Rude());
                Queue queue = new Queue(
                        "a@x.example",
                        "no@x.example",
                        "b@x.example",
                        "later@x.example",
                        "bad@x.example",
                        "c@x.example");
                connection.sendAll(queue);
                assertThat(queue.told())
                        .containsExactly("Accepted", "Refused", "Accepted", "Deferred", "Refused", "Accepted");
                assertThat(queue.outcomes.get(1))
                        .isEqualTo(new Outcome.Refused(new Reply(550, "5.1.1", "nobody here")));
                connection.sendAll(new Queue("d@x.example"));
                assertThat(smtp.recipients())
                        .containsExactly("a@x.example", "b@x.example", "c@x.example", "d@x.example");
                assertThat(smtp.connections.get()).isEqualTo(1);
                assertThat(connection.accepted()).isEqualTo(4);
            }
        }
    }

    @Test
    void dots_and_eight_bit_text_arrive_as_they_left() throws Exception {
        try (TestSmtp smtp = new TestSmtp();
                SmtpConnection connection = SmtpConnection.open(smtp.server())) {
            String message = ".first\r\nSubject: x\r\n\r\n.\r\n..two\r\nnaïve 🚢\r\n.";
            Outcome outcome =
                    connection.send(Envelope.of("", "laila@bücher.example"), message.getBytes(StandardCharsets.UTF_8));
            assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
            assertThat(smtp.letters.getFirst().text()).isEqualTo(message + "\r\n");
            assertThat(smtp.commands).contains("RCPT TO:<laila@xn--bcher-kva.example>");
            assertThat(smtp.commands.get(1)).startsWith("MAIL FROM:<> SIZE=").endsWith(" BODY=8BITMIME");
        }
    }

    @Test
    void an_address_or_size_the_server_can_not_take_is_refused_without_asking() throws Exception {
        try (TestSmtp smtp = new TestSmtp(new TestSmtp.Manners() {}, "PIPELINING", "SIZE 100");
                SmtpConnection connection = SmtpConnection.open(smtp.server())) {
            Queue queue = new Queue("a@x.example", "ليلى@x.example", "b@x.example");
            connection.sendAll(queue);
            assertThat(queue.told()).containsExactly("Accepted", "Refused", "Accepted");
            assertThat(connection.send(Envelope.of("", "c@x.example"), new byte[200]))
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(smtp.recipients()).containsExactly("a@x.example", "b@x.example");
        }
    }

    @Test
    void a_connection_lost_after_the_final_dot_leaves_one_letter_in_doubt_and_the_others_owed() throws Exception {
        for (String how : List.of(TestSmtp.DROP, TestSmtp.HANG)) {
            TestSmtp.Manners manners = new TestSmtp.Manners() {
                @Override
                public String dot(String address, int count) {
                    return address.startsWith("b") ? how : "250 Ok";
                }
            };
            try (TestSmtp smtp = new TestSmtp(manners);
                    SmtpConnection connection =
                            SmtpConnection.open(smtp.server().withTimeouts(SHORT))) {
                Queue queue = new Queue("a@x.example", "b@x.example", "c@x.example");
                assertThatThrownBy(() -> connection.sendAll(queue)).isInstanceOf(ServerTrouble.class);
                assertThat(queue.told()).containsExactly("Accepted", "Doubtful");
                assertThat(queue.asked).isEqualTo(3);
            }
        }
    }

    @Test
    void a_letter_cut_off_before_its_final_dot_is_not_in_doubt() throws Exception {
        TestSmtp.Manners manners = new TestSmtp.Manners() {
            @Override
            public String data(String address) {
                return TestSmtp.CUT;
            }
        };
        try (TestSmtp smtp = new TestSmtp(manners);
                SmtpConnection connection = SmtpConnection.open(smtp.server())) {
            Queue queue = new Queue("a@x.example", "b@x.example");
            // larger than all buffers on the way, so that the dot can't have left
            queue.body = "x".repeat(70).concat("\r\n").repeat(300_000);
            assertThatThrownBy(() -> connection.sendAll(queue)).isInstanceOf(ServerTrouble.class);
            assertThat(queue.told()).containsExactly("Deferred");
        }
    }

    @Test
    void a_server_that_rejects_the_sender_or_stops_is_no_readers_fault() throws Exception {
        for (String answer : List.of("550 5.7.1 sender rejected", "421 4.3.2 shutting down")) {
            TestSmtp.Manners manners = new TestSmtp.Manners() {
                @Override
                public String mail(String sender) {
                    return answer;
                }
            };
            try (TestSmtp smtp = new TestSmtp(manners);
                    SmtpConnection connection = SmtpConnection.open(smtp.server())) {
                Queue queue = new Queue("a@x.example", "b@x.example");
                assertThatThrownBy(() -> connection.sendAll(queue)).hasMessageContaining(answer);
                assertThat(queue.told()).isEmpty();
                assertThat(smtp.letters).isEmpty();
            }
        }
    }

    @Test
    void a_server_that_is_away_silent_or_unfriendly_is_named_in_one_sentence() throws Exception {
        // bound and not listening, so that nobody else on this machine takes it meanwhile
        try (var nobody = new Socket()) {
            nobody.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = nobody.getLocalPort();
            assertThatThrownBy(() -> SmtpConnection.open(SmtpServer.plain("127.0.0.1", port)))
                    .isInstanceOf(ServerTrouble.class)
                    .hasMessage("The mail server 127.0.0.1:" + port + " can't be reached: the connection was refused.");
        }
        try (TestSmtp smtp = new TestSmtp(hello(TestSmtp.HANG))) {
            assertThatThrownBy(() -> SmtpConnection.open(smtp.server().withTimeouts(SHORT)))
                    .hasMessage("The mail server 127.0.0.1:" + smtp.port() + " did not answer in time.");
        }
        try (TestSmtp smtp = new TestSmtp(hello("554 5.7.1 go away"))) {
            assertThatThrownBy(() -> SmtpConnection.open(smtp.server()))
                    .hasMessageEndingWith(" takes no connections: 554 5.7.1 go away");
        }
    }

    @Test
    void it_logs_in_encrypts_and_never_tells_the_password(@TempDir Path folder) throws Exception {
        SSLContext certificate = certificate(folder);
        try (TestSmtp smtp =
                new TestSmtp(new TestSmtp.Manners() {}, certificate, "STARTTLS", "PIPELINING", "AUTH PLAIN LOGIN")) {
            String url = "smtp://ada:secret@127.0.0.1:" + smtp.port() + "?tls=required";
            try (SmtpConnection connection =
                    SmtpConnection.open(SmtpServer.parse(url), certificate.getSocketFactory())) {
                Queue queue = new Queue("a@x.example", "b@x.example");
                queue.body = "x".repeat(70).concat("\r\n").repeat(2_000);
                connection.sendAll(queue);
                assertThat(queue.told()).containsExactly("Accepted", "Accepted");
            }
            assertThat(smtp.commands).contains("STARTTLS", "AUTH PLAIN AGFkYQBzZWNyZXQ=");
            assertThatThrownBy(() -> SmtpConnection.open(
                            SmtpServer.parse(url.replace("secret", "wrong")), certificate.getSocketFactory()))
                    .hasMessageEndingWith(" did not accept the log-in: 535 5.7.8 wrong");
            assertThatThrownBy(() -> SmtpConnection.open(SmtpServer.parse(url)))
                    .as("an unknown certificate")
                    .isInstanceOf(ServerTrouble.class);
        }
        try (TestSmtp smtp = new TestSmtp(new TestSmtp.Manners() {}, "AUTH LOGIN")) {
            SmtpConnection.open(SmtpServer.parse("smtp://ada:secret@127.0.0.1:" + smtp.port()))
                    .close();
            assertThat(smtp.commands).contains("AUTH LOGIN", "YWRh c2VjcmV0");
            assertThatThrownBy(() ->
                            SmtpConnection.open(SmtpServer.parse("smtp://127.0.0.1:" + smtp.port() + "?tls=required")))
                    .hasMessageContaining("offers no encryption");
        }
    }

    private static TestSmtp.Manners hello(String hello) {
        return new TestSmtp.Manners() {
            @Override
            public String hello() {
                return hello;
            }
        };
    }

    private static SSLContext certificate(Path folder) throws Exception {
        Path store = folder.resolve("test.p12");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .start()
                .waitFor();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    /** Refuses, defers and takes, by the recipient's name. */
    private static final class Rude implements TestSmtp.Manners {
        @Override
        public String rcpt(String address) {
            return address.startsWith("no") ? "550-5.1.1 nobody\r\n550 here" : "250 Ok";
        }

        @Override
        public String dot(String address, int count) {
            return address.startsWith("later")
                    ? "451 4.7.1 try later"
                    : address.startsWith("bad") ? "554 5.7.1 spam" : "250 Ok";
        }
    }

    private static final class Queue implements Letters {
        final List<Outcome> outcomes = new ArrayList<>();
        private final List<String> to;
        private String body = "Subject: hello\r\n\r\n.dot\r\n";
        int asked;

        Queue(String... to) {
            this.to = List.of(to);
        }

        List<String> told() {
            return outcomes.stream().map(o -> o.getClass().getSimpleName()).toList();
        }

        @Override
        public Optional<Envelope> next() {
            return asked < to.size()
                    ? Optional.of(Envelope.of("letters@parallel.example", to.get(asked++)))
                    : Optional.empty();
        }

        @Override
        public boolean write(Bytes into) {
            into.ascii(body);
            return false;
        }

        @Override
        public void settled(Outcome outcome) {
            outcomes.add(outcome);
        }
    }
}
