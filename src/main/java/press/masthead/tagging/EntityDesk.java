package press.masthead.tagging;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.desk.Complaint;
import press.masthead.desk.Slug;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** The newsroom's list of people and organisations: named, described, merged, retired. */
public final class EntityDesk {
    private static final int A_PAGE = 60;
    private static final int LONGEST_NAME = 120;
    private static final int MOST_ALIASES = 40;

    private final Jdbi jdbi;
    private final Entities entities;
    private final Audit audit;
    private final Html html;

    public EntityDesk(Jdbi jdbi, Entities entities, Audit audit, Html html) {
        this.jdbi = jdbi;
        this.entities = entities;
        this.audit = audit;
        this.html = html;
    }

    record ListPage(Reader staff, String notice, String words, List<Entity> entities, int page, boolean more) {}

    /** @param also others that go by one of its names */
    record FormPage(
            Reader staff,
            String notice,
            Complaint complaint,
            Entity entity,
            int stories,
            List<String> also,
            String into) {}

    /** GET /desk/names */
    public void list(Context ctx) {
        Reader staff = Visit.staff(ctx);
        String words = text(ctx.queryParam("q"));
        int page = (int) Math.clamp(number(ctx.queryParam("page")), 1, 10_000);
        List<Entity> found = entities.named(words, A_PAGE + 1, (page - 1) * A_PAGE);
        html.page(
                ctx,
                "tagging/list",
                new ListPage(
                        staff,
                        Flash.take(ctx),
                        words,
                        found.subList(0, Math.min(A_PAGE, found.size())),
                        page,
                        found.size() > A_PAGE));
    }

    /** GET /desk/names/new, with a name to begin from */
    public void blank(Context ctx) {
        String name = text(ctx.queryParam("name"));
        show(
                ctx,
                200,
                new Entity(
                        0,
                        "person",
                        "",
                        name.substring(0, Math.min(LONGEST_NAME, name.length())),
                        "",
                        List.of(),
                        false),
                Complaint.NONE,
                "");
    }

    /** GET /desk/names/{id} */
    public void form(Context ctx) {
        Visit.staff(ctx);
        show(ctx, 200, entity(ctx), Complaint.NONE, "");
    }

    /** POST /desk/names/new and /desk/names/{id} */
    public void save(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Optional<Entity> before = ctx.pathParamMap().containsKey("id") ? Optional.of(entity(ctx)) : Optional.empty();
        Entity wanted = read(ctx, before);
        Complaint complaint = complaint(wanted);
        if (!complaint.isNone()) {
            show(ctx, 422, wanted, complaint, "");
            return;
        }
        long id = jdbi.inTransaction(handle -> {
            audit.note(
                    handle,
                    editor.id(),
                    (before.isPresent() ? "changed the name " : "put on the list of names: ") + wanted.name());
            if (before.isEmpty()) return entities.add(handle, wanted);
            entities.change(handle, before.get(), wanted);
            return wanted.id();
        });
        back(ctx, id, "Saved. It is looked for in stories from now on.");
    }

    /** POST /desk/names/{id}/retire */
    public void retire(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Entity entity = entity(ctx);
        jdbi.useTransaction(handle -> {
            entities.retire(handle, entity.id(), !entity.retired());
            audit.note(
                    handle,
                    editor.id(),
                    (entity.retired() ? "brought back the name " : "retired the name ") + entity.name());
        });
        back(
                ctx,
                entity.id(),
                entity.retired() ? "It is suggested again." : "It is not suggested any more. Its page stays.");
    }

    /** POST /desk/names/{id}/merge: into the one whose name or address is given */
    public void merge(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Entity entity = entity(ctx);
        String into = text(ctx.formParam("into"));
        Optional<Entity> other = found(into);
        if (other.isEmpty() || other.get().id() == entity.id()) {
            String said = other.isEmpty()
                    ? "No other one on the list has exactly this name. Write it as it stands there, or its address."
                    : "It can't be merged into itself.";
            show(ctx, 422, entity, new Complaint("into", said), into);
            return;
        }
        jdbi.useTransaction(handle -> {
            entities.merge(handle, entity.id(), other.get().id());
            audit.note(
                    handle,
                    editor.id(),
                    "merged the name " + entity.name() + " into " + other.get().name());
        });
        back(ctx, other.get().id(), entity.name() + " is part of this one now, with its stories.");
    }

    /** By address, or by a name that is nobody else's. */
    private Optional<Entity> found(String typed) {
        Optional<Entity> byAddress =
                entities.bySlug(typed.replaceFirst("^.*/who/", "").replaceFirst("/$", ""));
        if (byAddress.isPresent()) return byAddress;
        String folded = Names.folded(typed);
        if (folded.isEmpty()) return Optional.empty();
        var called = entities.called(typed).stream()
                .filter(one -> Names.folded(one.name()).equals(folded))
                .toList();
        return called.size() == 1 ? Optional.of(called.getFirst()) : Optional.empty();
    }

    private Complaint complaint(Entity wanted) {
        if (Names.folded(wanted.name()).isEmpty()) return new Complaint("name", "Write a name, with letters in it.");
        if (wanted.name().length() > LONGEST_NAME)
            return new Complaint("name", "This name is longer than 120 characters.");
        if (wanted.description().length() > 600)
            return new Complaint("description", "This description is longer than 600 characters.");
        if (wanted.id() > 0 && entities.isAnothers(wanted.slug(), wanted.id()))
            return new Complaint("slug", "Another one has the address /who/" + wanted.slug() + "/.");
        if (wanted.aliases().size() > MOST_ALIASES)
            return new Complaint("aliases", "These are more than forty names. Keep those that stories use.");
        for (String alias : wanted.aliases()) {
            if (alias.length() > LONGEST_NAME)
                return new Complaint("aliases", "One of these is longer than 120 characters.");
            String folded = Names.folded(alias);
            if (folded.codePointCount(0, folded.length()) < 2)
                return new Complaint("aliases", "“" + alias + "” is too short to be found in a text.");
        }
        return Complaint.NONE;
    }

    private static Entity read(Context ctx, Optional<Entity> before) {
        String kind = text(ctx.formParam("kind"));
        String slug = text(ctx.formParam("slug"));
        return new Entity(
                before.map(Entity::id).orElse(0L),
                Entity.KINDS.contains(kind) ? kind : "person",
                slug.isEmpty() ? before.map(Entity::slug).orElse("") : Slug.of(slug),
                text(ctx.formParam("name")).replaceAll("\\s+", " "),
                text(ctx.formParam("description")),
                text(ctx.formParam("aliases"))
                        .lines()
                        .map(String::strip)
                        .filter(alias -> !alias.isEmpty())
                        .distinct()
                        .toList(),
                before.map(Entity::retired).orElse(false));
    }

    private void show(Context ctx, int status, Entity entity, Complaint complaint, String into) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        boolean isNew = entity.id() == 0;
        html.page(
                ctx,
                "tagging/form",
                new FormPage(
                        staff,
                        Flash.take(ctx),
                        complaint,
                        entity,
                        isNew ? 0 : entities.stories(entity.id()),
                        isNew ? List.of() : entities.alsoCalled(entity),
                        into));
    }

    private static void back(Context ctx, long id, String notice) {
        Flash.put(ctx, notice);
        ctx.redirect("/desk/names/" + id, HttpStatus.SEE_OTHER);
    }

    private Entity entity(Context ctx) {
        return entities.byId(number(ctx.pathParam("id")))
                .orElseThrow(() -> Problem.notFound("There is nobody of this number on the list."));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
