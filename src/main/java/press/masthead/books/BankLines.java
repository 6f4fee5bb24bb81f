package press.masthead.books;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Bank statements, line by line, until each is told to an invoice or put aside. */
public final class BankLines {
    private static final Pattern NUMBER = Pattern.compile("\\bMH[- ]?0*(\\d{1,12})\\b", Pattern.CASE_INSENSITIVE);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Invoices invoices;

    public BankLines(Jdbi jdbi, Clock clock, Invoices invoices) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.invoices = invoices;
    }

    /** What a file brought. */
    public record Added(int fresh, int known, int passedOver) {}

    /**
     * Takes a statement in. Lines that were there before stay as they are.
     *
     * @param usual the currency of lines that name none
     */
    public Added add(byte[] file, String usual, long by) {
        BankCsv.Statement statement = BankCsv.read(file, usual);
        var like = new HashMap<BankCsv.Line, Integer>();
        int fresh = jdbi.inTransaction(handle -> {
            int added = 0;
            for (BankCsv.Line line : statement.lines())
                added += handle.createUpdate("""
                                insert into bank_line (fingerprint, booked_on, amount, currency, words, added_at, added_by)
                                values (:fingerprint, :on, :amount, :currency, :words, :now, :by)
                                on conflict (fingerprint) do nothing
                                """)
                        .bind("fingerprint", fingerprint(line, like.merge(line, 1, Integer::sum)))
                        .bind("on", line.on())
                        .bind("amount", line.amount())
                        .bind("currency", line.currency())
                        .bind("words", line.words())
                        .bind("now", clock.instant())
                        .bind("by", by)
                        .execute();
            return added;
        });
        return new Added(fresh, statement.lines().size() - fresh, statement.passedOver());
    }

    /** Two lines of one file that say the same are two payments; the same two in another file are those. */
    private static byte[] fingerprint(BankCsv.Line line, int which) {
        String all = String.join("\n", line.on().toString(), line.amount() + line.currency(), line.words(), which + "");
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private record Row(long id, LocalDate bookedOn, long amount, String currency, String words) {}

    /** What is not settled, the newest first. */
    public List<BankLine> open(int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, booked_on, amount, currency, words from bank_line
                        where settled_at is null order by booked_on desc, id desc limit :most
                        """).bind("most", most).mapTo(Row.class).stream()
                .map(this::line)
                .toList());
    }

    private BankLine line(Row row) {
        return new BankLine(row.id(), row.bookedOn(), row.amount(), row.currency(), row.words(), named(row.words()));
    }

    /** The one invoice that the words name; none where they name several. */
    private Optional<Invoice> named(String words) {
        Matcher found = NUMBER.matcher(words);
        if (!found.find()) return Optional.empty();
        long number = Long.parseLong(found.group(1));
        while (found.find()) if (Long.parseLong(found.group(1)) != number) return Optional.empty();
        return invoices.find(number);
    }

    /** One that is not settled, locked until the end of the transaction. */
    public Optional<BankLine> hold(Handle handle, long id) {
        return handle.createQuery("""
                        select id, booked_on, amount, currency, words from bank_line
                        where id = :id and settled_at is null for update
                        """).bind("id", id).mapTo(Row.class).findOne().map(this::line);
    }

    /** Has paid an invoice, or is put aside. */
    public void settle(Handle handle, long id, Optional<Long> invoice) {
        handle.createUpdate("update bank_line set settled_at = :now, invoice_number = :invoice where id = :id")
                .bind("now", clock.instant())
                .bind("invoice", invoice)
                .bind("id", id)
                .execute();
    }
}
