package press.masthead.following;

import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jdbi.v3.core.Jdbi;

/** Members who follow, made for a test as their own buttons would. */
public final class Follows {
    private final Jdbi jdbi;
    private final Following following;
    private final AlertChoices choices;

    public Follows(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        following = new Following(jdbi, clock);
        choices = new AlertChoices(jdbi, clock);
    }

    /** @param path such as {@code country/no} */
    public void follow(long reader, String path) {
        String[] parts = path.split("/");
        var subject = following.find(Kind.of(parts[0]).orElseThrow(), parts[1]).orElseThrow();
        jdbi.useTransaction(handle -> {
            following.follow(handle, reader, subject);
            choices.begin(handle, reader, ZoneId.of("Europe/Brussels"));
        });
    }

    public void leave(long reader, String path) {
        String[] parts = path.split("/");
        var subject = following.find(Kind.of(parts[0]).orElseThrow(), parts[1]).orElseThrow();
        jdbi.useTransaction(handle -> following.leave(handle, reader, subject));
    }

    public void daily(long reader, String at, String zone) {
        choose(reader, new AlertChoice(AlertChoice.How.DAILY, LocalTime.parse(at), ZoneId.of(zone)));
    }

    public void none(long reader) {
        choose(reader, new AlertChoice(AlertChoice.How.NONE, LocalTime.NOON, ZoneId.of("UTC")));
    }

    private void choose(long reader, AlertChoice choice) {
        jdbi.useTransaction(handle -> choices.choose(handle, reader, choice));
    }
}
