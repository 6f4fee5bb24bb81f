package press.masthead.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Test;

/** Verified by James' jDKIM, which knows nothing of ours. */
class DkimTest {
    private static final Clock SIX = Clock.fixed(Instant.parse("2026-11-23T06:00:00Z"), ZoneOffset.UTC);
    private static final String KEY = Dkim.newKey();
    private final Dkim dkim = Dkim.of("parallel.example", "mh1", KEY);

    @Test
    void an_independent_verifier_accepts_an_english_and_an_arabic_letter() throws Exception {
        for (String body : List.of("Good morning.  Two blanks \n\n\n", "صباح الخير من مدينة صحراء. ".repeat(40))) {
            SignatureRecord record = verify(signed(body + Slot.mark("name"), "<p>" + body + "</p>"));
            assertThat(record.getHeaders().stream()
                            .map(Object::toString)
                            .map(String::toLowerCase)
                            .toList())
                    .contains("from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post", "message-id");
            assertThat(record.getHeaders().stream().filter(h -> h.toString().equalsIgnoreCase("from")))
                    .hasSize(2);
        }
    }

    @Test
    void a_frozen_body_is_its_own_canonical_form() {
        Bytes letter = new Bytes();
        int body = frozen("Dear " + Slot.mark("name") + "  \n\n.x \t\n" + Slot.mark("name"), "")
                .splice(
                        FrozenMessageTest.values(Map.of("name", " Ben  Ten ", "address", "ben@reader.example")),
                        letter);
        Bytes canonical = new Bytes();
        Relaxed.body(letter, body, canonical);
        assertThat(canonical.toString()).isEqualTo(letter.toString().substring(body));
    }

    @Test
    void any_other_message_is_signed_by_its_canonical_form() throws Exception {
        Bytes letter = new Bytes().utf8("""
                From:  Ada <ada@parallel.example>
                To: ben@reader.example
                Subject: folded
                \tand  wide
                Date: Mon, 23 Nov 2026 07:00:00 +0100
                Message-ID: <1@parallel.example>

                Blanks  at the end  \t
                \ttab


                """.replace("\n", "\r\n"));
        dkim.signer(SIX).sign(letter);
        assertThat(verify(letter.toArray())).isNotNull();
    }

    @Test
    void a_changed_letter_a_second_sender_and_another_unsubscribe_link_are_noticed() {
        String letter = new String(signed("Good morning " + Slot.mark("name"), ""), StandardCharsets.US_ASCII);
        for (String forged : List.of(
                letter.replace("Good morning", "Good evening"),
                letter.replaceFirst("\r\nFrom: ", "\r\nFrom: eve@reader.example\r\nFrom: "),
                letter.replace("https://p.example/u/", "https://e.example/u/"))) {
            assertThat(forged).isNotEqualTo(letter);
            assertThatThrownBy(() -> verify(forged.getBytes(StandardCharsets.US_ASCII)))
                    .isInstanceOf(FailException.class);
        }
    }

    @Test
    void the_jdk_signs_when_the_faster_provider_is_absent() throws Exception {
        Dkim slow = Dkim.of("parallel.example", "mh1", KEY, Dkim.jdk());
        Bytes letter = letter(frozen("Hello", ""));
        slow.signer(SIX).sign(letter);
        assertThat(verify(letter.toArray())).isNotNull();
    }

    @Test
    void the_operator_gets_a_record_to_publish() {
        assertThat(dkim.recordName()).isEqualTo("mh1._domainkey.parallel.example");
        assertThat(dkim.recordText()).startsWith("v=DKIM1; k=rsa; p=MIIBIjANBg");
        assertThat(dkim.zoneLine()).startsWith("mh1._domainkey.parallel.example. IN TXT ( \"v=DKIM1; ");
        assertThatThrownBy(() -> Dkim.of("parallel.example", "mh1", "nonsense"))
                .hasMessage("The DKIM key is not an RSA key in PKCS#8 PEM form.");
    }

    private static FrozenMessage frozen(String text, String html) {
        return FrozenMessageTest.draft("Morning Parallel – a subject that is long enough to be folded 🚢 over lines")
                .header("List-Unsubscribe", "<https://p.example/u/" + Slot.inLink("token") + ">")
                .header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .date(SIX.instant(), ZoneId.of("Asia/Dubai"))
                .text(text)
                .html(html)
                .freeze();
    }

    private static Bytes letter(FrozenMessage frozen) {
        Bytes letter = new Bytes();
        frozen.splice(
                FrozenMessageTest.values(Map.of("name", "Cleo", "address", "cleo@reader.example", "token", "abc")),
                letter);
        return letter;
    }

    private byte[] signed(String text, String html) {
        Bytes letter = new Bytes();
        int body = frozen(text, html)
                .splice(
                        FrozenMessageTest.values(
                                Map.of("name", "Cleo 🌊", "address", "cleo@reader.example", "token", "abc")),
                        letter);
        dkim.signer(SIX).signFrozen(letter, body);
        return letter.toArray();
    }

    private SignatureRecord verify(byte[] letter) throws Exception {
        DKIMVerifier verifier = new DKIMVerifier((methods, selector, domain) -> {
            assertThat(selector + "._domainkey." + domain).isEqualTo(dkim.recordName());
            return List.of(dkim.recordText());
        });
        List<SignatureRecord> records = verifier.verify(new ByteArrayInputStream(letter));
        return records.getFirst();
    }
}
