package press.masthead.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Secret;

/** A manager's overview among 1,000 teams with 200 seats each, over HTTP, one request after the other: what one person waits. */
public final class TeamsBench {
    private static final int TEAMS = 1_000;
    private static final int SEATS = 200;
    private static final int REQUESTS = 400;
    /** What the product promises, in milliseconds. */
    private static final int LIMIT = 30;

    private final Jdbi jdbi;

    public TeamsBench(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param site the address of a server of this process over that database */
    public void run(String site) throws IOException, InterruptedException {
        long filled = System.nanoTime();
        Secret cookie = fill();
        System.out.printf(
                Locale.ROOT,
                "%,d teams and %,d seats written in %.1f s%n",
                TEAMS,
                TEAMS * SEATS,
                (System.nanoTime() - filled) / 1e9);
        try (var client = HttpClient.newHttpClient()) {
            int teams = jdbi.withHandle(handle -> handle.createQuery("select max(id) from team")
                    .mapTo(Integer.class)
                    .one());
            for (int i = 0; i < REQUESTS; i++) ask(client, site, cookie, teams - i % TEAMS);
            var millis = new double[REQUESTS];
            for (int i = 0; i < REQUESTS; i++) {
                long begun = System.nanoTime();
                ask(client, site, cookie, teams - i * 7 % TEAMS);
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
            Arrays.sort(millis);
            System.out.printf(
                    Locale.ROOT,
                    "overview of a team: median %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                    millis[REQUESTS / 2],
                    millis[REQUESTS * 95 / 100],
                    millis[REQUESTS * 99 / 100],
                    millis[REQUESTS - 1]);
            System.out.println(Tools.line("teams", millis[REQUESTS / 2], LIMIT, "ms", Tools.residentMegabytes()));
        }
    }

    private static void ask(HttpClient client, String site, Secret cookie, int team)
            throws IOException, InterruptedException {
        HttpResponse<String> page = client.send(
                HttpRequest.newBuilder(URI.create(site + "/team/" + team + "/"))
                        .header("Cookie", "masthead_session=" + cookie.reveal())
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofString());
        if (page.statusCode() != 200 || !page.body().contains("In the contract"))
            throw new IOException("the overview answered " + page.statusCode());
    }

    /** One manager of all teams; their session. */
    private Secret fill() {
        Secret cookie = Secret.fresh();
        jdbi.useTransaction(handle -> {
            handle.execute("""
                    insert into reader (email, email_key, created_at, confirmed_at)
                    select e, e, now(), now() from (
                      select 'manager@bench.example' as e union all
                      select 'p' || n || '@team' || n %% %d || '.example' from generate_series(1, %d) n) all_of_them
                    """.formatted(TEAMS, TEAMS * SEATS));
            handle.execute(
                    "insert into team (name, zone, created_at) select 'Team ' || n, 'Europe/Brussels', now() - interval '1 year' from generate_series(1, %d) n"
                            .formatted(TEAMS));
            handle.execute("""
                    insert into team_manager (team_id, reader_id, since)
                    select t.id, r.id, now() from team t, reader r where r.email = 'manager@bench.example'
                    """);
            handle.execute("""
                    insert into contract (team_id, plan_id, seats, seat_price, currency, since, until, grace_until, terms_days, billing_name, contact_email, created_at)
                    select t.id, (select min(id) from plan), %d, 24000, 'USD', now() - interval '1 month', now() + interval '11 months',
                           now() + interval '12 months', 30, t.name, 'a@bench.example', now() from team t
                    """.formatted(SEATS + 20));
            handle.execute("""
                    insert into seat (team_id, email, email_key, reader_id, came_by, created_at, sent_at, taken_at, last_read)
                    select t.id, r.email, r.email, r.id, 'invitation', now(), now(), now(), current_date
                    from reader r join team t on t.name = 'Team ' || 1 + split_part(split_part(r.email, '@team', 2), '.', 1)::int
                    where r.email like 'p%@team%'
                    """);
            handle.createUpdate("""
                            insert into session (token_hash, reader_id, created_at, seen_at, expires_at)
                            select :hash, id, now(), now(), now() + interval '1 day' from reader where email = 'manager@bench.example'
                            """).bind("hash", cookie.hash()).execute();
        });
        jdbi.useHandle(handle -> handle.execute("analyze"));
        return cookie;
    }
}
