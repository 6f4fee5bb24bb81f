package press.masthead.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The sample's teams: Dina's ministry and a bank, each with a few seats in use, and an enquiry in every state. */
final class SampleTeams {
    private static final String DINA = "dina@ministry.example";

    private SampleTeams() {}

    static void write(Handle handle, Instant now) {
        long ministry = team(handle, now, "Ministry of Ports and Waterways", DINA, 40, 21_600, true, 150);
        seat(handle, now, ministry, "noor@ministry.example", "Noor Vale", 140);
        seat(handle, now, ministry, "tomas@ministry.example", "Tomas Ilves", 140);
        seat(handle, now, ministry, "amara@ministry.example", "Amara Dossey", 120);
        seat(handle, now, ministry, "henrik@ministry.example", "Henrik Solum", 90);
        seat(handle, now, ministry, "salma@ministry.example", "Salma Qureishi", 60);
        seat(handle, now, ministry, "joao@ministry.example", "João Ferrat", 30);
        invitation(handle, now, ministry, "pavel@ministry.example");
        domain(handle, now, ministry, "ministry.example");
        request(handle, now, ministry, "leila@ministry.example", "Leila Brandt");
        reading(handle, now, ministry);

        long bank = team(handle, now, "Sarrin Maritime Bank", "petra@bank.example", 12, 24_000, false, 320);
        seat(handle, now, bank, "oskar@bank.example", "Oskar Thane", 300);
        seat(handle, now, bank, "mirela@bank.example", "Mirela Voss", 300);
        seat(handle, now, bank, "yusuf@bank.example", "Yusuf Adair", 200);
        enquiries(handle, now);
    }

    private static Instant ago(Instant now, int days) {
        return now.minus(Duration.ofDays(days));
    }

    private static long reader(Handle handle, Instant since, String email, String name) {
        return handle.createQuery("""
                        with added as (
                          insert into reader (email, email_key, name, created_at, confirmed_at) values (:email, :email, :name, :since, :since)
                          on conflict (email_key) do nothing returning id)
                        select id from added union all select id from reader where email_key = :email limit 1
                        """)
                .bind("email", email)
                .bind("name", name)
                .bind("since", since)
                .mapTo(Long.class)
                .one();
    }

    private static long team(
            Handle handle,
            Instant now,
            String name,
            String manager,
            int seats,
            long price,
            boolean byThemselves,
            int days) {
        long team = handle.createQuery("""
                        insert into team (name, zone, created_at) values (:name, 'Europe/Brussels', :since) returning id
                        """)
                .bind("name", name)
                .bind("since", ago(now, days))
                .mapTo(Long.class)
                .one();
        handle.createUpdate("insert into team_manager (team_id, reader_id, since) values (:team, :reader, :since)")
                .bind("team", team)
                .bind(
                        "reader",
                        reader(
                                handle,
                                ago(now, days),
                                manager,
                                manager.equals(DINA) ? "Dina Farouq" : "Petra Lindgaard"))
                .bind("since", ago(now, days))
                .execute();
        handle.createUpdate("""
                        with term as (
                          select date_trunc('day', cast(:since as timestamptz) at time zone 'Europe/Brussels') as first),
                        agreed as (
                          insert into contract (team_id, plan_id, seats, seat_price, currency, since, until, grace_until, purchase_order,
                            terms_days, billing_name, billing_address, contact_name, contact_email, by_themselves, created_at)
                          select :team, (select min(id) from plan), :seats, :price, 'USD', first at time zone 'Europe/Brussels',
                            (first + interval '1 year') at time zone 'Europe/Brussels',
                            date_trunc('week', first + interval '1 year 20 days') at time zone 'Europe/Brussels',
                            'PO-' || (4700 + :seats), 30, :name, '4 Lantern Quay, Sarrin Free Port (an invented address)', 'Accounts',
                            replace(:manager, split_part(:manager, '@', 1), 'accounts'), :self, :since
                          from term returning *),
                        noted as (
                          insert into contract_event (contract_id, at, what, seats, amount) select id, :since, 'drawn_up', seats, seats * seat_price from agreed),
                        next as (update invoice_number set last = last + 1 returning last),
                        billed as (
                          insert into invoice (number, contract_id, what, email, name, company, address, amount, currency, period_from, period_until,
                            issued_at, due_at, paid_at)
                          select next.last, agreed.id, agreed.seats || ' seats, ' || :name, agreed.contact_email, agreed.contact_name, :name,
                            agreed.billing_address, agreed.seats * agreed.seat_price, 'USD', agreed.since, agreed.until, :since,
                            cast(:since as timestamptz) + interval '30 days', cast(:since as timestamptz) + interval '21 days'
                          from next, agreed returning *),
                        line as (insert into invoice_line (invoice_number, position, what, amount) select number, 0, what, amount from billed)
                        insert into ledger_entry (at, kind, amount, currency, invoice_number, provider, provider_ref, cause)
                        select paid_at, 'charge', amount, currency, number, 'invoice', number::text, 'sample' from billed
                        """)
                .bind("team", team)
                .bind("since", ago(now, days))
                .bind("seats", seats)
                .bind("price", price)
                .bind("name", name)
                .bind("manager", manager)
                .bind("self", byThemselves)
                .execute();
        return team;
    }

    private static void seat(Handle handle, Instant now, long team, String email, String name, int days) {
        handle.createUpdate("""
                        with sat as (
                          insert into seat (team_id, email, email_key, reader_id, came_by, created_at, sent_at, taken_at, last_read)
                          values (:team, :email, :email, :reader, 'invitation', :at, :at, cast(:at as timestamptz) + interval '3 hours',
                            date_trunc('month', cast(:now as timestamptz))) returning id)
                        insert into seat_event (seat_id, at, by, what)
                        select id, :at, (select reader_id from team_manager where team_id = :team), 'invited' from sat
                        union all select id, cast(:at as timestamptz) + interval '3 hours', :reader, 'taken' from sat
                        """)
                .bind("team", team)
                .bind("email", email)
                .bind("reader", reader(handle, ago(now, days), email, name))
                .bind("at", ago(now, days))
                .bind("now", now)
                .execute();
    }

    private static void invitation(Handle handle, Instant now, long team, String email) {
        handle.createUpdate("""
                        with held as (
                          insert into seat (team_id, email, email_key, came_by, created_at, sent_at, expires_at)
                          values (:team, :email, :email, 'invitation', :at, :at, cast(:at as timestamptz) + interval '30 days') returning id)
                        insert into seat_event (seat_id, at, by, what)
                        select id, :at, (select reader_id from team_manager where team_id = :team), 'invited' from held
                        """)
                .bind("team", team)
                .bind("email", email)
                .bind("at", ago(now, 6))
                .execute();
    }

    private static void domain(Handle handle, Instant now, long team, String domain) {
        handle.createUpdate("""
                        insert into team_domain (team_id, domain, proof, verified_at, verified_by, created_at)
                        values (:team, :domain, 'masthead-team=sample', :at, 'letter', :at)
                        """)
                .bind("team", team)
                .bind("domain", domain)
                .bind("at", ago(now, 100))
                .execute();
    }

    private static void request(Handle handle, Instant now, long team, String email, String name) {
        handle.createUpdate(
                        "insert into seat_request (team_id, reader_id, why, asked_at) values (:team, :reader, 'approval', :at)")
                .bind("team", team)
                .bind("reader", reader(handle, ago(now, 3), email, name))
                .bind("at", ago(now, 1))
                .execute();
    }

    /** Half a year of reading together, of those who sat there by then. */
    private static void reading(Handle handle, Instant now, long team) {
        handle.createUpdate("""
                        insert into seat_month (team_id, month, seat_id)
                        select s.team_id, cast(m as date), s.id
                        from seat s, generate_series(date_trunc('month', cast(:now as timestamptz)) - interval '5 months',
                                                     date_trunc('month', cast(:now as timestamptz)), interval '1 month') m
                        where s.team_id = :team and s.taken_at < m + interval '1 month'
                        """).bind("team", team).bind("now", now).execute();
        handle.createUpdate("""
                        insert into team_month (team_id, month, kind, pieces)
                        select team_id, month, k.kind, count(*) * k.each + extract(month from month)::int % 7
                        from seat_month, (values ('article', 14), ('memo', 5), ('report', 1)) as k (kind, each)
                        where team_id = :team group by team_id, month, k.kind, k.each
                        """).bind("team", team).execute();
    }

    /** @param nextIn days from today; the past for one that was forgotten */
    private record Asked(
            String state,
            String organisation,
            String name,
            String email,
            int seats,
            String words,
            int days,
            String step,
            int nextIn) {}

    private static void enquiries(Handle handle, Instant now) {
        List<Asked> asked = List.of(
                new Asked(
                        "new",
                        "Velm Grid Operator",
                        "Ines Carvalle",
                        "ines@grid.example",
                        25,
                        "Our planners read your energy letter. Do you invoice in euros, and can we use our own sign-in?",
                        1,
                        "",
                        0),
                new Asked("new", "Harbour Insurance Mutual", "Bram Okafor", "bram@mutual.example", 8, "", 3, "", 0),
                new Asked(
                        "talking",
                        "University of Lower Sarrin",
                        "Dr Edit Moravec",
                        "library@university.example",
                        120,
                        "The library would like seats for two departments.",
                        12,
                        "Call about the reading room",
                        2),
                new Asked(
                        "offered",
                        "Kestrel Freight",
                        "Anouk Delisle",
                        "anouk@kestrel.example",
                        15,
                        "",
                        30,
                        "Ask whether the offer arrived",
                        -1),
                new Asked("won", "Sarrin Maritime Bank", "Petra Lindgaard", "petra@bank.example", 12, "", 330, "", 0),
                new Asked(
                        "lost",
                        "Tallow & Reed Consulting",
                        "Sil Hartog",
                        "sil@tallow.example",
                        5,
                        "Only for a month, if that is possible.",
                        60,
                        "",
                        0));
        for (Asked one : asked)
            handle.createUpdate("""
                            with came as (
                              insert into enquiry (at, name, email, organisation, seats, words, state, moved_at, owner_id, next_step, next_day, reminded_at)
                              values (:at, :name, :email, :organisation, :seats, :words, :state, cast(:at as timestamptz) + interval '2 hours',
                                case when :state <> 'new' then (select reader_id from staff where role = 'owner' limit 1) end, :step,
                                case when :step <> '' then cast(:now as date) + :nextIn end, case when :nextIn < 0 then cast(:now as timestamptz) end)
                              returning id, owner_id)
                            insert into enquiry_event (enquiry_id, at, by, what, note)
                            select id, :at, null, 'came', '' from came
                            union all select id, cast(:at as timestamptz) + interval '2 hours', owner_id, 'moved', initcap(:state) from came where :state <> 'new'
                            """)
                    .bind("at", ago(now, one.days()))
                    .bind("now", now)
                    .bind("name", one.name())
                    .bind("email", one.email())
                    .bind("organisation", one.organisation())
                    .bind("seats", one.seats())
                    .bind("words", one.words())
                    .bind("state", one.state())
                    .bind("step", one.step())
                    .bind("nextIn", one.nextIn())
                    .execute();
    }
}
