package press.masthead.books;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Plan;

/** The tax of each country, as the newsroom keeps it, and what it comes to. */
public final class Taxes {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Jdbi jdbi;

    public Taxes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The tax of a country.
     *
     * @param rate percent
     * @param eu whether a company of another member state owes it itself
     * @param home whether the newsroom is registered there
     */
    public record Rate(String country, String name, BigDecimal rate, boolean eu, boolean home) {}

    /**
     * What an amount comes to.
     *
     * @param total minor units, tax included
     */
    public record Worked(long total, Invoice.Tax tax) {}

    public List<Rate> all() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from tax_rate order by home desc, country")
                .mapTo(Rate.class)
                .list());
    }

    /** Keeps a country's tax; whoever is home now, no other country is. */
    public void keep(Rate rate) {
        jdbi.useTransaction(handle -> {
            if (rate.home()) handle.execute("update tax_rate set home = false where home");
            handle.createUpdate("""
                            insert into tax_rate (country, name, rate, eu, home) values (:country, :name, :rate, :eu, :home)
                            on conflict (country) do update
                              set name = excluded.name, rate = excluded.rate, eu = excluded.eu, home = excluded.home
                            """).bindMethods(rate).execute();
        });
    }

    public void remove(String country) {
        jdbi.useHandle(handle -> handle.execute("delete from tax_rate where country = ?", country));
    }

    /** The tax on an amount for someone, by the rows as they are now. */
    Worked on(Handle handle, long amount, Plan.Tax policy, Invoice.Billed billed) {
        List<Rate> rates = handle.createQuery("select * from tax_rate where home or country = :country")
                .bind("country", billed.country())
                .mapTo(Rate.class)
                .list();
        Optional<Rate> home = rates.stream().filter(Rate::home).findFirst();
        Optional<Rate> theirs = rates.stream()
                .filter(rate -> rate.country().equals(billed.country()))
                .findFirst();
        return work(
                amount,
                policy,
                billed.country().isEmpty() ? home : theirs,
                home,
                !billed.vatNumber().isEmpty());
    }

    /**
     * Works it out; rounded half up, as tax offices do.
     *
     * @param theirs the tax where the reader is; none where none is owed
     * @param company whether they have a VAT number
     */
    static Worked work(long amount, Plan.Tax policy, Optional<Rate> theirs, Optional<Rate> home, boolean company) {
        if (theirs.isEmpty() || theirs.get().rate().signum() == 0) return new Worked(amount, Invoice.Tax.NONE);
        Rate rate = theirs.get();
        boolean reverse = company
                && rate.eu()
                && home.filter(ours -> ours.eu() && !ours.country().equals(rate.country()))
                        .isPresent();
        BigDecimal given = BigDecimal.valueOf(amount);
        long tax = (switch (policy) {
                    case INCLUDED ->
                        given.multiply(rate.rate()).divide(HUNDRED.add(rate.rate()), 0, RoundingMode.HALF_UP);
                    case ADDED -> given.multiply(rate.rate()).divide(HUNDRED, 0, RoundingMode.HALF_UP);
                })
                .longValueExact();
        long net = policy == Plan.Tax.INCLUDED ? amount - tax : amount;
        return reverse
                ? new Worked(net, new Invoice.Tax(rate.name(), rate.rate(), 0, true))
                : new Worked(net + tax, new Invoice.Tax(rate.name(), rate.rate(), tax, false));
    }
}
