package press.masthead.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class FrozenMessageTest {
    private static final MailAddress PARALLEL = new MailAddress("The Parallel", "letters@parallel.example");
    private static final Map<String, String> CLEO =
            Map.of("name", "Cleo", "address", "cleo@reader.example", "token", "t0k");

    @Test
    void a_letter_reads_as_it_was_meant() throws Exception {
        String text = "Good morning " + Slot.mark("name") + ",\n\n.a dot first\nFrom the harbour\nends in blanks  \n"
                + "two  blanks\ttab = equals\n" + "long ".repeat(400)
                + "\nPort Calder – été 🚢\n\nUnsubscribe: https://p.example/u?t="
                + Slot.inLink("token");
        String html = "<p>Good morning " + Slot.mark("name") + "</p><a href=\"https://p.example/u?t="
                + Slot.inLink("token") + "&amp;x=1\">Out</a>" + "<p>" + "word".repeat(600) + "</p>";
        MimeMessage letter = parsed(
                draft("Morning: Port Calder reopens 🚢").text(text).html(html).freeze(), CLEO);

        assertThat(letter.getSubject()).isEqualTo("Morning: Port Calder reopens 🚢");
        MimeMultipart both = (MimeMultipart) letter.getContent();
        assertThat(letter.getContentType()).startsWith("multipart/alternative");
        assertThat(content(both.getBodyPart(0)))
                .isEqualTo(text.replace(Slot.mark("name"), "Cleo").replace(Slot.inLink("token"), "t0k"));
        assertThat(content(both.getBodyPart(1)))
                .isEqualTo(html.replace(Slot.mark("name"), "Cleo").replace(Slot.inLink("token"), "t0k"));
        assertThat(both.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(both.getBodyPart(1).getHeader("Content-Transfer-Encoding")).containsExactly("quoted-printable");
    }

    @Test
    void each_reader_gets_the_leaves_that_are_theirs_in_their_order() throws Exception {
        FrozenMessage frozen = FrozenMessage.of(draft("Your week")
                .text("Hello " + Slot.mark("name") + ",\n\n" + Slot.leaves("parts") + "\nUntil Friday")
                .html("<p>Hello " + Slot.mark("name") + "</p>" + Slot.leaves("parts") + "<p>Until Friday</p>")
                .leaf("s1", "From the harbour\n.dot", "<h2>Häfen &amp; Lotsen</h2>")
                .leaf("s2", "Second", "<h2>" + "wide ".repeat(40) + "</h2>")
                .leaf("s3", "\u0645\u0631\u062d\u0628\u0627", "<h2 dir=\"rtl\">\u0645\u0631\u062d\u0628\u0627</h2>")
                .freeze()
                .toBytes());

        MimeMultipart both = (MimeMultipart)
                parsed(frozen, Map.of("name", "Cleo", "address", "cleo@reader.example", "token", "t", "parts", "s3 s1"))
                        .getContent();
        assertThat(content(both.getBodyPart(0)))
                .isEqualTo("Hello Cleo,\n\n\u0645\u0631\u062d\u0628\u0627\nFrom the harbour\n.dot\n\nUntil Friday");
        assertThat(content(both.getBodyPart(1)))
                .isEqualTo("<p>Hello Cleo</p><h2 dir=\"rtl\">\u0645\u0631\u062d\u0628\u0627</h2>\n"
                        + "<h2>Häfen &amp; Lotsen</h2>\n<p>Until Friday</p>");

        MimeMultipart none =
                (MimeMultipart) parsed(frozen, Map.of("name", "Ben", "address", "ben@reader.example", "token", "t"))
                        .getContent();
        assertThat(content(none.getBodyPart(1))).isEqualTo("<p>Hello Ben</p><p>Until Friday</p>");
    }

    @Test
    void a_leaf_that_was_never_frozen_is_named() {
        FrozenMessage frozen = draft("Your week")
                .text(Slot.leaves("parts"))
                .leaf("s1", "One", "<p>One</p>")
                .freeze();

        assertThat(frozen.missing(slot -> slot.equals("parts") ? "s1 s9" : "")).contains("s9");
        assertThat(frozen.missing(slot -> slot.equals("parts") ? "s1 s1" : "")).isEmpty();
        assertThatThrownBy(() -> frozen.splice(
                        slot -> Map.of("parts", "s9", "address", "a@b.example").getOrDefault(slot, ""), new Bytes()))
                .hasMessage("the message has no leaf s9");
    }

    @Test
    void an_arabic_letter_goes_in_base64_and_keeps_its_names() throws Exception {
        String text = "صباح الخير " + Slot.mark("name") + "،\n"
                + "أعلنت المملكة الساحلية عومارة عن ميناء جديد. ".repeat(60) + "\n";
        MimeMessage letter = parsed(
                draft("صباح الخير من مدينة صحراء، وهذه هي عناوين اليوم الطويلة جدا من عومارة ومن غيرها من البلدان")
                        .text(text)
                        .html("<p dir=\"rtl\">" + text + "</p>")
                        .freeze(),
                Map.of("name", "ليلى <b>", "address", "laila@reader.example", "token", "x"));

        MimeMultipart both = (MimeMultipart) letter.getContent();
        assertThat(letter.getSubject())
                .isEqualTo(
                        "صباح الخير من مدينة صحراء، وهذه هي عناوين اليوم الطويلة جدا من عومارة ومن غيرها من البلدان");
        assertThat(both.getBodyPart(0).getHeader("Content-Transfer-Encoding")).containsExactly("base64");
        assertThat(content(both.getBodyPart(0)))
                .startsWith("صباح الخير ليلى <b>،\n")
                .doesNotContain("\uE000");
        assertThat(content(both.getBodyPart(1))).startsWith("<p dir=\"rtl\">صباح الخير ليلى &lt;b&gt;،");
        InternetAddress to = (InternetAddress) letter.getAllRecipients()[0];
        assertThat(to.getPersonal()).isEqualTo("ليلى <b>");
    }

    @Test
    void no_name_can_bring_its_own_header() throws Exception {
        FrozenMessage frozen = draft("For you, " + Slot.mark("name"))
                .header("X-Reader", "<" + Slot.mark("token") + ">")
                .text("Dear " + Slot.mark("name"))
                .html("<p>Dear " + Slot.mark("name") + "</p><a href=\"https://p.example/?t=" + Slot.inLink("token")
                        + "\">x</a>")
                .freeze();
        String attack = "Eve\r\nBcc: all@reader.example\r\n\r\n<script>alert(1)</script>\0\u2028";
        MimeMessage letter = parsed(frozen, Map.of("name", attack, "address", "eve@reader.example", "token", attack));

        assertThat(letter.getHeader("Bcc")).isNull();
        assertThat(letter.getSubject()).isEqualTo("For you, Eve Bcc: all@reader.example <script>alert(1)</script>");
        assertThat(letter.getHeader("X-Reader")).containsExactly("<EveBcc:all@reader.examplescriptalert(1)/script>");
        MimeMultipart both = (MimeMultipart) letter.getContent();
        assertThat(content(both.getBodyPart(0)))
                .isEqualTo("Dear Eve Bcc: all@reader.example <script>alert(1)</script>");
        assertThat(content(both.getBodyPart(1)))
                .contains("&lt;script&gt;")
                .doesNotContain("<script>")
                .contains("?t=Eve%0D%0ABcc%3A%20all%40reader.example");
        assertThatThrownBy(() -> draft("x").header("X-Bad", "a\r\nBcc: b@c.example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> frozen.splice(
                        name -> name.equals("address") ? "a@b.example>\r\nBcc: <c@d.example" : "", new Bytes()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_with_quotes_and_commas_stays_one_name() throws Exception {
        MimeMessage letter = parsed(
                draft("Hello").text("x").freeze(),
                Map.of("name", "O'Neill, \"Ben\" \\ =?utf-8?q?x?=", "address", "ben@reader.example"));
        assertThat(letter.getAllRecipients()).hasSize(1);
        assertThat(((InternetAddress) letter.getAllRecipients()[0]).getPersonal())
                .isEqualTo("O'Neill, \"Ben\" \\ =?utf-8?q?x?=");
    }

    @Test
    void every_line_is_short_ascii_and_none_begins_with_a_dot() {
        Bytes letter = new Bytes();
        FrozenMessage frozen = draft("Long subject ".repeat(40) + "🚢".repeat(80))
                .text(".\n..\n. dot\n" + "x".repeat(5000) + "\n.\n" + Slot.mark("name"))
                .html("<p>.\n.hidden" + "é".repeat(50) + "y".repeat(3000) + "</p>")
                .freeze();
        frozen.splice(values(Map.of("name", "." + "ü".repeat(300), "address", "u@reader.example")), letter);
        for (String line : letter.toString().split("\r\n", -1)) {
            assertThat(line.length()).isLessThanOrEqualTo(78);
            assertThat(line).doesNotStartWith(".").matches("[\\x20-\\x7e]*");
        }
    }

    @Test
    void a_kept_message_is_the_same_message() {
        FrozenMessage frozen = draft("For " + Slot.mark("name"))
                .header("List-Unsubscribe", "<https://p.example/u/" + Slot.inLink("token") + ">")
                .text("صباح " + Slot.mark("name") + " الخير من عومارة")
                .html("<p>Hello " + Slot.mark("name") + "</p>")
                .freeze();
        Bytes first = new Bytes();
        Bytes second = new Bytes();
        int body = frozen.splice(values(CLEO), first);
        assertThat(FrozenMessage.of(frozen.toBytes()).splice(values(CLEO), second))
                .isEqualTo(body);
        assertThat(second.toString()).isEqualTo(first.toString());
        assertThat(body).isEqualTo(HeaderIndex.bodyOf(first));
        assertThatThrownBy(() -> FrozenMessage.of(new byte[] {9, 0})).hasMessageContaining("format 9");
    }

    static MessageDraft draft(String subject) {
        return FrozenMessage.draft()
                .from(PARALLEL)
                .toSlots("name", "address")
                .subject(subject)
                .date(Instant.parse("2026-11-23T06:00:00Z"), ZoneId.of("Europe/Brussels"))
                .header("Message-ID", "<1-2-" + Slot.mark("token") + "@parallel.example>");
    }

    static Slot.Values values(Map<String, String> map) {
        return name -> map.getOrDefault(name, "");
    }

    static MimeMessage parsed(FrozenMessage frozen, Map<String, String> values) throws Exception {
        Bytes letter = new Bytes();
        frozen.splice(values(values), letter);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(letter.toArray()));
    }

    private static String content(BodyPart part) throws Exception {
        return ((String) part.getContent()).replace("\r\n", "\n");
    }
}
