package press.masthead.editions;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import press.masthead.access.Visit;
import press.masthead.newsletters.Cadence;
import press.masthead.newsletters.Holidays;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** The coming week of editions, what waits for somebody now, and what has left. */
public final class WeekDesk {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MOST_PAST = 20;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH);

    private final Editions editions;
    private final Newsletters newsletters;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public WeekDesk(Editions editions, Newsletters newsletters, Publication publication, Html html, Clock clock) {
        this.editions = editions;
        this.newsletters = newsletters;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /** A run of the coming week; it has an edition once it is near. */
    record Coming(Newsletter newsletter, Cadence.Run run, Optional<Editions.Listed> edition) {}

    /**
     * A day of the week by the newsroom's clock.
     *
     * @param rests what rests because of a holiday, in one sentence each
     */
    record Day(String name, List<String> rests, List<Coming> runs) {}

    /** A newsletter that will never go out, and why. */
    record Silent(Newsletter newsletter, String why) {}

    record WeekPage(
            Reader staff,
            String notice,
            List<Silent> silent,
            List<Editions.Listed> waiting,
            List<Day> days,
            List<Editions.Listed> past,
            Times times) {}

    /** GET /desk/editions */
    public void week(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Instant now = clock.instant();
        List<Editions.Listed> open = editions.open();
        var silent = new ArrayList<Silent>();
        var coming = new ArrayList<Coming>();
        var rests = new TreeMap<LocalDate, List<String>>();
        for (Newsletter newsletter : newsletters.active()) {
            Holidays holidays = newsletters.holidays(newsletter.id());
            Cadence cadence = newsletter.cadence();
            cadence.never(now, holidays).ifPresent(why -> silent.add(new Silent(newsletter, why)));
            for (Cadence.Run run : cadence.runs(now, now.plus(WEEK), holidays))
                coming.add(new Coming(newsletter, run, edition(open, newsletter, run)));
            for (Cadence.Run run : cadence.runs(now, now.plus(WEEK), none -> false))
                holidays.name(run.day())
                        .ifPresent(name -> rests.computeIfAbsent(day(run.due()), d -> new ArrayList<>())
                                .add(newsletter.name() + " keeps " + name + "."));
        }
        coming.sort(Comparator.comparing(run -> run.run().due()));
        var page = new WeekPage(
                staff,
                Flash.take(ctx),
                silent,
                waiting(open, now),
                days(coming, rests),
                editions.past(MOST_PAST),
                times());
        html.page(ctx, "editions/week", page);
    }

    /** What should have left by now, is leaving, or was missed a short while ago. */
    private List<Editions.Listed> waiting(List<Editions.Listed> open, Instant now) {
        var waiting = new ArrayList<>(open.stream()
                .filter(listed -> !listed.edition().dueAt().isAfter(now))
                .toList());
        editions.past(MOST_PAST).stream()
                .filter(listed -> listed.edition().state() == Edition.State.MISSED
                        && listed.edition().dueAt().isAfter(now.minus(Duration.ofDays(1))))
                .forEach(waiting::add);
        return waiting;
    }

    private static Optional<Editions.Listed> edition(
            List<Editions.Listed> open, Newsletter newsletter, Cadence.Run run) {
        return open.stream()
                .filter(listed -> listed.edition().newsletterId() == newsletter.id()
                        && listed.edition().day().equals(run.day()))
                .findFirst();
    }

    private List<Day> days(List<Coming> coming, TreeMap<LocalDate, List<String>> rests) {
        var byDay = new TreeMap<LocalDate, List<Coming>>();
        rests.keySet().forEach(day -> byDay.put(day, new ArrayList<>()));
        for (Coming run : coming)
            byDay.computeIfAbsent(day(run.run().due()), day -> new ArrayList<>())
                    .add(run);
        LocalDate today = day(clock.instant());
        var days = new ArrayList<Day>();
        byDay.forEach((day, runs) -> days.add(new Day(name(day, today), rests.getOrDefault(day, List.of()), runs)));
        return days;
    }

    private static String name(LocalDate day, LocalDate today) {
        String name = DAY.format(day);
        if (day.equals(today)) return "Today, " + name;
        return day.equals(today.plusDays(1)) ? "Tomorrow, " + name : name;
    }

    private LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, publication.settings().zone());
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }
}
