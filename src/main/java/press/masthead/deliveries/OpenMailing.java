package press.masthead.deliveries;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import press.masthead.platform.mail.FrozenMessage;

/** A mailing as a hand sends it: what is the same for all of its letters, its frozen messages read once. */
record OpenMailing(
        long id,
        String returnPath,
        String domain,
        String mark,
        Instant startedAt,
        Instant deadline,
        LetterRows rows,
        Map<String, Variant> variants,
        Function<String, Variant> read) {

    /** One of its messages, and for whom it is. */
    record Variant(FrozenMessage message, Optional<Reserved> reserved) {}

    record Row(long id, String returnPath, String domain, String mark, Instant startsAt, Instant deadline) {}

    static OpenMailing of(Row row, int batch, Function<String, Variant> read) {
        return new OpenMailing(
                row.id(),
                row.returnPath(),
                row.domain(),
                row.mark(),
                row.startsAt(),
                row.deadline(),
                new LetterRows(row.id(), batch),
                new ConcurrentHashMap<>(),
                read);
    }

    /** The same with the deadline that a person may have moved. */
    OpenMailing until(Instant other) {
        return other.equals(deadline)
                ? this
                : new OpenMailing(id, returnPath, domain, mark, startedAt, other, rows, variants, read);
    }

    FrozenMessage message(String variant) {
        return variant(variant).message();
    }

    Optional<Reserved> reserved(String variant) {
        return variant(variant).reserved();
    }

    private Variant variant(String name) {
        return Objects.requireNonNull(variants.computeIfAbsent(name, read));
    }

    /** The same for the same row, so that a second copy is known for one. */
    String messageId(long letter) {
        return id + "." + letter + "." + mark + "@" + domain;
    }
}
