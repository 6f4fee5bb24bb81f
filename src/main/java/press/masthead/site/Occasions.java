package press.masthead.site;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Entities;
import press.masthead.access.Answer;
import press.masthead.access.Visit;
import press.masthead.events.Announcement;
import press.masthead.events.Events;
import press.masthead.live.LiveSession;
import press.masthead.live.LiveSessions;
import press.masthead.search.Excerpt;
import press.masthead.search.Gatherings;
import press.masthead.search.Hit;

/** Live sessions and events among what a search found, in the shape of stories. */
public final class Occasions {
    private final LiveSessions sessions;
    private final Events events;

    public Occasions(LiveSessions sessions, Events events) {
        this.sessions = sessions;
        this.events = events;
    }

    private List<LiveSession> sessions(Collection<Long> numbers) {
        return sessions.these(numbers.stream()
                .map(Gatherings::session)
                .flatMap(Optional::stream)
                .toList());
    }

    private List<Announcement> events(Collection<Long> numbers) {
        return events.announced(numbers.stream()
                .map(Gatherings::event)
                .flatMap(Optional::stream)
                .toList());
    }

    /** A title and where it leads, by number; what is no session and no event is left out. */
    Map<Long, Map<String, Object>> links(Collection<Long> numbers) {
        var links = new HashMap<Long, Map<String, Object>>();
        sessions(numbers)
                .forEach(one -> links.put(Gatherings.numberOfSession(one.id()), link(one.title(), one.path())));
        events(numbers).forEach(one -> links.put(Gatherings.numberOfEvent(one.id()), link(one.title(), one.path())));
        return links;
    }

    private static Map<String, Object> link(String title, String path) {
        return Map.of("text", title, "url", path, "section", false);
    }

    /** Each with the sentence that was found, out of what this visit may read. */
    Map<Long, Map<String, Object>> posts(Collection<Hit> hits, String typed, Visit visit) {
        var byNumber = new HashMap<Long, Hit>();
        hits.forEach(hit -> byNumber.put(hit.piece(), hit));
        var posts = new HashMap<Long, Map<String, Object>>();
        List<LiveSession> found = sessions(byNumber.keySet());
        Map<Long, String> said = said(found, visit);
        for (LiveSession one : found) {
            long number = Gatherings.numberOfSession(one.id());
            var post = post("session", one.title(), one.path(), one.startsAt(), one.announcement());
            excerpt(
                    post,
                    Optional.ofNullable(byNumber.get(number)),
                    one.announcement(),
                    said.getOrDefault(one.id(), ""),
                    typed);
            posts.put(number, post);
        }
        for (Announcement one : events(byNumber.keySet())) {
            long number = Gatherings.numberOfEvent(one.id());
            var post = post("event", one.title(), one.path(), one.startsAt(), one.announcement());
            excerpt(post, Optional.ofNullable(byNumber.get(number)), one.announcement() + "\n" + one.city(), "", typed);
            posts.put(number, post);
        }
        return posts;
    }

    private Map<Long, String> said(List<LiveSession> found, Visit visit) {
        var passes = new HashMap<Long, Answer.Open>();
        for (LiveSession one : found)
            if (one.isOver() && one.ask(visit.standing()) instanceof Answer.Open open) passes.put(one.id(), open);
        return sessions.said(passes);
    }

    private static Map<String, Object> post(String kind, String title, String path, Instant at, String announcement) {
        var post = new HashMap<String, Object>();
        post.put("title", title);
        post.put("url", path);
        post.put("kind", kind);
        post.put("language", Gatherings.language(title, announcement));
        post.put("direction", "auto");
        post.put("published_at", at);
        Shapes.unlessEmpty(
                post, "custom_excerpt", announcement.lines().findFirst().orElse(""));
        return post;
    }

    private static void excerpt(
            Map<String, Object> post, Optional<Hit> hit, String announcement, String said, String typed) {
        String beyondTheFirst = announcement.lines().skip(1).reduce("", (all, line) -> all + "\n" + line);
        var runs =
                Excerpt.of(hit, "", blocks(beyondTheFirst), blocks(said), typed, String.valueOf(post.get("language")));
        if (!runs.isEmpty())
            post.put(
                    "excerpt_runs",
                    runs.stream()
                            .map(run -> Map.of("text", run.text(), "marked", run.marked()))
                            .toList());
    }

    private static String blocks(String text) {
        var html = new StringBuilder();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(
                        line -> html.append("<p>").append(Entities.escape(line)).append("</p>"));
        return html.toString();
    }
}
