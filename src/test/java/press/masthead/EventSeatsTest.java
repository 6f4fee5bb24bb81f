package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;

/** Never more seats than there are, whoever presses what at the same moment; and nobody waits while there is a seat for them. */
class EventSeatsTest {
    private static Evening evening;
    private static Person edda;

    @BeforeAll
    static void start() throws Exception {
        evening = new Evening();
        edda = evening.editor();
    }

    @AfterAll
    static void stop() {
        evening.close();
    }

    private static String dinner(String title, String... other) throws Exception {
        var fields = new ArrayList<>(List.of("title", title, "questions", ""));
        fields.addAll(List.of(other));
        evening.published(edda, Evening.dinner(Evening.inDays(Clock.systemUTC(), 20), fields.toArray(String[]::new)));
        return "/events/" + title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + "/";
    }

    private static String count(String path, String state) {
        return evening.one(
                "select count(*) from registration r join event e on e.id = r.event_id where e.slug = ? and r.state = ?",
                path.replace("/events/", "").replace("/", ""),
                state);
    }

    @Test
    void six_people_press_four_hundred_buttons_and_no_moment_has_more_seats_than_there_are() throws Exception {
        String path = dinner("Random dinner", "capacity", "5");
        String slug = path.replace("/events/", "").replace("/", "");
        var people = new ArrayList<Person>();
        for (int n = 0; n < 12; n++) people.add(evening.member("random" + n + "@guest.example"));
        var over = new AtomicBoolean(false);
        try (var watch = Executors.newVirtualThreadPerTaskExecutor();
                var hands = Executors.newFixedThreadPool(6)) {
            Future<?> watching = watch.submit(() -> {
                int most = 0;
                while (!over.get()) {
                    most = Math.max(most, Integer.parseInt(evening.one("""
                            select coalesce(sum(r.seats), 0) from registration r join event e on e.id = r.event_id
                            where e.slug = ? and r.state in ('held', 'offered', 'confirmed')
                            """, slug)));
                    Thread.yield();
                }
                return most;
            });
            var work = new ArrayList<Callable<Void>>();
            var random = new Random(7);
            for (int n = 0; n < 400; n++) {
                Person who = people.get(random.nextInt(people.size()));
                int what = random.nextInt(6);
                work.add(() -> {
                    switch (what) {
                        case 0, 1 -> who.post(path + "register");
                        case 2 -> who.post(path + "register", "bring", "yes", "guest", "Someone");
                        case 3 -> who.post(path + "accept");
                        default -> who.post(path + "give-back");
                    }
                    return null;
                });
            }
            for (Future<Void> one : hands.invokeAll(work)) one.get();
            over.set(true);
            assertThat((int) watching.get()).isLessThanOrEqualTo(5);
        }
        assertThat(evening.one("""
                        select count(*) from registration r join event e on e.id = r.event_id
                        where e.slug = ? and r.state = 'confirmed'
                          and r.seats <> (select count(*) from ticket t where t.registration_id = r.id and t.cancelled_at is null)
                        """, slug))
                .as("registrations whose tickets are not their seats")
                .isEqualTo("0");
        assertThat(evening.one("""
                        select count(*) from registration r join event e on e.id = r.event_id
                        where e.slug = ? and r.state = 'waiting'
                          and r.seats <= 5 - (select coalesce(sum(s.seats), 0) from registration s
                                              where s.event_id = e.id and s.state in ('held', 'offered', 'confirmed'))
                        """, slug))
                .as("people who wait although there is room for them")
                .isEqualTo("0");
    }

    @Test
    void a_waiting_list_of_one_with_two_free_seats_gets_one_offer_and_the_other_seat_is_for_whoever_comes()
            throws Exception {
        String path = dinner("Small dinner", "capacity", "2");
        Person one = evening.member("one@guest.example");
        one.post(path + "register", "bring", "yes");
        Person two = evening.member("two@guest.example");
        two.post(path + "register");
        assertThat(count(path, "waiting")).isEqualTo("1");
        one.post(path + "give-back");
        evening.press.running.newsroom().line.run();
        assertThat(count(path, "offered")).isEqualTo("1");
        evening.letter("two@guest.example", "A seat is free for you: Small dinner");
        Person three = evening.member("three@guest.example");
        assertThat(three.post(path + "register").uri().getPath()).endsWith("/ticket/");
        two.post(path + "accept");
        assertThat(count(path, "confirmed")).isEqualTo("2");
        assertThat(evening.letters("two@guest.example", "A seat is free for you: Small dinner", 1))
                .hasSize(1);
    }

    @Test
    void two_who_wait_together_do_not_hold_up_one_and_are_offered_both_seats_once_there_are_two() throws Exception {
        String path = dinner("Pair dinner", "capacity", "3");
        Person ana = evening.member("ana@guest.example");
        ana.post(path + "register");
        Person bo = evening.member("bo@guest.example");
        bo.post(path + "register", "bring", "yes");
        Person pair = evening.member("pair@guest.example");
        pair.post(path + "register", "bring", "yes");
        Person single = evening.member("single@guest.example");
        single.post(path + "register");
        ana.post(path + "give-back");
        assertThat(single.get(path).body()).contains("A seat is free for you");
        assertThat(pair.get(path).body()).contains("You are next.");
        bo.post(path + "give-back");
        assertThat(pair.get(path).body()).contains("A seat is free for you");
        assertThat(pair.post(path + "accept").body()).contains("No. 0004", "No. 0005");
    }

    @Test
    void a_share_of_a_plan_or_a_team_is_never_exceeded_and_who_is_invited_comes_beside_it() throws Exception {
        String path = dinner("Shared dinner", "capacity", "10");
        String id = evening.one("select id from event where slug = 'shared-dinner'");
        edda.post("/desk/events/" + id + "/guests/share", "of", "plan:pro", "most", "1");
        evening.member("first@guest.example").post(path + "register");
        Person second = evening.member("second@guest.example");
        assertThat(second.post(path + "register").body()).contains("You are on the waiting list");
        edda.post("/desk/events/" + id + "/guests/invite", "addresses", "Guest of honour <honour@elsewhere.example>");
        evening.letter("honour@elsewhere.example", "You are invited: Shared dinner");
        evening.jdbi.useHandle(
                handle -> handle.execute(
                        "insert into reader (email, email_key, created_at, confirmed_at) values ('honour@elsewhere.example', 'honour@elsewhere.example', now(), now()) on conflict do nothing"));
        Person honour = evening.signedIn("honour@elsewhere.example");
        assertThat(honour.get(path).body()).contains("Auberge du Lac");
        assertThat(honour.post(path + "register").uri().getPath()).endsWith("/ticket/");
        edda.post("/desk/events/" + id + "/guests/share", "of", "plan:pro", "most", "2");
        assertThat(second.get(path).body()).contains("A seat is free for you");
        String team = evening.one(
                "select s.team_id from seat s join reader r on r.id = s.reader_id where r.email_key = ? and s.ended_at is null",
                "noor@ministry.example");
        edda.post("/desk/events/" + id + "/guests/share", "of", "team:" + team, "most", "1");
        edda.post("/desk/events/" + id + "/guests/share", "of", "plan:pro", "most", "");
        evening.signedIn("noor@ministry.example").post(path + "register");
        assertThat(evening.signedIn("tomas@ministry.example")
                        .post(path + "register")
                        .body())
                .contains("You are on the waiting list");
        assertThat(edda.get("/desk/events/" + id + "/guests").body()).contains("1 of 1 taken", "invitation");
    }

    @Test
    void a_ticket_goes_to_a_colleague_and_the_old_code_is_void() throws Exception {
        String path = dinner("Handed dinner");
        Person noor = evening.signedIn("noor@ministry.example");
        noor.post(path + "register");
        String ticket = evening.one(
                "select t.id from ticket t join event e on e.id = t.event_id where e.slug = 'handed-dinner'");
        var refused = noor.post(path + "ticket/" + ticket + "/hand-on", "to", "stranger@nowhere.example");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("goes to a colleague on your team", "stranger@nowhere.example", "class=\"qr\"");
        assertThat(noor.post(path + "ticket/" + ticket + "/hand-on", "to", "noor@ministry.example")
                        .body())
                .contains("That is your own address.");
        Person other = evening.member("thief@guest.example");
        assertThat(other.post(path + "ticket/" + ticket + "/hand-on", "to", "thief@guest.example")
                        .statusCode())
                .isEqualTo(404);
        assertThat(noor.post(path + "ticket/" + ticket + "/hand-on", "to", "tomas@ministry.example")
                        .body())
                .contains("Your ticket is with");
        assertThat(noor.get(path + "ticket/").statusCode()).isEqualTo(404);
        assertThat(evening.signedIn("tomas@ministry.example")
                        .get(path + "ticket/")
                        .body())
                .contains("No. 0002");
        assertThat(evening.letter("tomas@ministry.example", "hands you a ticket")
                        .calendars())
                .isNotEmpty();
        assertThat(evening.letter("noor@ministry.example", "You have handed on").method())
                .isEqualTo("CANCEL");
        assertThat(evening.one("select why from ticket where id = " + ticket)).isEqualTo("handed on");
    }
}
