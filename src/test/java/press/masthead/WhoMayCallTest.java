package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/**
 * docs/access.md names every route and who may call it. Each is called as everyone of the cast: whoever the table lets in must not
 * be turned away, and whoever it does not must be. A route that the table lacks fails here; so does a line without a route.
 */
class WhoMayCallTest {
    /** The cast, each with what they are. Those whom more lets in come later, so that nothing is gone before it was refused. */
    private enum Actor {
        VISITOR(""),
        READER("eli@reader.example"),
        /** Who manages the team that the walk asks for, and who manages another. */
        MANAGER("dina@ministry.example"),
        NEIGHBOUR("petra@bank.example"),
        TRIAL("ben@reader.example"),
        MEMBER("cleo@reader.example"),
        REPORTER("rae@masthead.example"),
        BUSINESS("bea@masthead.example"),
        EDITOR("edda@masthead.example"),
        OWNER("olga@masthead.example");

        final String email;

        Actor(String email) {
            this.email = email;
        }
    }

    /** What the table's third column may say. */
    private static final Map<String, Set<Actor>> WORDS = Map.of(
            "everyone", EnumSet.allOf(Actor.class),
            "signed in", EnumSet.range(Actor.READER, Actor.OWNER),
            "its managers", EnumSet.of(Actor.MANAGER),
            "members", EnumSet.range(Actor.MEMBER, Actor.OWNER),
            "members and trials", EnumSet.range(Actor.TRIAL, Actor.OWNER),
            "staff", EnumSet.range(Actor.REPORTER, Actor.OWNER),
            "editors", EnumSet.of(Actor.EDITOR, Actor.OWNER),
            "business", EnumSet.of(Actor.BUSINESS, Actor.OWNER),
            "owner", EnumSet.of(Actor.OWNER));

    private static final Pattern ROW =
            Pattern.compile("\\| (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \\| `([^`]+)` \\| ([a-z ]+) \\|.*");

    record Route(String method, String path) implements Comparable<Route> {
        @Override
        public int compareTo(Route other) {
            return (path + method).compareTo(other.path + other.method);
        }

        @Override
        public String toString() {
            return "| " + method + " | `" + path + "` |";
        }
    }

    @Test
    void everyone_gets_in_where_the_table_says_so_and_nowhere_else() throws Exception {
        try (var press = Press.started()) {
            Map<Route, String> table = table();
            List<Route> routes = routes(press);
            var wrong = new ArrayList<String>();
            for (Route line : new TreeSet<>(table.keySet()))
                if (!routes.contains(line)) wrong.add(line + " stands in docs/access.md, and there is no such route");
            try (var walk = new Walk(press)) {
                for (Route route : routes) {
                    String said = table.getOrDefault(route, "nothing");
                    Set<Actor> got = walk.whoGetsIn(route);
                    if (!got.equals(WORDS.getOrDefault(said, Set.of())))
                        wrong.add(route + " has " + said + " in docs/access.md, but lets in " + got);
                }
            }
            assertThat(String.join("\n", wrong)).isEmpty();
        }
    }

    /** Each number in an address may be somebody else's: it is then as if nothing had it. */
    @Test
    void a_manager_who_puts_another_teams_number_behind_their_own_finds_and_changes_nothing() throws Exception {
        try (var press = Press.started();
                var walk = new Walk(press)) {
            String before = walk.rowsOf(Walk.BANK);
            int tried = 0;
            for (Route route : routes(press)) {
                if (!route.path().matches("/team/\\{team}/.*\\{.*")) continue;
                String others = walk.teamAddress(route.path(), Walk.MINISTRY, Walk.BANK);
                String nobodys =
                        route.path().replace("{team}", walk.team(Walk.MINISTRY)).replaceAll("\\{[^}]+}", Walk.NOBODYS);
                assertThat(walk.told(Actor.MANAGER, route.method(), others))
                        .as(route.toString())
                        .isEqualTo(walk.told(Actor.MANAGER, route.method(), nobodys));
                assertThat(walk.send(Actor.MANAGER, route.method(), others).statusCode())
                        .as(route.toString())
                        .isEqualTo(404);
                tried++;
            }
            assertThat(tried).isGreaterThan(10);
            assertThat(walk.rowsOf(Walk.BANK)).isEqualTo(before);
        }
    }

    /** What Javalin knows, not what a file says. */
    static List<Route> routes(Press press) {
        var routes = new ArrayList<Endpoint>();
        Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            Routes.add(config.routes, press.running.newsroom());
            config.routes
                    .getCfg$javalin()
                    .internalRouter
                    .allHttpHandlers()
                    .forEach(parsed -> routes.add(parsed.endpoint));
        });
        Set<HandlerType> around =
                Set.of(HandlerType.BEFORE, HandlerType.BEFORE_MATCHED, HandlerType.AFTER, HandlerType.AFTER_MATCHED);
        return routes.stream()
                .filter(route -> !around.contains(route.method))
                .map(route -> new Route(route.method.toString(), route.path))
                .toList();
    }

    private static Map<Route, String> table() throws IOException {
        var table = new LinkedHashMap<Route, String>();
        for (String line : Files.readAllLines(Path.of("docs/access.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches())
                table.put(new Route(row.group(1), row.group(2)), row.group(3).strip());
        }
        return table;
    }

    /** Someone of each kind, with a browser of their own, and a thing of each kind to ask for. */
    private static final class Walk implements AutoCloseable {
        private static final String MINISTRY = "Ministry of Ports and Waterways";
        private static final String BANK = "Sarrin Maritime Bank";
        private static final String NOBODYS = "999999";
        /** What forms of teams ask for, so that none is refused for what it lacks before it is asked whose it is. */
        private static final String TYPED =
                "email=eve%40evil.example&addresses=eve%40evil.example&to=postmaster%40bank.example&domain=evil.example&state=on&required=yes"
                        + "&answer=yes&decision=grant&joining=auto&more=1&sure=yes&why=because&issuer=https%3A%2F%2Fevil.example&client=c&secret=s";

        private final Press press;
        private final Jdbi jdbi;
        private final Map<Actor, HttpClient> browsers = new LinkedHashMap<>();

        Walk(Press press) throws Exception {
            this.press = press;
            jdbi = press.running.newsroom().database.jdbi();
            employ("rae", "reporter");
            employ("bea", "business");
            employ("edda", "editor");
            employ("olga", "owner");
            employ("leaving", "reporter");
            for (Actor actor : Actor.values()) signIn(actor);
            send(Actor.MANAGER, "POST", "/team/" + team(MINISTRY) + "/invite", "addresses=ines%40ministry.example");
            send(Actor.NEIGHBOUR, "POST", "/team/" + team(BANK) + "/invite", "addresses=ines%40bank.example");
            send(Actor.NEIGHBOUR, "POST", "/team/" + team(BANK) + "/domains", "domain=bank.example");
            jdbi.useHandle(handle -> handle.execute("""
                    insert into seat_request (team_id, reader_id, why, asked_at)
                    select t.id, r.id, 'approval', now() from team t, reader r where t.name = ? and r.email_key = 'faye@reader.example'
                    """, BANK));
            jdbi.useHandle(handle -> handle.execute("""
                    insert into credit_note (number, invoice_number, amount, tax, why, issued_at)
                    select 900000 + min(i.number), min(i.number), 1, 0, 'a seat fewer', now()
                    from invoice i join contract c on c.id = i.contract_id group by c.team_id
                    """));
        }

        private void employ(String name, String role) {
            jdbi.useTransaction(handle -> {
                long id = press.running
                        .newsroom()
                        .readers
                        .meet(
                                handle,
                                EmailAddress.parse(name + "@masthead.example").orElseThrow());
                handle.execute("update reader set confirmed_at = now() where id = ?", id);
                handle.execute("insert into staff (reader_id, role) values (?, ?)", id, role);
            });
        }

        private void signIn(Actor actor) throws Exception {
            browsers.put(
                    actor,
                    HttpClient.newBuilder()
                            .cookieHandler(new CookieManager())
                            .followRedirects(Redirect.NEVER)
                            .build());
            if (actor == Actor.VISITOR) return;
            String link = press.running
                    .newsroom()
                    .signIn
                    .linkFor(EmailAddress.parse(actor.email).orElseThrow());
            send(actor, "POST", URI.create(link).getPath());
        }

        Set<Actor> whoGetsIn(Route route) throws Exception {
            var got = EnumSet.noneOf(Actor.class);
            for (Actor actor : Actor.values()) {
                if (isSignedOut(actor)) signIn(actor);
                HttpResponse<String> answer = send(actor, route.method(), address(route.path()));
                assertThat(answer.statusCode()).as("%s as %s", route, actor).isLessThan(500);
                boolean aTeams = route.path().startsWith("/team/{team}/");
                boolean isOut = isTurnedAway(answer) || aTeams && answer.statusCode() == 404;
                if (!isOut) got.add(actor);
                else if (aTeams)
                    assertThat(told(actor, route.method(), address(route.path())))
                            .as("%s as %s, beside a team that does not exist", route, actor)
                            .isEqualTo(told(
                                    actor,
                                    route.method(),
                                    address(route.path()).replace("/team/" + team(MINISTRY), "/team/" + NOBODYS)));
                undo();
            }
            return got;
        }

        /** The walk asks for more than any one network may, and some of its routes make members of those who are none. */
        private void undo() {
            jdbi.useHandle(handle -> {
                handle.execute("delete from rate");
                for (Actor actor : List.of(Actor.READER, Actor.MANAGER, Actor.NEIGHBOUR)) {
                    handle.execute("""
                            update membership set ended_at = started_at
                            where ended_at is null and reader_id = (select id from reader where email_key = ?)
                            """, actor.email);
                    handle.execute(
                            "update seat set ended_at = taken_at where ended_at is null and reader_id = (select id from reader where email_key = ?)",
                            actor.email);
                }
            });
        }

        private static boolean isTurnedAway(HttpResponse<String> answer) {
            return Set.of(401, 403).contains(answer.statusCode())
                    || answer.statusCode() == 303
                            && answer.headers()
                                    .firstValue("Location")
                                    .orElse("")
                                    .matches("/signin/?\\?next=.*");
        }

        private boolean isSignedOut(Actor actor) {
            return actor != Actor.VISITOR
                    && jdbi.withHandle(handle -> handle.createQuery("""
                                    select not exists (select from session s join reader r on r.id = s.reader_id
                                                       where r.email_key = :email)
                                    """)
                            .bind("email", actor.email)
                            .mapTo(Boolean.class)
                            .one());
        }

        /** The route's address with something in it that is there, as far as this publication has it. */
        private String address(String path) {
            if (path.startsWith("/team/{team}/")) return teamAddress(path, MINISTRY, MINISTRY);
            String first = path.replaceFirst("^/desk/([a-z]+)/.*", "$1");
            String id = switch (first) {
                case "stories" -> one("select id from story where state = 'published' order by id limit 1");
                case "editions" -> one("select id from edition where state = 'draft' order by id limit 1");
                case "newsletters" -> one("select max(id) from newsletter");
                case "readers" -> one("select id from reader where email_key = 'faye@reader.example'");
                case "staff" -> one("select id from reader where email_key = 'leaving@masthead.example'");
                case "authors" -> one("select max(id) from author");
                case "topics" -> one("select max(id) from topic");
                case "industries" -> one("select max(id) from industry");
                case "pictures" -> one("select max(id) from picture");
                default -> "0";
            };
            return path.replace("{id}", id)
                    .replace("{slug}", "nine-days-halden-voss")
                    .replace("{token}", "A".repeat(43))
                    .replace("{number}", "1")
                    .replace("{year}", "2026")
                    .replace("{month}", "11")
                    .replace("{page}", "2")
                    .replace("{emblem}", "logo")
                    .replace("{state}", "owed")
                    .replaceAll("\\{[^}]+}", "0");
        }

        /** @param whose the team whose seat, request, domain, report or invoice it is */
        String teamAddress(String path, String team, String whose) {
            String id = team(whose);
            return path.replace("{team}", team(team))
                    .replace("{seat}", one("select min(id) from seat where ended_at is null and team_id = " + id))
                    .replace("{request}", one("select min(id) from seat_request where team_id = " + id))
                    .replace("{domain}", one("select min(id) from team_domain where team_id = " + id))
                    .replace("{report}", one("select min(id) from seat_invite where team_id = " + id))
                    .replace(
                            "{note}",
                            one(
                                    "select 900000 + min(i.number) from invoice i join contract c on c.id = i.contract_id where c.team_id = "
                                            + id))
                    .replace(
                            "{number}",
                            one(
                                    "select min(number) from invoice i join contract c on c.id = i.contract_id where c.team_id = "
                                            + id));
        }

        String team(String name) {
            return one("select id from team where name = '" + name + "'");
        }

        /** All that the database knows of a team. */
        String rowsOf(String name) {
            String id = team(name);
            return one("select (select json_agg(t) from seat t where team_id = " + id
                    + ")::text || (select json_agg(t) from seat_request t where team_id = " + id
                    + ")::text || (select json_agg(t) from team_domain t where team_id = " + id
                    + ")::text || (select json_agg(t) from team_manager t where team_id = " + id
                    + ")::text || (select json_agg(t) from contract t where team_id = " + id + ")::text");
        }

        /** The answer without the number that was asked for. */
        String told(Actor actor, String method, String path) throws Exception {
            HttpResponse<String> answer = send(actor, method, path);
            String whole = answer.statusCode() + " " + answer.headers().map().getOrDefault("location", List.of()) + " "
                    + answer.body();
            return whole.replace(path, "PATH")
                    .replace(java.net.URLEncoder.encode(path, java.nio.charset.StandardCharsets.UTF_8), "PATH");
        }

        private String one(String query) {
            return jdbi.withHandle(handle ->
                    handle.createQuery(query).mapTo(String.class).findOne().orElse("0"));
        }

        private HttpResponse<String> send(Actor actor, String method, String path) throws Exception {
            return send(actor, method, path, path.startsWith("/team/") ? TYPED : "");
        }

        private HttpResponse<String> send(Actor actor, String method, String path, String form) throws Exception {
            var request =
                    HttpRequest.newBuilder(URI.create(press.url() + path)).header("Sec-Fetch-Site", "same-origin");
            if (method.equals("GET")) request.GET();
            else
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .method(method, BodyPublishers.ofString(form));
            return java.util.Objects.requireNonNull(browsers.get(actor)).send(request.build(), BodyHandlers.ofString());
        }

        @Override
        public void close() {
            browsers.values().forEach(HttpClient::close);
        }
    }
}
