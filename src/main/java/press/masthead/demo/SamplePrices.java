package press.masthead.demo;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What the sample sells: its plan in five currencies, two offers, and some countries' tax. */
final class SamplePrices {
    private SamplePrices() {}

    static void fill(Handle handle, Instant now) {
        handle.execute("""
                update plan set grants = 'Memos
                Trend reports
                A weekly review of your industries
                The whole archive' where slug = 'pro'""");
        handle.execute("""
                insert into price (plan_id, amount, currency, "interval", trial_days)
                select p.id, v.amount, v.currency, v.every, 7
                from plan p, (values (3000, 'USD', 'month'), (27600, 'EUR', 'year'), (2800, 'EUR', 'month'),
                  (24000, 'GBP', 'year'), (2400, 'GBP', 'month'), (28800, 'CHF', 'year'), (2900, 'CHF', 'month'),
                  (45600, 'JPY', 'year'), (4600, 'JPY', 'month')) as v (amount, currency, every)
                where p.slug = 'pro'""");
        handle.createUpdate("""
                        insert into offer (code, words, percent, payments, returning_only, from_at, until_at, at_most, created_at)
                        values ('AUTUMN20', 'Autumn, a fifth off', 20, 1, false, :from, :until, 500, :from),
                               ('WELCOMEBACK', 'For those who come back', 25, 1, true, :from, null, null, :from)
                        """)
                .bind("from", now.minus(Duration.ofDays(20)))
                .bind("until", now.plus(Duration.ofDays(120)))
                .execute();
        handle.execute("""
                insert into tax_rate (country, name, rate, companies, home) values
                  ('BE', 'VAT', 21, 'pay', true), ('DE', 'VAT', 19, 'owe', false), ('FR', 'VAT', 20, 'owe', false),
                  ('NL', 'VAT', 21, 'owe', false), ('GB', 'VAT', 20, 'pay', false), ('CH', 'VAT', 8.1, 'pay', false),
                  ('JP', 'Consumption tax', 10, 'pay', false)""");
    }
}
