package press.masthead.books;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The tax of each country, as the newsroom keeps it, and what it comes to. One rule: a customer's country gives the rate (without
 * one: the newsroom's own country; a country that is not here has none), the kind of customer says whether the price contains it,
 * and a customer with a tax number owes it itself where the country says so.
 */
public final class Taxes {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Jdbi jdbi;

    public Taxes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Who is charged. */
    public enum Customer {
        READER,
        TEAM
    }

    /** How a price stands to its tax. */
    public enum Price {
        INCLUDED,
        ADDED
    }

    /** Whether a customer with a tax number is charged the tax, or owes it to its own tax office (reverse charge). */
    public enum Companies {
        PAY,
        OWE
    }

    /**
     * The tax of a country.
     *
     * @param rate percent
     * @param home whether the newsroom is registered there
     */
    public record Rate(
            String country,
            String name,
            BigDecimal rate,
            Price readers,
            Price teams,
            Companies companies,
            boolean home) {
        Price of(Customer customer) {
            return switch (customer) {
                case READER -> readers;
                case TEAM -> teams;
            };
        }

        /** Such as "21". */
        public String figure() {
            return rate.stripTrailingZeros().toPlainString();
        }
    }

    /**
     * What an amount comes to.
     *
     * @param total minor units, tax included
     * @param inPrice whether the amount contained the tax
     */
    public record Worked(long total, Invoice.Tax tax, boolean inPrice) {}

    public List<Rate> all() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select country, name, rate, readers, teams, companies, home from tax_rate order by home desc, country")
                .mapTo(Rate.class)
                .list());
    }

    /** Whether any country's tax is kept. */
    public boolean any() {
        return !all().isEmpty();
    }

    /** Keeps a country's tax; whoever is home now, no other country is. */
    public void keep(Rate rate) {
        jdbi.useTransaction(handle -> {
            if (rate.home()) handle.execute("update tax_rate set home = false where home");
            handle.createUpdate("""
                            insert into tax_rate (country, name, rate, readers, teams, companies, home)
                            values (:country, :name, :rate, lower(:readers), lower(:teams), lower(:companies), :home)
                            on conflict (country) do update
                              set name = excluded.name, rate = excluded.rate, readers = excluded.readers,
                                  teams = excluded.teams, companies = excluded.companies, home = excluded.home
                            """).bindMethods(rate).execute();
        });
    }

    public void remove(String country) {
        jdbi.useHandle(handle -> handle.execute("delete from tax_rate where country = ?", country));
    }

    /** The tax that someone is charged by, by the rows as they are now; none where none is. */
    public Optional<Rate> of(Handle handle, Invoice.Billed billed) {
        return handle.createQuery("""
                        select country, name, rate, readers, teams, companies, home from tax_rate
                        where case when :country = '' then home else country = :country end and rate > 0
                        """)
                .bind("country", billed.country())
                .mapTo(Rate.class)
                .findOne();
    }

    /** The tax on an amount for someone, by the rows as they are now. */
    public Worked on(Handle handle, long amount, Customer customer, Invoice.Billed billed) {
        return work(amount, customer, of(handle, billed), !billed.vatNumber().isEmpty());
    }

    /**
     * Works it out; rounded half up, as tax offices do.
     *
     * @param rate the tax where the customer is; none where none is owed
     * @param company whether they have a tax number
     */
    public static Worked work(long amount, Customer customer, Optional<Rate> rate, boolean company) {
        if (rate.isEmpty()) return new Worked(amount, Invoice.Tax.NONE, true);
        Rate theirs = rate.get();
        boolean inPrice = theirs.of(customer) == Price.INCLUDED;
        long tax = inPrice ? contained(amount, theirs.rate()) : onTop(amount, theirs.rate());
        long net = inPrice ? amount - tax : amount;
        return company && theirs.companies() == Companies.OWE
                ? new Worked(net, new Invoice.Tax(theirs.name(), theirs.rate(), 0, true), inPrice)
                : new Worked(net + tax, new Invoice.Tax(theirs.name(), theirs.rate(), tax, false), inPrice);
    }

    /** A tax that was charged under no name of ours: its rate is what it comes to, to a tenth of a percent. */
    public static Invoice.Tax unnamed(long tax, long total) {
        BigDecimal rate = total <= tax
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(tax)
                        .multiply(HUNDRED)
                        .divide(BigDecimal.valueOf(total - tax), 1, RoundingMode.HALF_UP);
        return new Invoice.Tax("Tax", rate, tax, false);
    }

    /** The tax in an amount that was paid, tax included, by the rows as they are now. */
    Invoice.Tax contained(Handle handle, long amount, Invoice.Billed billed) {
        return of(handle, billed)
                .map(rate -> !billed.vatNumber().isEmpty() && rate.companies() == Companies.OWE
                        ? new Invoice.Tax(rate.name(), rate.rate(), 0, true)
                        : new Invoice.Tax(rate.name(), rate.rate(), contained(amount, rate.rate()), false))
                .orElse(Invoice.Tax.NONE);
    }

    /** The tax in an amount that contains it, minor units. */
    static long contained(long amount, BigDecimal rate) {
        return BigDecimal.valueOf(amount)
                .multiply(rate)
                .divide(HUNDRED.add(rate), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static long onTop(long amount, BigDecimal rate) {
        return BigDecimal.valueOf(amount)
                .multiply(rate)
                .divide(HUNDRED, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
