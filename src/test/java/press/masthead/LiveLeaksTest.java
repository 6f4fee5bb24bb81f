package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.bench.MovedClock;

/** Who may not watch gets no pictures, no questions and no recording, by any address; who may, only as long as a pass is good. */
class LiveLeaksTest {
    private static Evening evening;
    private static MovedClock clock;

    @BeforeAll
    static void open() throws Exception {
        clock = new MovedClock(Instant.now());
        evening = new Evening(clock);
    }

    @AfterAll
    static void close() {
        evening.press.close();
    }

    private static long announced(String title, String... other) throws Exception {
        Person edda = evening.editor();
        var fields = new java.util.ArrayList<>(List.of(
                "title", title,
                "announcement", "What the winter brings.",
                "starts", Evening.field(LocalDateTime.now(Evening.GENEVA).plusDays(1)),
                "zone", "Europe/Zurich",
                "access", "member"));
        fields.addAll(List.of(other));
        String path =
                edda.post("/desk/live/new", fields.toArray(String[]::new)).uri().getPath();
        assertThat(edda.post(path + "/announce").statusCode()).isEqualTo(200);
        return Long.parseLong(path.replaceAll("\\D", ""));
    }

    private static String pass(Person who, String slug) throws Exception {
        var answer = who.get("/live/" + slug + "/pass");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Playlist.base(answer.body());
    }

    @Test
    void only_whom_the_rule_lets_in_gets_a_pass_questions_or_what_happens() throws Exception {
        announced("For members alone");
        Person ana = evening.member("ana@guest.example");
        ana.post("/live/for-members-alone/questions", "question", "What about the stores?");
        assertThat(ana.get("/live/for-members-alone/").body()).contains("What about the stores?");
        Person visitor = evening.press.person();
        evening.jdbi.useHandle(
                handle -> handle.execute(
                        "insert into reader (email, email_key, created_at, confirmed_at) values ('reader@guest.example', 'reader@guest.example', now(), now())"));
        Person reader = evening.signedIn("reader@guest.example");
        for (Person who : List.of(visitor, reader)) {
            assertThat(who.get("/live/for-members-alone/pass").statusCode()).isEqualTo(403);
            assertThat(who.get("/live/for-members-alone/events").statusCode()).isEqualTo(403);
            assertThat(who.get("/live/for-members-alone/").body())
                    .contains("What the winter brings.")
                    .doesNotContain("What about the stores?")
                    .doesNotContain("data-video");
            assertThat(who.post("/live/for-members-alone/questions", "question", "May I?")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(who.get("/live/media/1/0-9999999999-AAAAAAAAAAAAAAAAAAAAAA/master.m3u8")
                            .statusCode())
                    .isEqualTo(410);
        }
        assertThat(evening.one("select count(*) from live_question where body = 'May I?'"))
                .isEqualTo("0");
    }

    @Test
    void a_pass_is_good_for_one_session_and_five_minutes_and_nobody_can_change_it() throws Exception {
        long other = announced("Another one");
        long id = announced("The one");
        String base = pass(evening.member("leo@guest.example"), "the-one");
        Person visitor = evening.press.person();
        assertThat(visitor.get(base + "master.m3u8").statusCode()).isEqualTo(200);
        assertThat(visitor.get(base.replace("/" + id + "/", "/" + other + "/") + "master.m3u8")
                        .statusCode())
                .isEqualTo(410);
        String longer = base.replaceFirst("-(\\d{10})-", "-9999999999-");
        assertThat(visitor.get(longer + "master.m3u8").statusCode()).isEqualTo(410);
        for (String file : List.of("..%2f..%2fsecret.key", "take-1.webm", "v0.m3u8x", "1-1-v0-00000.ts"))
            assertThat(visitor.get(base + file).statusCode()).as(file).isIn(400, 404);
        clock.pass(java.time.Duration.ofMinutes(6));
        assertThat(visitor.get(base + "master.m3u8").statusCode()).isEqualTo(410);
    }

    @Test
    void a_question_that_is_held_or_refused_is_its_askers_and_the_moderators_alone() throws Exception {
        long id = announced("Held first", "hold_first", "yes", "anonymous", "yes");
        Person mia = evening.member("mia@guest.example");
        Person tom = evening.member("tom@guest.example");
        mia.post("/live/held-first/questions", "question", "A delicate one?", "anonymous", "yes");
        assertThat(mia.get("/live/held-first/").body())
                .contains("A delicate one?")
                .contains("A moderator looks at it first");
        assertThat(tom.get("/live/held-first/").body()).doesNotContain("A delicate one?");
        String question = evening.one("select id from live_question where body = 'A delicate one?'");
        assertThat(tom.post("/live/held-first/questions/" + question + "/vote").statusCode())
                .isEqualTo(404);
        evening.editor().post("/desk/live/" + id + "/questions/" + question + "/show");
        assertThat(tom.get("/live/held-first/").body())
                .contains("A delicate one?")
                .contains("Without a name")
                .doesNotContain("mia");
        evening.editor().post("/desk/live/" + id + "/questions/" + question + "/mute");
        assertThat(tom.get("/live/held-first/").body()).doesNotContain("A delicate one?");
        var more = mia.post("/live/held-first/questions", "question", "And this?");
        assertThat(more.statusCode()).isEqualTo(403);
        assertThat(more.body()).contains("takes no more questions from you");
    }

    @Test
    void many_questions_a_minute_from_one_person_are_refused_with_a_sentence_and_markup_is_text() throws Exception {
        announced("Many");
        Person zoe = evening.member("zoe@guest.example");
        int last = 200;
        for (int n = 0; n < 30; n++)
            last = zoe.post("/live/many/questions", "question", "<script>alert(" + n + ")</script>")
                    .statusCode();
        assertThat(last).isEqualTo(429);
        assertThat(Integer.parseInt(evening.one("select count(*) from live_question where body like '<script>%'")))
                .isBetween(6, 12);
        assertThat(zoe.get("/live/many/").body())
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;alert");
        var empty = zoe.post("/live/many/questions", "question", " ");
        assertThat(empty.statusCode()).isIn(422, 429);
    }

    @Test
    void whoever_wants_it_is_written_to_a_day_and_ten_minutes_before_each_once() throws Exception {
        long id = announced("Remind me of it");
        evening.jdbi.useHandle(handle -> handle.execute(
                "update live_session set starts_at = ? where id = ?",
                clock.instant().plus(java.time.Duration.ofHours(30)),
                id));
        Person ida = evening.member("ida@guest.example");
        String file = ida.get("/live/remind-me-of-it/session.ics").body();
        assertThat(file).contains("UID:live-" + id + "@").contains("SUMMARY:Remind me of it");
        new net.fortuna.ical4j.data.CalendarBuilder()
                .build(new java.io.StringReader(file))
                .validate(true);
        var asked = ida.post("/live/remind-me-of-it/remind", "wanted", "yes");
        assertThat(asked.body())
                .contains("We write to you a day and ten minutes before.")
                .contains("No reminder, please");
        var reminders = evening.press.running.newsroom().liveReminders;
        reminders.run();
        String sent = "select count(*) from live_reminder where session_id = " + id + " and ";
        assertThat(evening.one(sent + "day_at is null and soon_at is null")).isEqualTo("1");
        clock.pass(java.time.Duration.ofHours(7));
        reminders.run();
        reminders.run();
        evening.letter("ida@guest.example", "Soon live: Remind me of it");
        assertThat(evening.one(sent + "day_at is not null and soon_at is null")).isEqualTo("1");
        clock.pass(java.time.Duration.ofMinutes(22 * 60 + 55));
        reminders.run();
        reminders.run();
        evening.letter("ida@guest.example", "In ten minutes: Remind me of it");
        assertThat(
                        evening.one(
                                "select count(*) from caught_letter where recipient = 'ida@guest.example' and subject like '%Remind me of it'"))
                .isEqualTo("2");
    }

    @Test
    void two_that_are_the_same_become_one_and_whoever_voted_for_both_counts_once() throws Exception {
        long id = announced("Twice");
        Person one = evening.member("una@guest.example");
        Person two = evening.member("vic@guest.example");
        one.post("/live/twice/questions", "question", "Will prices fall?");
        two.post("/live/twice/questions", "question", "Do prices come down?");
        String first = evening.one("select id from live_question where body = 'Will prices fall?'");
        String second = evening.one("select id from live_question where body = 'Do prices come down?'");
        Person max = evening.member("max@guest.example");
        max.post("/live/twice/questions/" + first + "/vote");
        max.post("/live/twice/questions/" + second + "/vote");
        evening.editor().post("/desk/live/" + id + "/questions/" + second + "/merge", "into", first);
        assertThat(evening.one("select votes from live_question where id = " + first))
                .isEqualTo("2");
        assertThat(two.get("/live/twice/").body()).contains("Joined with the same question");
        assertThat(max.get("/live/twice/").body()).doesNotContain("Do prices come down?");
    }
}
