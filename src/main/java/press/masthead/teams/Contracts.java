package press.masthead.teams;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What was agreed with teams, term by term, and each change of it. */
public final class Contracts {
    private static final String SELECT = """
            select c.id, c.team_id, p.name as plan, c.seats, c.seat_price, c.currency, c.since, c.until, c.grace_until,
                   c.purchase_order, c.terms_days, c.billing_name, c.billing_address, c.country, c.vat_number, c.contact_name,
                   c.contact_email, c.by_themselves, c.renewed_by
            from contract c join plan p on p.id = c.plan_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Contracts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A plan to choose. */
    record Choice(long id, String name) {}

    List<Choice> plans() {
        return jdbi.withHandle(handle -> handle.createQuery("select id, name from plan where active order by id")
                .mapTo(Choice.class)
                .list());
    }

    /** Currencies that prices are given in. */
    List<String> currencies() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select distinct currency from price where active order by 1")
                        .mapTo(String.class)
                        .list());
    }

    /** Writes the terms down. Returns the contract's number. */
    long drawUp(Handle handle, long team, Terms terms, Instant graceUntil, Optional<Long> enquiry) {
        return handle.createQuery("""
                        insert into contract (team_id, plan_id, enquiry_id, seats, seat_price, currency, since, until, grace_until,
                          purchase_order, terms_days, billing_name, billing_address, country, vat_number, contact_name, contact_email,
                          by_themselves, created_at)
                        values (:team, :plan, :enquiry, :seats, :seatPrice, :currency, :since, :until, :grace,
                          :purchaseOrder, :termsDays, :billingName, :billingAddress, :country, :vatNumber, :contactName, :contactEmail,
                          :byThemselves, :now) returning id
                        """)
                .bind("team", team)
                .bind("enquiry", enquiry)
                .bind("grace", graceUntil)
                .bind("now", clock.instant())
                .bindMethods(terms)
                .mapTo(Long.class)
                .one();
    }

    /** The term after this one, on the same terms and for as many seats. Returns its number. */
    long renew(Handle handle, Contract before, Instant until, Instant graceUntil) {
        long next = handle.createQuery("""
                        insert into contract (team_id, plan_id, enquiry_id, seats, seat_price, currency, since, until, grace_until,
                          purchase_order, terms_days, billing_name, billing_address, country, vat_number, contact_name, contact_email,
                          by_themselves, created_at)
                        select team_id, plan_id, enquiry_id, seats, seat_price, currency, until, :until, :grace,
                          purchase_order, terms_days, billing_name, billing_address, country, vat_number, contact_name, contact_email,
                          by_themselves, :now
                        from contract where id = :before returning id
                        """)
                .bind("before", before.id())
                .bind("until", until)
                .bind("grace", graceUntil)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
        handle.createUpdate("update contract set renewed_by = :next where id = :before")
                .bind("next", next)
                .bind("before", before.id())
                .execute();
        return next;
    }

    void addSeats(Handle handle, long contract, int more) {
        handle.createUpdate("update contract set seats = seats + :more where id = :contract")
                .bind("more", more)
                .bind("contract", contract)
                .execute();
    }

    /** A team's contracts, the latest term first. */
    List<Contract> of(long team) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where c.team_id = :team order by c.since desc")
                .bind("team", team)
                .mapTo(Contract.class)
                .list());
    }

    /** One of this team's; a number that is another's is nobody's. */
    Optional<Contract> find(Handle handle, long team, long contract) {
        return handle.createQuery(SELECT + "where c.team_id = :team and c.id = :contract")
                .bind("team", team)
                .bind("contract", contract)
                .mapTo(Contract.class)
                .findOne();
    }

    /** The one whose term runs. */
    Optional<Contract> running(Handle handle, long team) {
        return handle.createQuery(
                        SELECT
                                + "where c.team_id = :team and c.since <= :now and c.until > :now order by c.since desc limit 1")
                .bind("team", team)
                .bind("now", clock.instant())
                .mapTo(Contract.class)
                .findOne();
    }

    /** What matters today: the term that runs, else the next one, else the last one. */
    Optional<Contract> present(long team) {
        List<Contract> all = of(team);
        Instant now = clock.instant();
        return all.stream()
                .filter(contract -> contract.state(now) == Contract.State.RUNNING)
                .findFirst()
                .or(() -> all.stream()
                        .filter(contract -> contract.state(now) == Contract.State.AHEAD)
                        .reduce((later, earlier) -> earlier))
                .or(() -> all.stream().findFirst());
    }

    /** The last term, locked, for whoever renews it. */
    Optional<Contract> lastForUpdate(Handle handle, long team) {
        return handle.createQuery(
                        SELECT + "where c.team_id = :team order by c.since desc limit 1 for no key update of c")
                .bind("team", team)
                .mapTo(Contract.class)
                .findOne();
    }

    /** Writes down what changed; {@code by} is whoever did it, empty for the timetable. */
    void note(Handle handle, long contract, String what, Optional<Long> by, int seats, long amount, String note) {
        handle.createUpdate("""
                        insert into contract_event (contract_id, at, by, what, seats, amount, note)
                        values (:contract, :now, :by, :what, :seats, :amount, :note)
                        """)
                .bind("contract", contract)
                .bind("now", clock.instant())
                .bind("by", by)
                .bind("what", what)
                .bind("seats", seats)
                .bind("amount", amount)
                .bind("note", note)
                .execute();
    }

    record Event(Instant at, String by, String what, int seats, long amount, String note) {}

    List<Event> history(long contract) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.at, coalesce(nullif(r.name, ''), r.email, '') as by, e.what, e.seats, e.amount, e.note
                        from contract_event e left join reader r on r.id = e.by where e.contract_id = :contract order by e.id
                        """)
                .bind("contract", contract)
                .mapTo(Event.class)
                .list());
    }

    /** Whether this was done for the contract before. */
    boolean noted(Handle handle, long contract, String what, String note) {
        return handle.createQuery("""
                        select exists (select from contract_event where contract_id = :contract and what = :what and note = :note)
                        """)
                .bind("contract", contract)
                .bind("what", what)
                .bind("note", note)
                .mapTo(Boolean.class)
                .one();
    }

    /** Those that nobody has renewed and whose term ends within two months or ended within the last two. */
    List<Contract> ending() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where c.renewed_by is null and c.until > cast(:now as timestamptz) - interval '60 days'
                          and c.until <= cast(:now as timestamptz) + interval '61 days' order by c.until
                        """)
                .bind("now", clock.instant())
                .mapTo(Contract.class)
                .list());
    }
}
