package press.masthead.billing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.Taxes;

/** Under which of its names Stripe keeps a tax of ours, and whose subscription is to be told its tax anew. */
final class StripeTaxRows {
    private final Jdbi jdbi;

    StripeTaxRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A tax as Stripe keeps it. */
    record TaxRate(String name, BigDecimal rate, boolean inclusive) {}

    Optional<String> taxRate(Taxes.Rate rate, boolean inclusive) {
        return jdbi.withHandle(handle -> taxRate(handle, rate, inclusive));
    }

    Optional<String> taxRate(Handle handle, Taxes.Rate rate, boolean inclusive) {
        return handle.createQuery("""
                        select id from stripe_tax_rate
                        where country = :country and name = :name and rate = :rate and inclusive = :inclusive
                        """)
                .bind("country", rate.country())
                .bind("name", rate.name())
                .bind("rate", rate.rate())
                .bind("inclusive", inclusive)
                .mapTo(String.class)
                .findOne();
    }

    Optional<TaxRate> taxRate(Handle handle, String id) {
        return handle.createQuery("select name, rate, inclusive from stripe_tax_rate where id = :id")
                .bind("id", id)
                .mapTo(TaxRate.class)
                .findOne();
    }

    /** Writes down under which name Stripe keeps a tax; the first word holds. Returns the name. */
    String keepTaxRate(String id, Taxes.Rate rate, boolean inclusive) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into stripe_tax_rate (id, country, name, rate, inclusive)
                        values (:id, :country, :name, :rate, :inclusive) on conflict do nothing
                        """)
                .bind("id", id)
                .bind("country", rate.country())
                .bind("name", rate.name())
                .bind("rate", rate.rate())
                .bind("inclusive", inclusive)
                .execute());
        return taxRate(rate, inclusive).orElse(id);
    }

    /** Has a reader's running subscription told its tax anew. Returns whether there is one. */
    boolean taxIsStale(long reader) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("""
                        update stripe_subscription s set tax_stale = true from membership m
                        where m.id = s.membership_id and m.reader_id = :reader and m.ended_at is null
                          and s.status not in ('canceled', 'incomplete_expired')
                        """).bind("reader", reader).execute() > 0);
    }

    /** A subscription whose tax is to be told, and what it costs. */
    record Stale(String subscription, long readerId, long priceId) {}

    List<Stale> staleTaxes() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select s.subscription, m.reader_id, m.price_id
                        from stripe_subscription s join membership m on m.id = s.membership_id
                        where s.tax_stale and m.reader_id is not null and m.ended_at is null
                          and s.status not in ('canceled', 'incomplete_expired') limit 100
                        """).mapTo(Stale.class).list());
    }

    void taxIsTold(String subscription) {
        jdbi.useHandle(handle -> handle.execute(
                "update stripe_subscription set tax_stale = false where subscription = ?", subscription));
    }
}
