package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;

/** The newsroom asks its staff for more than a link, from the second day on. */
class StaffFactorTest {
    private static Desk desk;

    @BeforeAll
    static void open() throws IOException {
        desk = Desk.opened();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @BeforeEach
    void forget() {
        desk.jdbi.useHandle(handle -> {
            handle.execute("delete from rate");
            handle.execute("delete from code_app");
            handle.execute("delete from recovery_code");
            handle.execute("update staff set employed_at = now()");
        });
    }

    /** Someone who comes by a letter's link, as staff do. */
    private static Press.Person byLetter(String name) throws Exception {
        String email = name + "@masthead.example";
        desk.jdbi.useHandle(handle -> handle.execute("delete from caught_letter"));
        Press.Person person = desk.press.person();
        person.post("/signin", "email", email);
        String[] link = {""};
        TestSmtp.await(() -> {
            link[0] = found("(/signin/[A-Za-z0-9_-]{43})", desk.press.person(), email);
            return !link[0].isEmpty();
        });
        person.post(link[0]);
        return person;
    }

    private static String found(String pattern, Press.Person person, String email) {
        try {
            var match = Pattern.compile(pattern)
                    .matcher(person.get("/mailbox/api/letters?to=" + email).body());
            return match.find() ? match.group(1) : "";
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void aDayLater() {
        desk.jdbi.useHandle(handle -> handle.execute("update staff set employed_at = now() - interval '25 hours'"));
    }

    private static String code(String base32, int steps) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(decoded(base32), "HmacSHA1"));
            long step = System.currentTimeMillis() / 30_000 + steps;
            byte[] hash =
                    mac.doFinal(java.nio.ByteBuffer.allocate(8).putLong(step).array());
            int at = hash[19] & 15;
            return "%06d".formatted((java.nio.ByteBuffer.wrap(hash, at, 4).getInt() & 0x7fffffff) % 1_000_000);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] decoded(String base32) {
        var bits = new StringBuilder();
        for (char letter : base32.replace(" ", "").toCharArray())
            bits.append("%5s"
                    .formatted(Integer.toBinaryString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)))
                    .replace(' ', '0'));
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(bits.substring(i * 8, i * 8 + 8), 2);
        return bytes;
    }

    private static String secretOn(String page) {
        return org.jsoup.Jsoup.parse(page).select("code").text();
    }

    @Test
    void on_the_first_day_a_link_opens_the_newsroom_and_on_the_second_it_does_not() throws Exception {
        var edda = byLetter("edda");
        assertThat(edda.get("/desk/stories").uri().getPath()).isEqualTo("/desk/stories");
        aDayLater();
        var door = edda.get("/desk/stories");
        assertThat(door.uri().getPath()).isEqualTo("/signin/factor");
        assertThat(door.body()).contains("Set up a passkey", "Use an app that shows codes");
        assertThat(edda.post("/desk/stories/new", "title", "x").statusCode()).isIn(401, 403);
        assertThat(edda.post("/desk/settings", "name", "x").statusCode()).isEqualTo(403);
        assertThat(edda.get("/account/").statusCode()).as("they read as before").isEqualTo(200);
        for (String path :
                List.of("/desk/settings", "/desk/staff", "/desk/readers", "/desk/editions", "/desk/pictures.json"))
            assertThat(edda.get(path).uri().getPath()).as(path).isEqualTo("/signin/factor");
    }

    @Test
    void an_app_is_set_up_shown_at_the_door_and_works_once() throws Exception {
        aDayLater();
        var rae = byLetter("rae");
        String setting = rae.post("/account/factor/begin").body();
        assertThat(setting).contains("<svg", "Scan this");
        String secret = secretOn(setting);
        var wrong = rae.post("/account/factor", "code", "000000");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(secretOn(wrong.body())).as("the same secret").isEqualTo(secret);
        String first = code(secret, 0);
        String done = rae.post("/account/factor", "code", first).body();
        var recovery = org.jsoup.Jsoup.parse(done).select(".recovery code").eachText();
        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        assertThat(rae.get("/desk/stories").uri().getPath()).isEqualTo("/desk/stories");

        var again = byLetter("rae");
        assertThat(again.get("/desk/stories").uri().getPath()).isEqualTo("/signin/factor");
        assertThat(again.post("/account/factor/begin").statusCode())
                .as("no second app by mail alone")
                .isEqualTo(403);
        assertThat(again.post("/account/factor/remove").statusCode()).isEqualTo(403);
        assertThat(again.json("/account/passkeys/begin").statusCode()).isEqualTo(403);
        assertThat(again.post("/signin/factor", "code", first).statusCode())
                .as("seen before")
                .isEqualTo(422);
        assertThat(again.post("/signin/factor", "code", code(secret, 1), "next", "/desk/settings")
                        .uri()
                        .getPath())
                .isEqualTo("/desk/settings");

        var lost = byLetter("rae");
        assertThat(lost.post(
                                "/signin/factor",
                                "code",
                                recovery.getFirst().toUpperCase(java.util.Locale.ROOT),
                                "next",
                                "//evil.example")
                        .uri()
                        .getPath())
                .isEqualTo("/desk/stories");
        assertThat(byLetter("rae")
                        .post("/signin/factor", "code", recovery.getFirst())
                        .statusCode())
                .isEqualTo(422);
        assertThat(desk.value(
                        "select count(*) from code_app a where encode(secret, 'escape') like ?",
                        "%" + secret.replace(" ", "") + "%"))
                .isEqualTo("0");
        assertThat(desk.value(
                        "select count(*) from recovery_code c where encode(code_hash, 'escape') like ?",
                        "%" + recovery.get(1) + "%"))
                .isEqualTo("0");
    }

    @Test
    void guessing_is_limited() throws Exception {
        aDayLater();
        var rae = byLetter("rae");
        String secret = secretOn(rae.post("/account/factor/begin").body());
        rae.post("/account/factor", "code", code(secret, 0));
        var thief = byLetter("rae");
        for (int i = 0; i < 9; i++)
            assertThat(thief.post("/signin/factor", "code", "00000" + i).statusCode())
                    .isEqualTo(422);
        assertThat(thief.post("/signin/factor", "code", "111111").statusCode()).isEqualTo(429);
    }

    @Test
    void an_owner_resets_what_a_colleague_has_lost_and_it_is_written_down() throws Exception {
        aDayLater();
        var rae = byLetter("rae");
        String secret = secretOn(rae.post("/account/factor/begin").body());
        rae.post("/account/factor", "code", code(secret, 0));
        String id = desk.value("select id::text from reader where email_key = 'rae@masthead.example'");
        assertThat(rae.post("/desk/staff/" + id + "/reset").statusCode()).isEqualTo(403);
        var ada = desk.signedIn("ada");
        assertThat(ada.post("/desk/staff/" + id + "/reset").body())
                .contains("sets up a new second step", "Ada reset the second step of Rae");
        assertThat(rae.get("/account/").uri().getPath()).as("signed out").isEqualTo("/signin/");
        assertThat(byLetter("rae").get("/desk/stories").body()).contains("Set up a passkey");
        String own = desk.value("select id::text from reader where email_key = 'ada@masthead.example'");
        assertThat(ada.post("/desk/staff/" + own + "/reset").statusCode()).isEqualTo(422);
    }

    @Test
    void the_link_that_a_start_prints_opens_the_newsroom_on_any_day() throws Exception {
        aDayLater();
        assertThat(desk.signedIn("ada").get("/desk/stories").uri().getPath()).isEqualTo("/desk/stories");
    }

    @Test
    void no_second_step_is_for_a_server_that_only_its_machine_reaches() {
        assertThat(Config.read(Map.of("MASTHEAD_STAFF_FACTOR", "off"))
                        .staffFactor()
                        .name())
                .isEqualTo("OFF");
        assertThat(Config.read(Map.of()).staffFactor().name()).isEqualTo("GRACE");
        for (Map<String, String> open : List.of(
                Map.of("MASTHEAD_STAFF_FACTOR", "off", "MASTHEAD_HOST", "0.0.0.0"),
                Map.of("MASTHEAD_STAFF_FACTOR", "off", "MASTHEAD_URL", "https://news.example"),
                Map.of("MASTHEAD_STAFF_FACTOR", "maybe")))
            assertThatThrownBy(() -> Config.read(open)).isInstanceOf(Config.BadSetting.class);
    }
}
