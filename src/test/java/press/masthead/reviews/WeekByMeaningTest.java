package press.masthead.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the model made of a week's pieces moves them a little within their industry. */
class WeekByMeaningTest {
    private static final int DIMENSIONS = 384;
    private final Random random = new Random(7);

    /** A direction of about length one about a subject, with some noise of its own. */
    private byte[] about(int subject) {
        var direction = new byte[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) direction[i] = (byte) random.nextInt(-6, 7);
        for (int i = subject * 96; i < subject * 96 + 96; i++) direction[i] += 50;
        return direction;
    }

    private static void read(ReviewRoom room, long story, byte[] opening) {
        room.jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into story_meaning (story_id, model, digest, opening, rest) values (:story, 'tried', '', :opening, '')
                        """)
                .bind("story", story)
                .bind("opening", opening)
                .execute());
    }

    private static Candidates.Week week(ReviewRoom room) {
        long edition = room.edition("2026-11-27");
        return room.jdbi.withHandle(handle ->
                Candidates.of(handle, edition, room.clock.instant().minusSeconds(7 * 86_400), room.clock.instant()));
    }

    private static long[] best(Candidates.Week week) {
        return Arrays.stream(week.catalogue().best(week.catalogue().industries().getFirst()))
                .mapToLong(number -> week.catalogue().piece(number).story())
                .toArray();
    }

    @Test
    void what_does_not_fit_its_industry_comes_after_what_does() {
        try (var room = new ReviewRoom()) {
            var fitting = new ArrayList<Long>();
            for (int i = 0; i < 10; i++) fitting.add(room.story("Cable number " + i, 2, "energy"));
            long misfiled = room.story("A painter comes home", 2, "energy");
            for (long story : fitting) read(room, story, about(0));
            read(room, misfiled, about(2));

            assertThat(best(week(room))).hasSize(11).endsWith(misfiled);
        }
    }

    @Test
    void what_was_said_before_comes_after_what_is_new() {
        try (var room = new ReviewRoom()) {
            byte[] told = about(0);
            read(room, room.story("Grid fees rise", 12, "energy"), told);
            long retold = room.story("Fees for the grid go up", 2, "energy");
            long news = room.story("A tidal plant opens", 3, "energy");
            read(room, retold, told);
            read(room, news, about(1));

            assertThat(best(week(room))).startsWith(news, retold);
        }
    }

    @Test
    void a_week_that_no_model_has_read_is_as_it_was() {
        try (var room = new ReviewRoom()) {
            long older = room.story("Grid fees rise", 3, "energy");
            long newer = room.story("A tidal plant opens", 2, "energy");
            long picked = room.story("A dam is mended", 5, "energy");
            room.run("update story set featured = true where id = " + picked);

            assertThat(best(week(room))).containsExactly(picked, newer, older);
        }
    }
}
