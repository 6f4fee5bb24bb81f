package press.masthead.business;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import press.masthead.charts.ChartTable;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;

/** Reads a file of members into the database, each line with what it says or why it can't be taken. Nobody becomes a member by it. */
final class ReadMembers {
    private static final int BUFFER = 1 << 20;
    private static final List<DateTimeFormatter> DAYS = List.of(
            DateTimeFormatter.ISO_LOCAL_DATE,
            DateTimeFormatter.ofPattern("d.M.uuuu"),
            DateTimeFormatter.ofPattern("uuuu/M/d"));

    private final Clock clock;
    private final Supplier<ZoneId> zone;

    ReadMembers(Clock clock, Supplier<ZoneId> zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** @throws Problem where it is no table of members */
    void run(Handle handle, long id, MemberFile file, Map<MemberColumn, String> corrected) {
        Map<MemberColumn, Integer> places = file.places(corrected);
        int lines = copy(handle, id, file, places);
        if (lines == 0) throw Problem.invalid("The file has a head row and no members.");
        handle.execute("analyze member_import_line");
        handle.createUpdate("""
                        update member_import_line l set problem = 'The same address stands in line ' || f.line || ' already.'
                        from (select line, email_key, min(line) over (partition by email_key) as first from member_import_line
                              where import_id = :id and problem is null) d
                        cross join lateral (select d.first as line) f
                        where l.import_id = :id and l.line = d.line and d.line > d.first
                        """).bind("id", id).execute();
        handle.createUpdate("""
                        update member_import_line l set problem = :words
                        from reader r join membership m on m.reader_id = r.id and m.ended_at is null
                        where l.import_id = :id and r.email_key = l.email_key and l.problem is null
                        """)
                .bind("id", id)
                .bind("words", RunImport.MEMBER_ALREADY)
                .execute();
        handle.createUpdate("""
                        update member_import i set state = 'read', head = :head, lines = f.lines, last_line = f.last_line,
                          bad = f.bad, already = f.already, members = f.lines - f.bad - f.already
                        from (select count(*) as lines, max(line) as last_line, count(*) filter (where problem = :words) as already,
                                     count(*) filter (where problem <> :words) as bad
                              from member_import_line where import_id = :id) f
                        where i.id = :id
                        """)
                .bind("id", id)
                .bind(
                        "head",
                        String.join(
                                ",", file.head().stream().map(ChartTable::cell).toList()))
                .bind("words", RunImport.MEMBER_ALREADY)
                .execute();
    }

    /**
     * What a file may name.
     *
     * @param until the days read so far: a file says few of them many times, and to read one takes longer than all else in its line
     */
    private record Offered(
            Map<String, Long> prices,
            long usual,
            Map<String, Long> newsletters,
            ZoneId zone,
            Map<String, Optional<Instant>> until,
            Map<String, Optional<Instant>> joined) {}

    private record Named(String name, long id) {}

    private Offered offered(Handle handle) {
        // The yearly price of a plan stands for it: what is paid until its day is paid already, and goes on by the
        // year.
        var prices = named(handle, """
                select distinct on (name) name, price_id as id from (
                  select lower(plan_name) as name, price_id, "interval", on_offer from priced
                  union all select lower(slug), price_id, "interval", on_offer from priced) p
                order by name, on_offer desc, "interval" = 'year' desc, price_id
                """);
        long usual = handle.createQuery(
                        "select price_id from priced where on_offer order by position, price_id limit 1")
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> Problem.invalid("Nothing is on offer yet: a member needs a plan."));
        var letters = named(
                handle, "select lower(name) as name, id from newsletter union all select slug, id from newsletter");
        // Asked for now: while rows are copied, the connection answers no other question.
        return new Offered(prices, usual, letters, zone.get(), new HashMap<>(), new HashMap<>());
    }

    private static Map<String, Long> named(Handle handle, String sql) {
        var found = new HashMap<String, Long>();
        handle.createQuery(sql).mapTo(Named.class).forEach(one -> found.put(one.name(), one.id()));
        return found;
    }

    private int copy(Handle handle, long id, MemberFile file, Map<MemberColumn, Integer> places) {
        Offered offered = offered(handle);
        var lines = new int[1];
        try {
            Connection connection = handle.getConnection();
            var in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("""
                    copy member_import_line (import_id, line, text, email_key, name, price_id, payment, joined_at, until, source,
                                             newsletters, written, problem) from stdin
                    """);
            try {
                var buffer = new StringBuilder(BUFFER + 4_096);
                file.each(places, line -> {
                    lines[0]++;
                    row(buffer, id, line, offered);
                    if (buffer.length() > BUFFER) {
                        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
                        in.writeToCopy(bytes, 0, bytes.length);
                        buffer.setLength(0);
                    }
                });
                byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
                in.writeToCopy(bytes, 0, bytes.length);
                in.endCopy();
            } finally {
                if (in.isActive()) in.cancelCopy();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("members can't be copied", e);
        }
        return lines[0];
    }

    private void row(StringBuilder to, long id, MemberFile.Line line, Offered offered) {
        var problems = new ArrayList<String>();
        String text = line.cell(MemberColumn.ADDRESS);
        Optional<EmailAddress> email = EmailAddress.parse(text);
        if (text.isEmpty()) problems.add("There is no address.");
        else if (email.isEmpty()) problems.add("This is no e-mail address.");
        String plan = line.cell(MemberColumn.PLAN).toLowerCase(Locale.ROOT);
        Optional<Long> price =
                plan.isEmpty() ? Optional.of(offered.usual) : Optional.ofNullable(offered.prices.get(plan));
        if (price.isEmpty()) problems.add("There is no plan called \"" + cut(line.cell(MemberColumn.PLAN)) + "\".");
        Optional<String> pays = pays(line.cell(MemberColumn.PAYS_BY));
        if (pays.isEmpty())
            problems.add("\"" + cut(line.cell(MemberColumn.PAYS_BY)) + "\" is neither invoice nor complimentary.");
        Instant now = clock.instant();
        String lastDay = line.cell(MemberColumn.UNTIL);
        Optional<Instant> until = offered.until.computeIfAbsent(lastDay, day -> moment(day, 1, offered.zone));
        if (lastDay.isEmpty()) problems.add("It does not say until when.");
        else if (until.isEmpty()) problems.add("\"" + cut(lastDay) + "\" is no date such as 2027-01-31.");
        else if (!until.get().isAfter(now)) problems.add("It was over on " + cut(lastDay) + ".");
        String firstDay = line.cell(MemberColumn.JOINED_ON);
        Optional<Instant> joined = firstDay.isEmpty()
                ? Optional.of(now)
                : offered.joined.computeIfAbsent(firstDay, day -> moment(day, 0, offered.zone));
        if (joined.isEmpty()) problems.add("\"" + cut(firstDay) + "\" is no date such as 2025-01-31.");
        else if (joined.get().isAfter(now)) problems.add("Joined on " + cut(firstDay) + ", which is still to come.");
        var letters = new ArrayList<String>();
        for (String one : line.cell(MemberColumn.NEWSLETTERS).split("[,;|]")) {
            if (one.isBlank()) continue;
            var found = Optional.ofNullable(offered.newsletters.get(one.strip().toLowerCase(Locale.ROOT)));
            if (found.isEmpty()) problems.add("There is no newsletter called \"" + cut(one.strip()) + "\".");
            found.map(String::valueOf).filter(known -> !letters.contains(known)).ifPresent(letters::add);
        }
        cell(to.append(id).append('\t').append(line.number()).append('\t'), cut(text));
        to.append('\t');
        if (email.isEmpty()) to.append("\\N");
        else cell(to, email.get().key());
        cell(to.append('\t'), cut(line.cell(MemberColumn.NAME)));
        to.append('\t').append(price.map(String::valueOf).orElse("\\N"));
        to.append('\t').append(pays.orElse("\\N"));
        to.append('\t').append(joined.map(Instant::toString).orElse("\\N"));
        to.append('\t').append(until.map(Instant::toString).orElse("\\N"));
        String source = line.cell(MemberColumn.SOURCE);
        cell(to.append('\t'), source.isEmpty() ? "import" : cut(source));
        to.append("\t{").append(String.join(",", letters)).append("}");
        cell(to.append('\t'), line.written());
        to.append('\t');
        if (problems.isEmpty()) to.append("\\N");
        else cell(to, String.join(" ", problems));
        to.append('\n');
    }

    private static Optional<String> pays(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "invoice" -> Optional.of("invoice");
            case "complimentary", "comp", "free" -> Optional.of("complimentary");
            default -> Optional.empty();
        };
    }

    /** A day, or a moment with its zone. A last day lasts until its midnight. */
    private static Optional<Instant> moment(String text, int daysLater, ZoneId zone) {
        if (text.isEmpty()) return Optional.empty();
        for (DateTimeFormatter one : DAYS)
            try {
                LocalDate day = LocalDate.parse(text, one);
                return day.getYear() < 1990 || day.getYear() > 2200
                        ? Optional.empty()
                        : Optional.of(day.plusDays(daysLater).atStartOfDay(zone).toInstant());
            } catch (DateTimeException e) {
                // the next form
            }
        try {
            return Optional.of(Instant.parse(text))
                    .filter(at -> at.isAfter(Instant.parse("1990-01-01T00:00:00Z"))
                            && at.isBefore(Instant.parse("2200-01-01T00:00:00Z")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String cut(String text) {
        return text.length() > 254 ? text.substring(0, 253) + "…" : text;
    }

    /** As COPY's text form has it. */
    private static void cell(StringBuilder to, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> to.append("\\\\");
                case '\t' -> to.append("\\t");
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                default -> to.append(Character.isSurrogate(c) && !paired(text, i) ? '\uFFFD' : c);
            }
        }
    }

    private static boolean paired(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
