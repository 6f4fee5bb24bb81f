package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;
import press.masthead.signin.IdentityProviders;

/** Signing in by an organisation's own identity provider, and each way in which one could lie. */
class ProviderSignInTest {
    private static Press press;
    private static FakeProvider fake;
    private static long provider;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started(Map.of("MASTHEAD_SAMPLE", "no", "MASTHEAD_FETCH_ALLOWED", "127.0.0.0/8"));
        fake = new FakeProvider();
        provider = added(fake.issuer(), "ministry.example");
    }

    @AfterAll
    static void stop() {
        fake.close();
        press.close();
    }

    @BeforeEach
    void honest() {
        fake.honest();
        jdbi().useHandle(handle -> handle.execute("delete from rate"));
    }

    private static Jdbi jdbi() {
        return press.running.newsroom().database.jdbi();
    }

    private static IdentityProviders providers() {
        return press.running.newsroom().identityProviders;
    }

    private static long added(String issuer, String... domains) {
        return jdbi().inTransaction(handle -> {
            long id = providers()
                    .add(
                            handle,
                            new IdentityProviders.Details(
                                    "Ministry of Ports",
                                    issuer,
                                    FakeProvider.CLIENT,
                                    FakeProvider.SECRET,
                                    List.of(domains),
                                    Optional.empty()));
            providers().open(handle, id, true);
            return id;
        });
    }

    private static HttpResponse<String> signIn() throws Exception {
        return press.person().get("/signin/oidc/" + provider);
    }

    private static void refused(HttpResponse<String> answer, int status, String sentence) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Desk.page(answer).text()).contains(sentence);
        assertThat(count("select count(*) from session"))
                .as("nobody is signed in")
                .isEqualTo(sessionsBefore);
    }

    private static long sessionsBefore;

    @BeforeEach
    void count() {
        sessionsBefore = count("select count(*) from session");
    }

    private static long count(String sql) {
        return jdbi().withHandle(
                        handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    @Test
    void someone_comes_in_by_their_organisation_and_is_the_same_person_ever_after() throws Exception {
        var nadia = press.person();
        assertThat(nadia.get("/signin/oidc/" + provider).uri().getPath()).isEqualTo("/account/");
        assertThat(nadia.get("/account/").body()).contains("nadia@ministry.example");
        fake.email = "nadia.marsh@ministry.example";
        var again = press.person();
        again.get("/signin/oidc/" + provider);
        assertThat(again.get("/account/").body())
                .as("the subject says who it is, not the address")
                .contains("nadia@ministry.example");
        assertThat(press.person()
                        .get("/signin/oidc/" + provider + "?next=/newsletters/")
                        .uri()
                        .getPath())
                .isEqualTo("/newsletters/");
        assertThat(press.person()
                        .get("/signin/oidc/" + provider + "?next=//evil.example/")
                        .uri()
                        .getPath())
                .isEqualTo("/account/");
    }

    @Test
    void an_address_that_only_the_user_info_tells_is_found_there() throws Exception {
        fake.addressOnlyBeside = true;
        fake.subject = "subject-2";
        fake.email = "omar@ministry.example";
        assertThat(signIn().body()).contains("omar@ministry.example");
    }

    @Test
    void the_secret_is_kept_encrypted_and_for_its_own_row_alone() {
        long other = added("http://127.0.0.1:1", "other.example");
        assertThat(
                        count(
                                "select count(*) from identity_provider p where encode(client_secret, 'escape') like '%secret of%' or p::text like '%secret of%'"))
                .isZero();
        jdbi().useHandle(handle -> handle.execute(
                "update identity_provider set issuer = ?, client_secret = (select client_secret from identity_provider where id = ?) where id = ?",
                fake.issuer(),
                provider,
                other));
        try {
            assertThat(press.running.newsroom().vault.open("identity-provider:" + other, sealed(other)))
                    .isEmpty();
            assertThat(press.running
                            .newsroom()
                            .vault
                            .open("identity-provider:" + provider, sealed(provider))
                            .orElseThrow())
                    .asString()
                    .isEqualTo(FakeProvider.SECRET);
        } finally {
            jdbi().useHandle(handle -> providers().remove(handle, other));
        }
    }

    private static byte[] sealed(long id) {
        return jdbi().withHandle(handle -> handle.select("select client_secret from identity_provider where id = ?", id)
                .mapTo(byte[].class)
                .one());
    }

    @Test
    void another_issuer_in_the_answer_is_refused() throws Exception {
        fake.claims = all -> all.issuer("https://evil.example");
        refused(signIn(), 403, "The answer came from another sign-in than the one asked.");
    }

    @Test
    void an_answer_meant_for_another_site_is_refused() throws Exception {
        fake.claims = all -> all.audience("someone-else");
        refused(signIn(), 403, "The answer was meant for another site.");
        fake.claims = all -> all.audience(List.of(FakeProvider.CLIENT, "someone-else"));
        refused(signIn(), 403, "The answer was meant for another site.");
        fake.claims = all -> all.audience(List.of(FakeProvider.CLIENT, "x")).claim("azp", "x");
        refused(signIn(), 403, "The answer was meant for another site.");
    }

    @Test
    void an_answer_to_another_question_is_refused() throws Exception {
        fake.claims = all -> all.claim("nonce", "another");
        refused(signIn(), 403, "The answer belongs to another sign-in.");
        fake.claims = all -> all.claim("nonce", null);
        refused(signIn(), 403, "The answer belongs to another sign-in.");
    }

    @Test
    void an_answer_without_a_signature_or_signed_with_what_everybody_has_is_refused() throws Exception {
        for (String algorithm : List.of("none", "HS256")) {
            fake.algorithm = algorithm;
            refused(signIn(), 403, "The answer is not signed in a way that we can accept.");
        }
    }

    @Test
    void an_answer_signed_by_someone_else_is_refused() throws Exception {
        var stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();
        fake.claims = all -> all;
        var jwt = new com.nimbusds.jwt.SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("stranger").build(),
                new com.nimbusds.jwt.JWTClaimsSet.Builder().subject("x").build());
        jwt.sign(new RSASSASigner(stranger));
        fake.ready = jwt.serialize();
        refused(signIn(), 403, "The answer is not signed in a way that we can accept.");
    }

    @Test
    void an_old_answer_is_refused() throws Exception {
        fake.claims = all -> all.expirationTime(Date.from(Instant.now().minusSeconds(61)));
        refused(signIn(), 403, "The answer came too late.");
        fake.claims = all -> all.issueTime(Date.from(Instant.now().minusSeconds(16 * 60)));
        refused(signIn(), 403, "The answer came too late.");
        fake.claims = all -> all.expirationTime(null);
        refused(signIn(), 403, "did not say for how long");
    }

    @Test
    void an_answer_from_the_future_is_refused() throws Exception {
        fake.claims = all -> all.issueTime(Date.from(Instant.now().plusSeconds(120)));
        refused(signIn(), 403, "ahead of ours");
        fake.claims = all -> all.notBeforeTime(Date.from(Instant.now().plusSeconds(120)));
        refused(signIn(), 403, "ahead of ours");
    }

    @Test
    void an_address_that_is_not_confirmed_or_not_theirs_to_speak_for_is_refused() throws Exception {
        fake.claims = all -> all.claim("email_verified", false);
        refused(signIn(), 403, "has not confirmed your e-mail address");
        fake.claims = all -> all.claim("email", "ada@masthead.example");
        refused(signIn(), 403, "is not one that this sign-in may speak for");
        fake.claims = all -> all.claim("email", "ada@ministry.example.evil.example");
        refused(signIn(), 403, "is not one that this sign-in may speak for");
        fake.claims = all -> all.claim("email", "nobody");
        refused(signIn(), 403, "did not tell your e-mail address");
        fake.claims = all -> all.subject(null);
        refused(signIn(), 403, "did not say who you are");
    }

    @Test
    void an_answer_that_names_another_sender_is_refused() throws Exception {
        fake.alsoBack = "&iss=https%3A%2F%2Fevil.example";
        refused(signIn(), 403, "The answer came from another sign-in than the one asked.");
    }

    @Test
    void a_code_works_once() throws Exception {
        var nadia = press.person();
        String back = nadia.get("/signin/oidc/" + provider)
                .previousResponse()
                .orElseThrow()
                .uri()
                .toString();
        assertThat(back).contains("/signin/oidc/callback?");
        refusedLater(nadia.get(back), 409, "not begun in this browser");
        fake.code = back.replaceAll(".*code=", "");
        refusedLater(press.person().get("/signin/oidc/" + provider), 403, "already used or has expired");
    }

    private static void refusedLater(HttpResponse<String> answer, int status, String sentence) {
        sessionsBefore = 1 + sessionsBefore - (status == 409 ? 0 : 1);
        refused(answer, status, sentence);
    }

    @Test
    void an_answer_begun_in_another_browser_is_refused() throws Exception {
        fake.stays = true;
        var thief = press.person();
        String back = thief.get("/signin/oidc/" + provider).body();
        assertThat(back).contains("/signin/oidc/callback?state=");
        refused(press.person().get(back), 409, "not begun in this browser");
        var victim = press.person();
        victim.get("/signin/oidc/" + provider);
        refused(victim.get(back), 409, "not begun in this browser");
    }

    @Test
    void someone_whom_their_organisation_turns_away_is_told_so() throws Exception {
        fake.refuses = true;
        refused(signIn(), 403, "Ministry of Ports did not let you in.");
    }

    @Test
    void new_keys_are_fetched_when_they_are_needed() throws Exception {
        fake.email = "pia@ministry.example";
        fake.subject = "subject-3";
        signIn();
        press.running.newsroom().openIdConnect.probe(fake.issuer());
        fake.rotate();
        assertThat(signIn().body()).contains("pia@ministry.example");
        fake.rotate();
        assertThat(signIn().body()).contains("pia@ministry.example");
    }

    @Test
    void a_provider_that_gives_itself_another_name_is_refused() throws Exception {
        try (var other = new FakeProvider()) {
            other.namesItself = "https://login.evil.example";
            long id = added(other.issuer(), "third.example");
            refused(press.person().get("/signin/oidc/" + id), 403, "gives itself another name");
        }
    }

    @Test
    void a_provider_that_is_away_is_said_to_be() throws Exception {
        var other = new FakeProvider();
        long id = added(other.issuer(), "fourth.example");
        other.close();
        refused(press.person().get("/signin/oidc/" + id), 503, "does not answer at the moment");
    }

    @Test
    void a_provider_that_is_closed_or_not_there_leads_nowhere() throws Exception {
        jdbi().useHandle(handle -> providers().open(handle, provider, false));
        try {
            assertThat(signIn().statusCode()).isEqualTo(404);
            assertThat(providers()
                            .forAddress(EmailAddress.parse("x@ministry.example").orElseThrow()))
                    .isEmpty();
        } finally {
            jdbi().useHandle(handle -> providers().open(handle, provider, true));
        }
        for (String none : List.of("99999", "x", "9999999999999999999999"))
            assertThat(press.person().get("/signin/oidc/" + none).statusCode()).isEqualTo(404);
        assertThat(providers()
                        .forAddress(EmailAddress.parse("X@Ministry.EXAMPLE").orElseThrow()))
                .isPresent();
        assertThat(providers()
                        .forAddress(EmailAddress.parse("x@sub.ministry.example").orElseThrow()))
                .isEmpty();
    }

    @Test
    void without_the_setting_nothing_inside_is_asked() throws Exception {
        try (var strict = Press.started(Map.of("MASTHEAD_SAMPLE", "no"))) {
            var newsroom = strict.running.newsroom();
            long id = newsroom.database.jdbi().inTransaction(handle -> {
                long made = newsroom.identityProviders.add(
                        handle,
                        new IdentityProviders.Details(
                                "Ministry", fake.issuer(), "c", "s", List.of("ministry.example"), Optional.empty()));
                newsroom.identityProviders.open(handle, made, true);
                return made;
            });
            assertThat(strict.person().get("/signin/oidc/" + id).statusCode()).isEqualTo(503);
        }
    }
}
