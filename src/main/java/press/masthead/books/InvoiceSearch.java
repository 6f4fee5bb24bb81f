package press.masthead.books;

import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Money;

/** Invoices by where they stand, by number, and by words of a name, a company or an address. */
public final class InvoiceSearch {
    public static final List<String> STATES = List.of("open", "overdue", "paid", "all");

    private final Jdbi jdbi;
    private final Clock clock;

    public InvoiceSearch(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * What is open in one currency.
     *
     * @param overdue how many of the invoices are past their day
     */
    public record Owed(String currency, long amount, int count, int overdue) {
        public String words() {
            return Money.words(amount, currency);
        }
    }

    /** What is open, currency by currency. */
    public List<Owed> owed() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select currency, sum(amount)::bigint as amount, count(*)::int as count,
                               (count(*) filter (where due_at < :now))::int as overdue
                        from invoice where paid_at is null and voided_at is null group by currency order by 2 desc
                        """)
                .bind("now", clock.instant())
                .mapTo(Owed.class)
                .list());
    }

    /**
     * Those in a state, the newest first.
     *
     * @param state one of {@link #STATES}
     * @param before only lower numbers than this
     */
    public List<Invoice> of(String state, long before, int most) {
        String sql = switch (state) {
            case "open" -> """
                    select * from invoice where paid_at is null and voided_at is null and number < :before
                    order by number desc limit :most
                    """;
            case "overdue" -> """
                    select * from invoice where paid_at is null and voided_at is null and due_at < :now and number < :before
                    order by number desc limit :most
                    """;
            case "paid" -> """
                    select * from invoice where paid_at is not null and number < :before order by number desc limit :most
                    """;
            default -> "select * from invoice where number < :before order by number desc limit :most";
        };
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("now", clock.instant())
                .bind("before", before)
                .bind("most", most)
                .mapTo(Invoice.class)
                .list());
    }

    /** Those with this number, or with these words at the beginnings of words. */
    public List<Invoice> find(String typed, long before, int most) {
        String number = typed.strip().replaceFirst("(?i)^MH[- ]?0*", "");
        boolean isNumber = number.matches("\\d{1,12}");
        String words = Stream.of(typed.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .limit(6)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
        if (words.isEmpty()) return List.of();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from invoice
                        where number < :before
                          and (number = :number or reader_words(name || ' ' || company, email) @@ to_tsquery('simple', :words))
                        order by number desc limit :most
                        """)
                .bind("number", isNumber ? Long.parseLong(number) : 0)
                .bind("words", words)
                .bind("before", before)
                .bind("most", most)
                .mapTo(Invoice.class)
                .list());
    }
}
