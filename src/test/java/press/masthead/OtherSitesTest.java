package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** What another site may try by the browser of someone who is signed in here: every form, every "next", every cookie it could plant. */
class OtherSitesTest {
    private static final String CLEO = "cleo@reader.example";
    /** Each is somewhere else for some browser. */
    private static final List<String> ELSEWHERE = List.of(
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "///evil.example/",
            "/\t/evil.example/",
            "\\\\evil.example",
            "javascript:alert(1)//evil.example",
            " //evil.example",
            "/x\r\nLocation: https://evil.example/");
    /** What forms and addresses call the place to go to, here or in other software. */
    private static final List<String> NAMES = List.of(
            "next",
            "back",
            "to",
            "url",
            "path",
            "fresh-path",
            "return",
            "return_to",
            "redirect",
            "r",
            "from",
            "source",
            "story",
            "continue",
            "goto",
            "dest",
            "callback",
            "redirect_uri");

    private static Press press;
    private static Jdbi jdbi;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started().holdingLetters();
        jdbi = press.running.newsroom().database.jdbi();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    @BeforeEach
    void forget() {
        jdbi.useHandle(handle -> handle.execute("delete from rate"));
    }

    /** A browser that follows nothing by itself, and whose cookies the test can see and plant. */
    private static final class Window {
        final CookieManager cookies = new CookieManager();
        private final String site;

        Window() {
            this(press.url());
        }

        Window(String site) {
            this.site = site;
        }

        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(Redirect.NEVER)
                .build();

        HttpResponse<String> get(String path) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(at(path)).build(),
                    answer -> answer.headers()
                                    .firstValue("Content-Type")
                                    .filter(type -> type.startsWith("text/event-stream"))
                                    .isPresent()
                            ? new Unread()
                            : BodySubscribers.ofString(StandardCharsets.UTF_8));
        }

        HttpResponse<String> post(String path, String form, String... headers) throws Exception {
            var request = HttpRequest.newBuilder(at(path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method("POST", BodyPublishers.ofString(form));
            if (headers.length == 0) request.header("Sec-Fetch-Site", "same-origin");
            else request.headers(headers);
            try {
                return client.send(request.build(), BodyHandlers.ofString());
            } catch (IOException hungUp) {
                // The server had hung up a connection that was kept: another is opened, as browsers do.
                return client.send(request.build(), BodyHandlers.ofString());
            }
        }

        /** As post; a refusal may come before the form was read, and then the connection is closed behind it. */
        HttpResponse<String> send(String path, String form, String... headers) throws Exception {
            try {
                return post(path, form, headers);
            } catch (IOException closed) {
                return post(path, form, headers);
            }
        }

        private URI at(String path) {
            return URI.create(site + path);
        }

        String session() {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("masthead_session"))
                    .map(HttpCookie::getValue)
                    .findFirst()
                    .orElse("");
        }

        void plant(String secret) {
            var cookie = new HttpCookie("masthead_session", secret);
            cookie.setDomain("localhost.local");
            cookie.setPath("/");
            cookie.setVersion(0);
            cookies.getCookieStore().add(URI.create(site), cookie);
        }

        boolean isIn() throws Exception {
            return get("/account/").statusCode() == 200;
        }
    }

    private static String link(String email, String next) {
        // What the mailbox would bring; its secret is in no other place.
        press.running.newsroom().signIn.welcome(EmailAddress.parse(email).orElseThrow(), next, "test", "to sign in");
        return secretIn(email, "/signin/[A-Za-z0-9_-]{43}");
    }

    private static String secretIn(String email, String what) {
        String letter = jdbi.withHandle(handle -> handle.createQuery(
                        "select body_text from outbox where to_address = :to and body_text ~ :what order by id desc limit 1")
                .bind("to", email)
                .bind("what", what.replace("(?:", "("))
                .mapTo(String.class)
                .one());
        var found = Pattern.compile(what).matcher(letter);
        assertThat(found.find()).as(letter).isTrue();
        return found.group();
    }

    private static Window signedIn(String email) throws Exception {
        var window = new Window();
        window.post(
                URI.create(press.running
                                .newsroom()
                                .signIn
                                .linkFor(EmailAddress.parse(email).orElseThrow()))
                        .getPath(),
                "");
        return window;
    }

    private static String filled(String path) {
        return path.replace("{slug}", "nine-days-halden-voss")
                .replace("{token}", "A".repeat(43))
                .replace("{emblem}", "logo")
                .replaceAll("\\{[^}]+}", "1");
    }

    @Test
    void no_form_of_ours_can_be_sent_from_another_site() throws Exception {
        var ada = new Window();
        ada.post(URI.create(press.running.newsroom().newsroomLink()).getPath(), "");
        assertThat(ada.isIn()).isTrue();
        String host = URI.create(press.url()).getAuthority();
        String[][] ways = {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Origin", "http://" + host + ".evil.example"},
            // As a browser that sends neither: the cookie alone gives it away.
            {"X-Plain", "yes"}
        };
        var wrong = new ArrayList<String>();
        int tried = 0;
        for (var route : WhoMayCallTest.routes(press)) {
            if (Set.of("GET", "HEAD", "OPTIONS").contains(route.method())) continue;
            for (String[] way : ways) {
                var answer = ada.send(filled(route.path()), "email=eve%40evil.example&sure=yes", way);
                // A program may take someone off a list by the secret in their letter; no cookie has a part in it.
                boolean bySecret = route.path().startsWith("/unsubscribe/");
                boolean refused = answer.statusCode() == 403 && answer.body().contains("sent from another site");
                if (refused == bySecret) wrong.add(route + " " + String.join(": ", way) + " " + answer.statusCode());
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(600);
        assertThat(String.join("\n", wrong)).isEmpty();
        assertThat(ada.isIn()).isTrue();
    }

    @Test
    void no_address_of_ours_leads_or_points_elsewhere_whatever_it_is_given() throws Exception {
        var wrong = new ArrayList<String>();
        for (var who : List.of(new Window(), signedIn(CLEO))) {
            boolean visitor = who.session().isEmpty();
            for (var route : WhoMayCallTest.routes(press)) {
                if (route.path().matches("/(account/delete|signout|desk/.*)")) continue;
                for (String evil : ELSEWHERE.subList(0, route.method().equals("GET") ? 4 : 3)) {
                    String all = all(evil);
                    var answer = route.method().equals("GET")
                            ? who.get(filled(route.path()) + "?" + all)
                            : who.post(filled(route.path()), all);
                    if (answer.statusCode() >= 500) wrong.add(route + " " + answer.statusCode());
                    leads(answer, route + " given " + evil, wrong);
                }
                jdbi.useHandle(handle -> handle.execute("delete from rate"));
            }
            assertThat(visitor || who.isIn()).isTrue();
        }
        assertThat(String.join("\n", wrong)).isEmpty();
    }

    /** Of what goes on for ever only the headers are looked at. */
    private record Unread() implements BodySubscriber<String> {
        @Override
        public CompletionStage<String> getBody() {
            return CompletableFuture.completedFuture("");
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {}

        @Override
        public void onError(Throwable trouble) {}

        @Override
        public void onComplete() {}
    }

    @Test
    void no_address_of_the_newsroom_leads_or_points_elsewhere_either() throws Exception {
        // A newsroom of its own: whoever sends everything to every address of it leaves it in disorder.
        try (var own = Press.started()) {
            var wrong = new ArrayList<String>();
            int inside = 0;
            int tried = 0;
            var ada = new Window(own.url());
            for (var route : WhoMayCallTest.routes(own)) {
                if (!route.path().startsWith("/desk")) continue;
                for (String evil : ELSEWHERE.subList(0, 4)) {
                    own.running.newsroom().database.jdbi().useHandle(handle -> handle.execute("delete from rate"));
                    if (!ada.isIn())
                        ada.post(
                                URI.create(own.running.newsroom().newsroomLink())
                                        .getPath(),
                                "");
                    String all = all(evil) + "&then=" + URLEncoder.encode(evil, StandardCharsets.UTF_8);
                    var answer = route.method().equals("GET")
                            ? ada.get(filled(route.path()) + "?" + all)
                            : ada.post(filled(route.path()) + "?" + all, all);
                    if (answer.statusCode() >= 500) wrong.add(route + " " + answer.statusCode());
                    if (answer.statusCode() < 400) inside++;
                    leads(answer, route + " given " + evil, wrong);
                    tried++;
                }
            }
            assertThat(tried).isGreaterThan(400);
            assertThat(inside).as("she was let in to look").isGreaterThan(tried / 4);
            assertThat(String.join("\n", wrong)).isEmpty();
        }
    }

    private static String all(String evil) {
        String value = URLEncoder.encode(evil, StandardCharsets.UTF_8);
        return String.join("&", NAMES.stream().map(name -> name + "=" + value).toList())
                + "&email=eve%40evil-reader.example";
    }

    private static void leads(HttpResponse<String> answer, String what, List<String> wrong) {
        String location = answer.headers().firstValue("Location").orElse("");
        if (isElsewhere(location)) wrong.add(what + " leads to " + location);
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) return;
        for (Element element : Jsoup.parse(answer.body(), press.url()).getAllElements()) {
            for (String name : List.of("href", "src", "action", "formaction"))
                if (isElsewhere(element.attr(name))) wrong.add(what + " shows " + element);
            // A form that would carry it on.
            if (element.hasAttr("value")
                    && element.attr("name").matches("next|fresh-path")
                    && isElsewhere(element.attr("value"))) wrong.add(what + " carries " + element);
        }
    }

    /** As a browser reads it: control characters are nothing, a backslash is a slash. */
    private static boolean isElsewhere(String address) {
        String read = address.replaceAll("[\\x00-\\x20]", "").replace('\\', '/');
        return read.matches("(?i)(https?:)?//+[^/]*evil\\.example.*|javascript:.*");
    }

    @Test
    void a_next_that_leads_elsewhere_is_forgotten_on_each_way_in() throws Exception {
        for (String evil : ELSEWHERE) {
            jdbi.useHandle(handle -> handle.execute("delete from rate"));
            String next = "next=" + URLEncoder.encode(evil, StandardCharsets.UTF_8);
            var home = Set.of("/account/", "/signin/?next=%2Faccount%2F");

            var window = new Window();
            window.post("/signin", "email=cleo%40reader.example&" + next);
            String path = secretIn(CLEO, "/signin/[A-Za-z0-9_-]{43}");
            assertThat(home).contains(location(window.post(path, "")));
            var again = new Window();
            again.post(path + "/again", next);
            assertThat(home).contains(location(again.post(secretIn(CLEO, "/signin/[A-Za-z0-9_-]{43}"), "")));

            var coded = new Window();
            coded.post("/signin", "email=cleo%40reader.example&" + next);
            String code = secretIn(CLEO, "\\d{3} \\d{3}").replace(" ", "");
            assertThat(home).contains(location(coded.post("/signin/code", "code=" + code + "&" + next)));
            assertThat(location(coded.get("/signin/?" + next))).isEqualTo("/account/");

            var read = new Window();
            read.post("/signin/read", "email=cleo%40reader.example&" + next);
            assertThat(home).contains(location(read.post(secretIn(CLEO, "/signin/[A-Za-z0-9_-]{43}"), "")));

            var trial = new Window();
            trial.post("/pro/trial", "email=cleo%40reader.example&" + next);
            String led = location(trial.post(secretIn(CLEO, "/signin/[A-Za-z0-9_-]{43}"), ""));
            assertThat(isElsewhere(led)).as(led).isFalse();
            assertThat(led).doesNotContain("evil");

            var chosen = coded.post("/pro/industries/", "industry=banking&" + next);
            assertThat(isElsewhere(location(chosen))).isFalse();
            assertThat(location(chosen)).doesNotContain("evil");
        }
        forget();
        var inside = new Window();
        inside.post("/signin", "email=cleo%40reader.example&next=%2Fmemos%2F%3Fpage%3D2");
        assertThat(location(inside.post(secretIn(CLEO, "/signin/[A-Za-z0-9_-]{43}"), "")))
                .as("a way inside is kept")
                .isEqualTo("/memos/?page=2");
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    @Test
    void a_session_that_was_planted_is_never_the_one_that_someone_signs_in_with() throws Exception {
        for (String planted :
                List.of("A".repeat(43), signedIn("eli@reader.example").session())) {
            var byLink = new Window();
            byLink.plant(planted);
            byLink.post(link(CLEO, ""), "");
            isCleosOwn(byLink, planted);

            var byCode = new Window();
            byCode.plant(planted);
            byCode.post("/signin", "email=cleo%40reader.example");
            byCode.post(
                    "/signin/code", "code=" + secretIn(CLEO, "\\d{3} \\d{3}").replace(" ", ""));
            isCleosOwn(byCode, planted);

            var byConfirming = new Window();
            // The form of someone who is signed in asks for no letter.
            byConfirming.post("/newsletters/join", "email=cleo%40reader.example&newsletter=morning");
            byConfirming.plant(planted);
            byConfirming.post(secretIn(CLEO, "/newsletters/confirm/[A-Za-z0-9_-]{43}"), "");
            isCleosOwn(byConfirming, planted);
        }
    }

    private static void isCleosOwn(Window window, String planted) throws Exception {
        assertThat(window.session()).isNotEmpty().isNotEqualTo(planted);
        assertThat(window.get("/account/").body()).contains(CLEO);
        var attacker = new Window();
        attacker.plant(planted);
        assertThat(attacker.get("/account/").body()).doesNotContain(CLEO);
    }

    @Test
    void showing_once_more_who_one_is_ends_the_secret_that_was_there_before() throws Exception {
        var cleo = signedIn(CLEO);
        String before = cleo.session();
        cleo.post("/signin/fresh/letter", "fresh-path=%2Faccount%2Fexport&fresh-method=GET");
        String code = secretIn(CLEO, "\\d{3} \\d{3}").replace(" ", "");
        var answer = cleo.post("/signin/fresh", "fresh-path=%2Faccount%2Fexport&fresh-method=GET&fresh-code=" + code);
        assertThat(location(answer)).isEqualTo("/account/export");
        assertThat(cleo.session()).isNotEmpty().isNotEqualTo(before);
        var thief = new Window();
        thief.plant(before);
        assertThat(thief.isIn()).isFalse();
    }
}
