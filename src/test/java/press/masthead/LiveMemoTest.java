package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;

/** What was asked and answered in a session is offered as the draft of a memo. */
class LiveMemoTest {
    private static final String AUTHORS = """
            select a.slug from story s join story_author sa on sa.story_id = s.id join author a on a.id = sa.author_id where s.title = ?
            """;

    private static Evening evening;

    @BeforeAll
    static void open() throws Exception {
        evening = new Evening();
    }

    @AfterAll
    static void close() {
        evening.close();
    }

    private static String session(String title) throws Exception {
        return Studio.announced(evening, title, "announcement", "What the winter brings.", "anonymous", "yes");
    }

    private static String question(String words) {
        return evening.one("select id from live_question where body = ?", words);
    }

    private static void end(String path) {
        evening.jdbi.useHandle(handle -> handle.execute(
                "update live_session set state = 'ended', ended_at = now() where id = ?",
                Long.parseLong(path.replaceAll("\\D", ""))));
    }

    @Test
    void one_click_makes_one_draft_that_nobody_outside_sees() throws Exception {
        String path = session("Ask about grids");
        long id = Long.parseLong(path.replaceAll("\\D", ""));
        Person ana = evening.member("ana@guest.example");
        Person tom = evening.member("tom@guest.example");
        Person edda = evening.editor();
        ana.post("/live/ask-about-grids/questions", "question", "How full are <i>they</i>?");
        tom.post("/live/ask-about-grids/questions", "question", "Who pays?", "anonymous", "yes");
        tom.post("/live/ask-about-grids/questions", "question", "And if not?");
        String spoken = path + "/questions/" + question("Who pays?");
        edda.post(
                path + "/questions/" + question("How full are <i>they</i>?") + "/write", "words", "Nearly.\nIn most.");
        var early = edda.post(path + "/memo");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.body()).contains("A memo draft can be made once the session is over.");
        edda.post(spoken + "/answer");
        edda.post(spoken + "/done");
        end(path);
        evening.jdbi.useHandle(handle ->
                handle.execute("update live_session set began_at = now() - interval '1 minute' where id = ?", id));
        Recorded.seconds(evening, id, 90);
        evening.jdbi.useHandle(handle -> handle.execute(
                "update live_take set by = (select id from reader where email = 'rae@masthead.example') where session_id = ?",
                id));
        assertThat(edda.get(path).body()).contains("Make a memo draft");

        var made = edda.post(path + "/memo");
        assertThat(made.uri().getPath()).matches("/desk/stories/\\d+");
        assertThat(made.body()).contains("Here is the draft.");
        String row = "select %s from story where title = 'Ask about grids'";
        assertThat(evening.one(row.formatted("kind || ' ' || state || ' ' || access")))
                .isEqualTo("memo draft member");
        assertThat(evening.one(row.formatted("opening")))
                .as("all of it is for members")
                .isBlank();
        var body = Jsoup.parse(evening.one(row.formatted("rest")));
        assertThat(body.select("h2").eachText()).containsExactly("Who pays?", "How full are <i>they</i>?");
        assertThat(body.text())
                .contains("Asked by ana")
                .contains("Nearly. In most.")
                .doesNotContain("tom");
        assertThat(body.select("a").attr("href")).matches(".*/live/ask-about-grids/#t=(5[5-9]|6\\d|7\\d)");
        assertThat(evening.one(row.formatted("standfirst"))).startsWith("What members asked rae live on ");
        assertThat(evening.one(AUTHORS, "Ask about grids"))
                .as("no name of theirs stands over stories")
                .isEmpty();
        assertThat(ana.get("/" + evening.one(row.formatted("slug")) + "/").statusCode())
                .as("nothing is published by itself")
                .isEqualTo(404);

        var again = edda.post(path + "/memo");
        assertThat(again.uri()).isEqualTo(made.uri());
        assertThat(again.body()).contains("There is a draft of this session already");
        assertThat(evening.one("select count(*) from story where title = 'Ask about grids'"))
                .isEqualTo("1");
        assertThat(edda.get(path).body()).contains("Open the memo draft").doesNotContain("Make a memo draft");
        assertThat(ana.post(path + "/memo").statusCode()).isIn(403, 404);
    }

    private static void writes(String language) {
        evening.jdbi.useHandle(handle -> handle.execute(
                "insert into setting values ('language', ?) on conflict (name) do update set value = excluded.value",
                language));
        evening.press.running.newsroom().publication.forget();
    }

    @Test
    void its_own_words_are_the_newsrooms_language_and_it_stands_under_the_journalists_name() throws Exception {
        String path = session("What of the ports?");
        long id = Long.parseLong(path.replaceAll("\\D", ""));
        evening.member("ana@guest.example").post("/live/what-of-the-ports/questions", "question", "Who digs them?");
        evening.editor().post(path + "/questions/" + question("Who digs them?") + "/write", "words", "Few.");
        evening.jdbi.useHandle(handle -> {
            handle.execute("insert into author (slug, name) values ('rae-okafor', 'Rae Okafor')");
            handle.execute("""
                    update staff set author_id = (select id from author where slug = 'rae-okafor')
                    where reader_id = (select id from reader where email = 'rae@masthead.example')
                    """);
            handle.execute("""
                    insert into live_take (session_id, by, state, received, beat_at, heard_at, opened_at)
                    select ?, id, 'made', 9, now(), now(), now() from reader where email = 'rae@masthead.example'
                    """, id);
        });
        end(path);
        writes("ar");
        try {
            evening.editor().post(path + "/memo");
        } finally {
            writes("en");
        }
        assertThat(evening.one(AUTHORS, "What of the ports?")).isEqualTo("rae-okafor");
        assertThat(evening.one("select standfirst from story where title = 'What of the ports?'"))
                .contains("وأجوبة Rae Okafor")
                .doesNotContain("members");
        assertThat(evening.one("select rest from story where title = 'What of the ports?'"))
                .contains("سؤال من ana");
    }

    @Test
    void of_nothing_answered_no_memo_is_made() throws Exception {
        String path = session("Nothing said");
        end(path);
        var refused = evening.editor().post(path + "/memo");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("No question was answered in this session");
    }
}
