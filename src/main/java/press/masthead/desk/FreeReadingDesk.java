package press.masthead.desk;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.publication.FreeReading;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** How much of what is sold may be read free, and how many stories a member may give away. */
public final class FreeReadingDesk {
    static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("article", "Articles");
        KINDS.put("memo", "Memos");
        KINDS.put("report", "Reports");
    }

    private final Jdbi jdbi;
    private final Publication publication;
    private final Audit audit;
    private final Html html;

    public FreeReadingDesk(Jdbi jdbi, Publication publication, Audit audit, Html html) {
        this.jdbi = jdbi;
        this.publication = publication;
        this.audit = audit;
        this.html = html;
    }

    /** The numbers as typed. */
    record FreeReadingPage(
            Reader staff,
            String notice,
            Complaint complaint,
            String visitors,
            String readers,
            String gifts,
            Set<String> kinds) {}

    /** GET /desk/settings/access */
    public void form(Context ctx) {
        FreeReading now = publication.freeReading();
        show(
                ctx,
                200,
                Integer.toString(now.visitors()),
                Integer.toString(now.readers()),
                Integer.toString(now.gifts()),
                now.kinds(),
                Complaint.NONE);
    }

    /** POST /desk/settings/access */
    public void save(Context ctx) {
        Reader editor = Visit.editor(ctx);
        String visitors = text(ctx, "visitors");
        String readers = text(ctx, "readers");
        String gifts = text(ctx, "gifts");
        Set<String> kinds = Set.copyOf(ctx.formParams("kinds").stream()
                .filter(KINDS::containsKey)
                .distinct()
                .toList());
        for (var field :
                List.of(Map.entry("visitors", visitors), Map.entry("readers", readers), Map.entry("gifts", gifts)))
            if (!isNumber(field.getValue())) {
                var wrong = new Complaint(
                        field.getKey(), "Write a whole number from 0 to " + FreeReading.MOST + "; 0 is none.");
                show(ctx, 422, visitors, readers, gifts, kinds, wrong);
                return;
            }
        var wanted =
                new FreeReading(Integer.parseInt(visitors), Integer.parseInt(readers), kinds, Integer.parseInt(gifts));
        jdbi.useTransaction(handle -> {
            publication.save(handle, wanted);
            audit.note(
                    handle,
                    editor.id(),
                    "Free reading: %s a month for visitors, %s for signed-in readers; %s gifts for each member"
                            .formatted(visitors, readers, gifts));
        });
        publication.forget();
        Flash.put(ctx, "Saved. It holds from now on.");
        ctx.redirect("/desk/settings/access", HttpStatus.SEE_OTHER);
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,3}") && Integer.parseInt(text) <= FreeReading.MOST;
    }

    private void show(
            Context ctx,
            int status,
            String visitors,
            String readers,
            String gifts,
            Set<String> kinds,
            Complaint complaint) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        html.page(
                ctx,
                "desk/freereading",
                new FreeReadingPage(staff, Flash.take(ctx), complaint, visitors, readers, gifts, kinds));
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
