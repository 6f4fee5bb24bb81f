package press.masthead.topics;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.desk.Complaint;
import press.masthead.desk.InOrder;
import press.masthead.desk.Slug;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** The newsroom's topics: named, described, ordered, each with the newsletter that its stories offer. */
public final class TopicDesk {
    private final Jdbi jdbi;
    private final Topics topics;
    private final Supplier<List<Briefing>> briefings;
    private final Audit audit;
    private final Html html;

    /** A newsletter to choose. */
    public record Briefing(String slug, String name) {}

    /** @param briefings the newsletters that come out */
    public TopicDesk(Jdbi jdbi, Topics topics, Supplier<List<Briefing>> briefings, Audit audit, Html html) {
        this.jdbi = jdbi;
        this.topics = topics;
        this.briefings = briefings;
        this.audit = audit;
        this.html = html;
    }

    record ListPage(Reader staff, String notice, List<Topic> topics) {}

    record FormPage(Reader staff, String notice, Complaint complaint, Topic topic, List<Briefing> briefings) {}

    /** GET /desk/topics */
    public void list(Context ctx) {
        html.page(ctx, "topics/list", new ListPage(Visit.staff(ctx), Flash.take(ctx), topics.all()));
    }

    /** POST /desk/topics: the topic whose button was pressed goes up or down */
    public void order(Context ctx) {
        Reader editor = Visit.editor(ctx);
        List<Long> ids = InOrder.after(ctx, topics.all().stream().map(Topic::id).toList());
        jdbi.useTransaction(handle -> {
            topics.order(handle, ids);
            audit.note(handle, editor.id(), "put the topics into another order");
            topics.announce(handle);
        });
        ctx.redirect("/desk/topics", HttpStatus.SEE_OTHER);
    }

    /** GET /desk/topics/new */
    public void blank(Context ctx) {
        show(ctx, 200, new Topic(0, "", "", "", Optional.empty()), Complaint.NONE);
    }

    /** GET /desk/topics/{id} */
    public void form(Context ctx) {
        show(ctx, 200, topic(ctx), Complaint.NONE);
    }

    /** POST /desk/topics/new and /desk/topics/{id} */
    public void save(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Optional<Topic> before = ctx.pathParamMap().containsKey("id") ? Optional.of(topic(ctx)) : Optional.empty();
        Topic wanted = read(ctx, before.map(Topic::id).orElse(0L));
        Complaint complaint = complaint(wanted);
        if (!complaint.isNone()) {
            show(ctx, 422, wanted, complaint);
            return;
        }
        jdbi.useTransaction(handle -> {
            if (before.isPresent()) topics.change(handle, before.get(), wanted);
            else topics.add(handle, wanted);
            audit.note(
                    handle,
                    editor.id(),
                    (before.isPresent() ? "changed the topic " : "added the topic ") + wanted.name());
            topics.announce(handle);
        });
        Flash.put(ctx, "Saved. Readers see it now.");
        ctx.redirect("/desk/topics", HttpStatus.SEE_OTHER);
    }

    /** POST /desk/topics/{id}/remove */
    public void remove(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Topic topic = topic(ctx);
        jdbi.useTransaction(handle -> {
            topics.remove(handle, topic.id());
            audit.note(handle, editor.id(), "removed the topic " + topic.name());
            topics.announce(handle);
        });
        Flash.put(ctx, topic.name() + " is gone.");
        ctx.redirect("/desk/topics", HttpStatus.SEE_OTHER);
    }

    private Complaint complaint(Topic wanted) {
        if (wanted.name().isEmpty()) return new Complaint("name", "A topic needs a name.");
        if (wanted.name().length() > 60) return new Complaint("name", "This name is longer than 60 characters.");
        if (wanted.description().length() > 500)
            return new Complaint("description", "This description is longer than 500 characters.");
        boolean taken = topics.bySlug(wanted.slug())
                .filter(other -> other.id() != wanted.id())
                .isPresent();
        return taken
                ? new Complaint("slug", "Another topic has the address /topic/" + wanted.slug() + "/.")
                : Complaint.NONE;
    }

    private static Topic read(Context ctx, long id) {
        String name = text(ctx.formParam("name"));
        String slug = text(ctx.formParam("slug"));
        return new Topic(
                id,
                Slug.of(slug.isEmpty() ? name : slug),
                name,
                text(ctx.formParam("description")),
                Optional.of(text(ctx.formParam("briefing"))).filter(briefing -> !briefing.isEmpty()));
    }

    private void show(Context ctx, int status, Topic topic, Complaint complaint) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        html.page(ctx, "topics/form", new FormPage(staff, Flash.take(ctx), complaint, topic, briefings.get()));
    }

    private Topic topic(Context ctx) {
        return topics.byId(number(ctx.pathParam("id"))).orElseThrow(() -> Problem.notFound("There is no such topic."));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
