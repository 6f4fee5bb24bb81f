package press.masthead.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.charts.About;
import press.masthead.charts.Chart;
import press.masthead.charts.Svg;
import press.masthead.charts.Unit;
import press.masthead.platform.web.Secret;

/** The business desk over 200,000 members, two years of events and 1,000 teams: pages over HTTP, one request after the other. */
public final class BusinessBench {
    private static final int MEMBERS = 200_000;
    private static final int TEAMS = 1_000;
    private static final int REQUESTS = 40;
    /** What the product promises, in milliseconds. */
    private static final int ACCOUNT = 30;

    private static final int OVERVIEW = 200;
    private static final int CHECK = 120_000;
    private static final int CHART = 5;

    private final Jdbi jdbi;
    private final Runnable rebuild;
    private final Supplier<List<String>> check;

    /**
     * @param rebuild works the figures out from the rows
     * @param check names each difference of the books
     */
    public BusinessBench(Jdbi jdbi, Runnable rebuild, Supplier<List<String>> check) {
        this.jdbi = jdbi;
        this.rebuild = rebuild;
        this.check = check;
    }

    /** @param site the address of a server of this process over that database */
    public void run(String site) throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%,d members written in %.1f s%n", MEMBERS, seconds(this::fill));
        System.out.printf(Locale.ROOT, "figures worked out in %.1f s%n", seconds(rebuild));
        jdbi.useHandle(handle -> handle.execute("analyze"));
        Secret owner = session("owner@bench.example");
        Secret member = session("m777@bench.example");
        try (var client = HttpClient.newHttpClient()) {
            line("business_account", median(client, site + "/account/", member), ACCOUNT);
            line("business_overview", median(client, site + "/desk/business", owner), OVERVIEW);
            line("business_sells", median(client, site + "/desk/business/sells?by=source", owner), OVERVIEW);
            line("business_sells_story", median(client, site + "/desk/business/sells?by=story", owner), OVERVIEW);
            for (String page : List.of(
                    "figures/revenue",
                    "moves?what=left",
                    "members",
                    "members?state=due",
                    "members?source=partner&plan=pro",
                    "members?q=m777",
                    "payments",
                    "cohorts",
                    "check"))
                System.out.printf(
                        Locale.ROOT,
                        "/desk/business/%s: median %.1f ms%n",
                        page,
                        median(client, site + "/desk/business/" + page, owner));
        }
        var found = new int[1];
        double took = seconds(() -> found[0] = check.get().size());
        System.out.printf(Locale.ROOT, "check: %d differences in %.1f s%n", found[0], took);
        if (found[0] > 0)
            throw new IOException("the check finds differences in books that agree: "
                    + check.get().getFirst());
        line("business_check", took * 1000, CHECK);
        line("business_chart", chart(), CHART);
    }

    /** A line chart of five years in four series, drawn for a wide and a narrow place: the median of many, in milliseconds. */
    private static double chart() {
        List<String> months = IntStream.range(0, 60).mapToObj(i -> "M" + i).toList();
        var series = IntStream.range(0, 4)
                .mapToObj(n -> new Chart.Series(
                        "Series " + n,
                        IntStream.range(0, 60).mapToObj(i -> 100.0 * n + i * i).toList()))
                .toList();
        var chart = new Chart.Lines(
                new About("bench", "Revenue", "It grew", "Month", new Unit.Money("USD"), Locale.ENGLISH),
                months,
                series);
        var millis = new double[REQUESTS];
        for (int i = -REQUESTS; i < REQUESTS; i++) {
            long begun = System.nanoTime();
            Svg.both(chart);
            if (i >= 0) millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis[REQUESTS / 2];
    }

    private static void line(String name, double ours, int limit) throws IOException {
        System.out.println(Tools.line(name, ours, limit, "ms", Tools.residentMegabytes()));
    }

    private static double seconds(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double median(HttpClient client, String page, Secret cookie)
            throws IOException, InterruptedException {
        var millis = new double[REQUESTS];
        for (int i = -REQUESTS / 2; i < REQUESTS; i++) {
            long begun = System.nanoTime();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(page))
                            .header("Cookie", "masthead_session=" + cookie.reveal())
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) throw new IOException(page + " answered " + answer.statusCode());
            if (i >= 0) millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis[REQUESTS / 2];
    }

    private Secret session(String email) {
        Secret cookie = Secret.fresh();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into session (token_hash, reader_id, created_at, seen_at, expires_at)
                        select :hash, id, now(), now(), now() + interval '1 day' from reader where email = :email
                        """)
                .bind("hash", cookie.hash())
                .bind("email", email)
                .execute());
        return cookie;
    }

    /** Two years: a trial, a first year, for half of them a second; one in seven has left, one in nine trials was lost. */
    private void fill() {
        jdbi.useTransaction(handle -> {
            handle.execute("""
                    insert into reader (email, email_key, name, created_at, confirmed_at)
                    select e, e, 'Member ' || e, now() - interval '2 years', now() from (
                      select 'owner@bench.example' as e union all select 'm' || n || '@bench.example' from generate_series(1, %d) n) a
                    """.formatted(MEMBERS));
            handle.execute(
                    "insert into staff (reader_id, role) select id, 'owner' from reader where email = 'owner@bench.example'");
            handle.execute("""
                    insert into membership (reader_id, price_id, payment, started_at, trial_ends_at, until, cancelled_at, ended_at,
                                            anchored_at, period_from, period_value, source)
                    select id, (select min(id) from price), 'invoice', start, trial, case when lost then trial else until end,
                           case when lost then start + interval '1 day' end,
                           case when lost then trial when until < now() then until end, trial, until - interval '1 year', 30000,
                           (array['', 'spring', 'search', 'memo', 'partner'])[1 + n %% 5]
                    from (select *, n %% 9 = 0 as lost, start + interval '7 days' as trial,
                                 start + interval '7 days' + (1 + (start < now() - interval '372 days' and n %% 7 <> 0)::int) * interval '1 year' as until
                          from (select id, row_number() over (order by id) as n,
                                       now() - interval '725 days' + (row_number() over (order by id)) * interval '715 days' / %d as start
                                from reader where email like 'm%%@bench.example') r) s
                    """.formatted(MEMBERS));
            handle.execute("""
                    insert into membership_event (membership_id, what, cause, at)
                    select m.id, e.what, 'timetable', e.at from membership m, lateral (values
                      ('trial_started', m.started_at), ('reminded', m.started_at + interval '5 days'),
                      (case when m.ended_at = m.trial_ends_at then 'ended' else 'trial_ended' end, m.trial_ends_at),
                      ('paid', m.trial_ends_at + interval '3 days'), ('renewed', m.trial_ends_at + interval '1 year')) e (what, at)
                    where e.at < now() and (m.ended_at is null or e.at <= m.ended_at)
                    """);
            handle.execute("""
                    insert into invoice (number, membership_id, what, email, amount, currency, period_from, period_until, issued_at, due_at, paid_at)
                    select row_number() over (order by since), id, 'PRO', '', 30000, 'USD', since, since + interval '1 year', since,
                           since + interval '14 days', since + interval '1 hour'
                    from (select m.id, m.trial_ends_at + y * interval '1 year' as since from membership m, generate_series(0, 1) y
                          where m.ended_at is distinct from m.trial_ends_at and m.trial_ends_at + y * interval '1 year' < least(m.until, now())) p
                    """);
            handle.execute("update invoice_number set last = (select max(number) from invoice)");
            handle.execute("""
                    insert into ledger_entry (at, kind, amount, currency, membership_id, invoice_number, provider, provider_ref, cause)
                    select paid_at, 'charge', amount, currency, membership_id, number, 'invoice', number::text, 'desk' from invoice
                    """);
            handle.execute(
                    "insert into team (name, zone, created_at) select 'Team ' || n, 'Europe/Brussels', now() from generate_series(1, %d) n"
                            .formatted(TEAMS));
            handle.execute("""
                    insert into contract (team_id, plan_id, seats, seat_price, currency, since, until, grace_until, terms_days, billing_name, contact_email, created_at)
                    select id, (select min(id) from plan), 40, 24000, 'USD', now() - interval '1 month', now() + interval '11 months',
                           now() + interval '12 months', 30, name, 'a@bench.example', now() from team
                    """);
            handle.execute("""
                    insert into seat (team_id, email, email_key, reader_id, came_by, created_at, sent_at, taken_at, last_read)
                    select t.id, r.email, r.email, r.id, 'invitation', now(), now(), now(), current_date
                    from team t join lateral (select id, email from reader where id between t.id * 20 and t.id * 20 + 19
                      and email like 'm%@bench.example') r on true
                    """);
        });
        jdbi.useHandle(handle -> handle.execute("analyze"));
    }
}
