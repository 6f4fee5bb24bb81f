package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;
import static press.masthead.platform.mail.TestSmtp.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** An editor lets an edition go, on a day when the mail server is away and when two people press the button. */
class SendingAnEditionTest {
    private int port;
    private Press press;
    private long edition;
    private long readers;

    @BeforeEach
    void start() throws IOException {
        try (var away = new TestSmtp()) {
            port = away.port();
        }
        press = Press.started(Map.of("SMTP_URL", "smtp://127.0.0.1:" + port));
        press.running.newsroom().draftEditions.run();
        edition = number("""
                select e.id from edition e join newsletter n on n.id = e.newsletter_id
                where e.state = 'drafted' and exists (select from edition_item i where i.edition_id = e.id)
                order by n.reader_count desc, e.due_at limit 1
                """);
        readers =
                number("select n.reader_count from newsletter n join edition e on e.newsletter_id = n.id where e.id = "
                        + edition);
        assertThat(readers).isPositive();
    }

    @AfterEach
    void stop() {
        press.close();
    }

    @Test
    void while_the_mail_server_is_away_the_editions_page_says_so_and_no_letter_is_lost() throws Exception {
        var ada = ada();
        assertThat(ada.post("/desk/editions/" + edition + "/send", form(ada)).body())
                .contains("On its way.");
        String sentence = "The mail server 127.0.0.1:" + port + " can't be reached: the connection was refused.";
        await(() -> page(ada).contains(sentence));
        assertThat(page(ada)).contains("0 of " + readers + " accepted by mail servers", "Owed " + readers);

        try (var back = TestSmtp.on(port)) {
            await(() -> page(ada).contains(readers + " of " + readers + " accepted"));
            assertThat(back.letters.stream().filter(letter -> letter.from().startsWith("bounce-")))
                    .hasSize((int) readers);
            assertThat(page(ada)).doesNotContain(sentence);
            press.running.newsroom().reconciler.run();
            assertThat(number("select count(*) from mailing where state = 'sent' and reference = '" + edition + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void two_editors_who_send_one_edition_at_once_send_it_once_and_the_second_is_told() throws Exception {
        List<Press.Person> editors = List.of(ada(), ada());
        var forms = new ArrayList<String[]>();
        for (var editor : editors) forms.add(form(editor));
        var together = new CyclicBarrier(2);
        var answers = new ArrayList<Future<HttpResponse<String>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                var editor = editors.get(i);
                String[] form = forms.get(i);
                answers.add(threads.submit(() -> {
                    together.await();
                    return editor.post("/desk/editions/" + edition + "/send", form);
                }));
            }
        }
        assertThat(List.of(
                        answers.get(0).get().statusCode(), answers.get(1).get().statusCode()))
                .containsExactlyInAnyOrder(200, 409);
        assertThat(number("select count(*) from mailing")).isEqualTo(1);
        assertThat(number("select count(*) from letter")).isEqualTo(readers);

        var third = ada().post("/desk/editions/" + edition + "/send", forms.getFirst());
        assertThat(third.statusCode()).isEqualTo(409);
        assertThat(third.body())
                .containsAnyOf("This edition has been sent already.", "Someone changed this edition meanwhile.");
        assertThat(number("select count(*) from letter")).isEqualTo(readers);
    }

    private Press.Person ada() throws IOException, InterruptedException {
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse("ada@parallel.example").orElseThrow()));
        return person;
    }

    /** The form of the step before sending, as the page offers it. */
    private String[] form(Press.Person person) throws IOException, InterruptedException {
        var fields = new ArrayList<String>();
        for (Element field : Jsoup.parse(
                        person.get("/desk/editions/" + edition + "/send").body())
                .select("form[action$=/send] input[name]"))
            fields.addAll(List.of(field.attr("name"), field.attr("value")));
        return fields.toArray(String[]::new);
    }

    private String page(Press.Person person) {
        try {
            return Jsoup.parse(person.get("/desk/editions/" + edition).body()).text();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long number(String query) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
