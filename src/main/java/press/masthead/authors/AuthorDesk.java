package press.masthead.authors;

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

/** The newsroom's authors: how each is named, introduced and pictured. */
public final class AuthorDesk {
    private final Jdbi jdbi;
    private final Authors authors;
    private final Audit audit;
    private final Html html;

    public AuthorDesk(Jdbi jdbi, Authors authors, Audit audit, Html html) {
        this.jdbi = jdbi;
        this.authors = authors;
        this.audit = audit;
        this.html = html;
    }

    record ListPage(Reader staff, String notice, List<Author> authors) {}

    record FormPage(Reader staff, String notice, Complaint complaint, Author author) {}

    /** GET /desk/authors */
    public void list(Context ctx) {
        html.page(ctx, "authors/list", new ListPage(Visit.staff(ctx), Flash.take(ctx), authors.all()));
    }

    /** GET /desk/authors/new */
    public void blank(Context ctx) {
        show(ctx, 200, new Author(0, "", "", "", "", "", Optional.empty()), Complaint.NONE);
    }

    /** GET /desk/authors/{id} */
    public void form(Context ctx) {
        show(ctx, 200, author(ctx), Complaint.NONE);
    }

    /** POST /desk/authors/new and /desk/authors/{id} */
    public void save(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Optional<Author> before = ctx.pathParamMap().containsKey("id") ? Optional.of(author(ctx)) : Optional.empty();
        Author wanted = read(ctx, before.map(Author::id).orElse(0L));
        Complaint complaint = complaint(wanted);
        if (!complaint.isNone()) {
            show(ctx, 422, wanted, complaint);
            return;
        }
        jdbi.useTransaction(handle -> {
            if (before.isPresent()) authors.change(handle, before.get(), wanted);
            else authors.add(handle, wanted);
            audit.note(
                    handle,
                    editor.id(),
                    (before.isPresent() ? "changed the author " : "added the author ") + wanted.name());
            authors.announce(handle);
        });
        Flash.put(ctx, "Saved. Readers see it now.");
        ctx.redirect("/desk/authors", HttpStatus.SEE_OTHER);
    }

    /** POST /desk/authors/{id}/remove */
    public void remove(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Author author = author(ctx);
        jdbi.useTransaction(handle -> {
            authors.remove(handle, author.id());
            audit.note(handle, editor.id(), "removed the author " + author.name());
            authors.announce(handle);
        });
        Flash.put(ctx, author.name() + " is gone.");
        ctx.redirect("/desk/authors", HttpStatus.SEE_OTHER);
    }

    private Complaint complaint(Author wanted) {
        if (wanted.name().isEmpty()) return new Complaint("name", "An author needs a name.");
        if (wanted.name().length() > 100) return new Complaint("name", "This name is longer than 100 characters.");
        if (wanted.role().length() > 100) return new Complaint("role", "This is longer than 100 characters.");
        if (wanted.location().length() > 100) return new Complaint("location", "This is longer than 100 characters.");
        if (wanted.bio().length() > 2_000) return new Complaint("bio", "This text is longer than 2,000 characters.");
        if (wanted.portrait().filter(name -> !authors.isPicture(name)).isPresent())
            return new Complaint("portrait", "This picture is no longer in the library. Choose another.");
        boolean taken = authors.bySlug(wanted.slug())
                .filter(other -> other.id() != wanted.id())
                .isPresent();
        return taken
                ? new Complaint("slug", "Another author has the address /author/" + wanted.slug() + "/.")
                : Complaint.NONE;
    }

    private static Author read(Context ctx, long id) {
        String name = text(ctx.formParam("name"));
        String slug = text(ctx.formParam("slug"));
        return new Author(
                id,
                Slug.of(slug.isEmpty() ? name : slug),
                name,
                text(ctx.formParam("role")),
                text(ctx.formParam("bio")),
                text(ctx.formParam("location")),
                Optional.of(text(ctx.formParam("portrait"))).filter(portrait -> !portrait.isEmpty()));
    }

    private void show(Context ctx, int status, Author author, Complaint complaint) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        html.page(ctx, "authors/form", new FormPage(staff, Flash.take(ctx), complaint, author));
    }

    private Author author(Context ctx) {
        String id = ctx.pathParam("id");
        return (id.matches("\\d{1,18}") ? authors.byId(Long.parseLong(id)) : Optional.<Author>empty())
                .orElseThrow(() -> Problem.notFound("There is no such author."));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
