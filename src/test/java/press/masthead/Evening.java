package press.masthead;

import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.jdbi.v3.core.Jdbi;
import press.masthead.Press.Person;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** A newsroom that invites people in, for tests: its editor, its guests, and what lies in their mailboxes. */
final class Evening implements AutoCloseable {
    static final ZoneId GENEVA = ZoneId.of("Europe/Zurich");

    final Press press;
    final Jdbi jdbi;

    Evening() throws Exception {
        this(Clock.systemUTC());
    }

    Evening(Clock clock) throws Exception {
        this(Map.of(), clock);
    }

    Evening(Map<String, String> settings, Clock clock) throws Exception {
        this(Press.started(settings, clock));
    }

    Evening(Press press) throws Exception {
        this.press = press;
        jdbi = press.running.newsroom().database.jdbi();
        employ("edda", "editor");
        employ("rae", "reporter");
    }

    private void employ(String name, String role) {
        jdbi.useTransaction(handle -> {
            long id = press.running
                    .newsroom()
                    .readers
                    .meet(handle, EmailAddress.parse(name + "@masthead.example").orElseThrow());
            handle.execute("update reader set confirmed_at = now(), name = ? where id = ?", name, id);
            handle.execute("insert into staff (reader_id, role) values (?, ?) on conflict do nothing", id, role);
        });
    }

    Person editor() throws Exception {
        return signedIn("edda@masthead.example");
    }

    Person reporter() throws Exception {
        return signedIn("rae@masthead.example");
    }

    Person signedIn(String email) throws Exception {
        Person person = press.person();
        person.post(link(email));
        return person;
    }

    String link(String email) {
        return press.running.newsroom().signIn.linkFor(EmailAddress.parse(email).orElseThrow());
    }

    /** Someone with a membership of the plan, whose name is what stands before the @. */
    Person member(String email) throws Exception {
        jdbi.useHandle(handle -> handle.execute("""
                with who as (
                  insert into reader (email, email_key, name, created_at, confirmed_at)
                  values (?, ?, ?, now(), now()) on conflict (email_key) do update set name = excluded.name returning id)
                insert into membership (reader_id, price_id, payment, started_at, until, anchored_at, period_from, period_value)
                select who.id, (select min(p.id) from price p), 'complimentary', now() - interval '400 days', now() + interval '800 days',
                       now(), now(), 0 from who
                where not exists (select from membership m where m.reader_id = who.id)
                """, email, email, email.replaceFirst("@.*", "")));
        return signedIn(email);
    }

    /** What the form of a dinner is filled with; pairs replace fields. */
    static String[] dinner(LocalDateTime starts, String... other) {
        var fields = new HashMap<String, String>(Map.of(
                "title", "Dinner with the energy desk",
                "announcement", "An evening about the winter ahead.",
                "city", "Geneva",
                "starts", field(starts),
                "ends", field(starts.plusHours(3)),
                "zone", GENEVA.getId(),
                "place", "Auberge du Lac",
                "address", "Quai des Essais 7",
                "access", "member",
                "capacity", "12"));
        fields.putAll(Map.of(
                "offer_hours", "24",
                "plus_one", "yes",
                "questions", "What do you not eat? *",
                "programme", "19:00 Drinks\n19:30 Dinner",
                "speakers", "Lena Horvat, energy correspondent",
                "currency", "CHF"));
        for (int i = 0; i < other.length; i += 2) fields.put(other[i], other[i + 1]);
        var pairs = new ArrayList<String>();
        fields.forEach((name, value) -> pairs.addAll(List.of(name, value)));
        return pairs.toArray(String[]::new);
    }

    static String field(LocalDateTime time) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm").format(time);
    }

    /** Makes and publishes one; its number. */
    long published(Person editor, String... fields) throws Exception {
        HttpResponse<String> made = editor.post("/desk/events/new", fields);
        if (!made.uri().getPath().matches("/desk/events/\\d+"))
            throw new AssertionError(made.statusCode() + made.body());
        long id = Long.parseLong(made.uri().getPath().replaceAll("\\D", ""));
        var answer = editor.post("/desk/events/" + id + "/publish");
        if (answer.statusCode() != 200) throw new AssertionError(answer.body());
        return id;
    }

    String one(String sql, Object... parameters) {
        return jdbi.withHandle(handle ->
                handle.select(sql, parameters).mapTo(String.class).findOne().orElse(""));
    }

    /** A letter that was caught. */
    record Caught(String subject, String text, List<String> calendars, List<String> types) {
        String ics() {
            return calendars.getFirst();
        }

        /** As ical4j reads it, which takes nothing that the standard forbids. */
        VEvent event() throws Exception {
            Calendar calendar = new CalendarBuilder().build(new StringReader(ics()));
            if (calendar.validate(true).hasErrors()) throw new AssertionError(ics());
            return calendar.<VEvent>getComponents("VEVENT").getFirst();
        }

        int sequence() throws Exception {
            return Integer.parseInt(event().getRequiredProperty("SEQUENCE").getValue());
        }

        String uid() throws Exception {
            return event().getRequiredProperty("UID").getValue();
        }

        String method() {
            return ics().replaceAll("(?s).*\\r\\nMETHOD:([A-Z]+)\\r\\n.*", "$1");
        }
    }

    /** The letters to an address whose subject holds these words, the oldest first, once there are so many. */
    List<Caught> letters(String to, String subject, int count) {
        var found = new ArrayList<Caught>();
        TestSmtp.await(() -> {
            // A clock that a test moves starts no recurring work.
            press.running.newsroom().line.run();
            press.running.newsroom().carryPost.run();
            found.clear();
            found.addAll(caught(to).stream()
                    .filter(one -> one.subject().contains(subject))
                    .toList());
            return found.size() >= count;
        });
        return found;
    }

    Caught letter(String to, String subject) {
        return letters(to, subject, 1).getLast();
    }

    private List<Caught> caught(String to) {
        return jdbi
                .withHandle(
                        handle -> handle.select("select source from caught_letter where recipient = ? order by id", to)
                                .mapTo(byte[].class)
                                .list())
                .stream()
                .map(Evening::read)
                .toList();
    }

    private static Caught read(byte[] source) {
        try {
            var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
            var caught = new Caught(message.getSubject(), "", new ArrayList<>(), new ArrayList<>());
            var text = new StringBuilder();
            parts(message.getContent(), text, caught);
            return new Caught(caught.subject(), text.toString(), caught.calendars(), caught.types());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void parts(Object content, StringBuilder text, Caught into) throws Exception {
        if (!(content instanceof Multipart many)) return;
        for (int i = 0; i < many.getCount(); i++) {
            BodyPart part = many.getBodyPart(i);
            into.types().add(part.getContentType());
            if (part.isMimeType("text/calendar") || part.isMimeType("application/ics"))
                into.calendars()
                        .add(new String(part.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            else if (part.isMimeType("text/plain")) text.append(part.getContent());
            else parts(part.getContent(), text, into);
        }
    }

    static LocalDateTime inDays(Clock clock, int days) {
        return LocalDateTime.ofInstant(Instant.now(clock), GENEVA)
                .toLocalDate()
                .plusDays(days)
                .atTime(19, 0);
    }

    @Override
    public void close() {
        press.close();
    }
}
