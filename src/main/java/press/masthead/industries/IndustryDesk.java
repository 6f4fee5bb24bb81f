package press.masthead.industries;

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

/** The newsroom's industries: named, described, ordered, each with who edits it. What ends one is {@link IndustryEndDesk}'s. */
public final class IndustryDesk {
    private final Jdbi jdbi;
    private final Industries industries;
    private final IndustryLife life;
    private final Supplier<List<Editor>> editors;
    private final Audit audit;
    private final Html html;

    /**
     * An author to choose.
     *
     * @param staff whether they sign in here, so that they can write forewords themselves
     */
    public record Editor(String slug, String name, boolean staff) {}

    /** @param editors everyone with a byline */
    public IndustryDesk(
            Jdbi jdbi,
            Industries industries,
            IndustryLife life,
            Supplier<List<Editor>> editors,
            Audit audit,
            Html html) {
        this.jdbi = jdbi;
        this.industries = industries;
        this.life = life;
        this.editors = editors;
        this.audit = audit;
        this.html = html;
    }

    record ListPage(
            Reader staff, String notice, List<Industry> industries, List<Industry> retired, List<Editor> editors) {
        String editorOf(Industry industry) {
            return editors.stream()
                    .filter(editor ->
                            industry.editorSlug().filter(editor.slug()::equals).isPresent())
                    .map(Editor::name)
                    .findFirst()
                    .orElse("nobody yet");
        }
    }

    record FormPage(Reader staff, String notice, Complaint complaint, Industry industry, List<Editor> editors) {
        /** Those who work here; the others only sign what they write. */
        List<Editor> editors(boolean working) {
            return editors.stream().filter(editor -> editor.staff() == working).toList();
        }
    }

    /** GET /desk/industries */
    public void list(Context ctx) {
        List<Industry> every = industries.every();
        html.page(
                ctx,
                "industries/list",
                new ListPage(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        every.stream().filter(industry -> !industry.retired()).toList(),
                        every.stream().filter(Industry::retired).toList(),
                        editors.get()));
    }

    /** POST /desk/industries: the industry whose button was pressed goes up or down */
    public void order(Context ctx) {
        Reader editor = Visit.editor(ctx);
        List<Long> ids =
                InOrder.after(ctx, industries.all().stream().map(Industry::id).toList());
        jdbi.useTransaction(handle -> {
            industries.order(handle, ids);
            audit.note(handle, editor.id(), "put the industries into another order");
            industries.announce(handle);
        });
        ctx.redirect("/desk/industries", HttpStatus.SEE_OTHER);
    }

    /** GET /desk/industries/new */
    public void blank(Context ctx) {
        show(ctx, 200, new Industry(0, "", "", "", Optional.empty(), Optional.empty(), false), Complaint.NONE);
    }

    /** GET /desk/industries/{id} */
    public void form(Context ctx) {
        show(ctx, 200, industry(ctx), Complaint.NONE);
    }

    /** POST /desk/industries/new and /desk/industries/{id} */
    public void save(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Optional<Industry> before =
                ctx.pathParamMap().containsKey("id") ? Optional.of(industry(ctx)) : Optional.empty();
        Industry wanted = read(ctx, before);
        Complaint complaint = complaint(wanted);
        if (!complaint.isNone()) {
            show(ctx, 422, wanted, complaint);
            return;
        }
        if (before.isPresent()) life.change(before.get(), wanted, editor.id());
        else life.begin(wanted, editor.id());
        Flash.put(
                ctx,
                before.isPresent()
                        ? "Saved. Readers see it now."
                        : "Added, with a weekly newsletter of its own for members.");
        ctx.redirect("/desk/industries", HttpStatus.SEE_OTHER);
    }

    /** POST /desk/industries/{id}/newsletter: begins the newsletter of one that has none */
    public void beginLetter(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Industry industry = industry(ctx);
        life.beginLetter(industry, editor.id());
        Flash.put(ctx, "Begun. It waits for an editor each week; its settings are among the newsletters.");
        ctx.redirect("/desk/industries/" + industry.id(), HttpStatus.SEE_OTHER);
    }

    private Complaint complaint(Industry wanted) {
        if (wanted.name().isEmpty()) return new Complaint("name", "An industry needs a name.");
        if (wanted.name().length() > 60) return new Complaint("name", "This name is longer than 60 characters.");
        if (wanted.description().length() > 500)
            return new Complaint("description", "This description is longer than 500 characters.");
        return industries.taken(wanted.slug(), wanted.id())
                ? new Complaint("slug", "Another industry has the address /industry/" + wanted.slug() + "/.")
                : Complaint.NONE;
    }

    private static Industry read(Context ctx, Optional<Industry> before) {
        String name = text(ctx.formParam("name"));
        String slug = text(ctx.formParam("slug"));
        return new Industry(
                before.map(Industry::id).orElse(0L),
                Slug.of(slug.isEmpty() ? name : slug),
                name,
                text(ctx.formParam("description")),
                Optional.of(text(ctx.formParam("editor"))).filter(editor -> !editor.isEmpty()),
                before.flatMap(Industry::newsletter),
                before.filter(Industry::retired).isPresent());
    }

    private void show(Context ctx, int status, Industry industry, Complaint complaint) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        html.page(ctx, "industries/form", new FormPage(staff, Flash.take(ctx), complaint, industry, editors.get()));
    }

    private Industry industry(Context ctx) {
        return industry(ctx, industries);
    }

    /** @throws Problem 404 when the path names none */
    static Industry industry(Context ctx, Industries industries) {
        return industries
                .byId(number(ctx.pathParam("id")))
                .orElseThrow(() -> Problem.notFound("There is no such industry."));
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
