package press.masthead;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import press.masthead.readers.EmailAddress;

/** A newsroom with its staff and nothing written yet: Ada owns it, Edda edits, Rae reports. */
final class Desk implements AutoCloseable {
    final Press press;
    final Jdbi jdbi;

    private Desk(Press press) {
        this.press = press;
        this.jdbi = press.running.newsroom().database.jdbi();
        employ("ada@masthead.example", "Ada", "owner");
        employ("edda@masthead.example", "Edda", "editor");
        employ("rae@masthead.example", "Rae", "reporter");
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into author (slug, name) values ('ada', 'Ada Rosmere'), ('ivo', 'Ivo Castellan'), ('mo', 'Mo Tarn')
                    """);
            handle.execute("""
                    insert into topic (slug, name, position)
                    values ('energy', 'Energy', 0), ('ports', 'Ports', 1), ('money', 'Money', 2)
                    """);
        });
    }

    static Desk opened() throws IOException {
        return new Desk(Press.started(Map.of("MASTHEAD_SAMPLE", "no")));
    }

    static Desk opened(Map<String, String> settings) throws IOException {
        return new Desk(Press.started(settings));
    }

    void employ(String email, String name, String role) {
        jdbi.useTransaction(handle -> {
            long id = press.running
                    .newsroom()
                    .readers
                    .meet(handle, EmailAddress.parse(email).orElseThrow());
            handle.execute("update reader set name = ?, confirmed_at = now() where id = ?", name, id);
            handle.execute("insert into staff (reader_id, role) values (?, ?)", id, role);
        });
    }

    /** Someone of the staff, signed in, with a browser of their own. */
    Press.Person signedIn(String name) throws IOException, InterruptedException {
        Press.Person person = press.person();
        String link = press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(name + "@masthead.example").orElseThrow());
        person.post(link);
        return person;
    }

    /** The number of the story that an answer's page edits. */
    static long story(HttpResponse<String> answer) {
        Matcher number =
                Pattern.compile("/desk/stories/(\\d+)").matcher(answer.uri().getPath());
        if (!number.find()) throw new AssertionError(answer.statusCode() + " at " + answer.uri());
        return Long.parseLong(number.group(1));
    }

    static Document page(HttpResponse<String> answer) {
        return Jsoup.parse(answer.body());
    }

    /** The one value that a query asks for. */
    String value(String query, Object... parameters) {
        return jdbi.withHandle(
                handle -> handle.select(query, parameters).mapTo(String.class).one());
    }

    @Override
    public void close() {
        press.close();
    }
}
