package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.pictures.Pictures;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Upload;
import press.masthead.publication.Emblems;
import press.masthead.publication.Promotion;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** The publication's own pictures, and how it speaks of its plan, as the newsroom decides them. */
public final class LookDesk {
    private static final int MOST_BYTES = 25 << 20;
    private static final String TOO_LARGE = "That picture is larger than 25 MB. Please make it smaller.";

    private final Publication publication;
    private final Pictures pictures;
    private final Drawings drawings;
    private final Html html;

    public LookDesk(Publication publication, Pictures pictures, Drawings drawings, Html html) {
        this.publication = publication;
        this.pictures = pictures;
        this.drawings = drawings;
        this.html = html;
    }

    /** One of the pictures, with what it is for. */
    record Emblem(String name, String title, String hint, String accept, String path) {}

    record LookPage(
            Reader staff,
            String notice,
            String problem,
            java.util.List<Emblem> emblems,
            Promotion promotion,
            String picture) {}

    /** GET /desk/settings/look */
    public void form(Context ctx) {
        show(ctx, "");
    }

    /** POST /desk/settings/look/{emblem}: a multipart form with the file {@code picture} */
    public void take(Context ctx) {
        Visit.editor(ctx);
        String emblem = ctx.pathParam("emblem");
        try {
            Upload upload = Upload.read(ctx, "picture", MOST_BYTES, TOO_LARGE);
            if (emblem.equals("promotion")) {
                String name = keep(upload, publication.promotion().headline(), upload.field("credit"));
                publication.save(promotion(name));
            } else publication.save(with(emblem, address(upload, emblem)));
            done(ctx);
        } catch (Problem problem) {
            ctx.status(problem.status());
            show(ctx, problem.sentence());
        }
    }

    /** POST /desk/settings/look/{emblem}/remove */
    public void remove(Context ctx) {
        Visit.editor(ctx);
        String emblem = ctx.pathParam("emblem");
        if (emblem.equals("promotion")) publication.save(promotion(""));
        else publication.save(with(emblem, ""));
        done(ctx);
    }

    /** POST /desk/settings/promotion */
    public void promote(Context ctx) {
        Visit.editor(ctx);
        publication.save(new Promotion(
                text(ctx, "headline"),
                text(ctx, "text"),
                text(ctx, "button"),
                publication.promotion().picture()));
        done(ctx);
    }

    private static void done(Context ctx) {
        Flash.put(ctx, "Saved. Readers see it now.");
        ctx.redirect("/desk/settings/look", HttpStatus.SEE_OTHER);
    }

    private String address(Upload upload, String emblem) {
        if (Drawings.isOne(upload.bytes()) && !emblem.equals("card")) return drawings.add(upload.bytes());
        return "/content/images/" + keep(upload, publication.settings().name(), "");
    }

    private String keep(Upload upload, String alt, String credit) {
        return pictures.add(upload.fileName(), upload.bytes(), alt, "", credit, null)
                .name();
    }

    private Emblems with(String emblem, String path) {
        Emblems now = publication.emblems();
        return switch (emblem) {
            case "logo" -> new Emblems(path, now.icon(), now.card());
            case "icon" -> new Emblems(now.logo(), path, now.card());
            case "card" -> new Emblems(now.logo(), now.icon(), path);
            default -> throw Problem.notFound("There is no such picture.");
        };
    }

    private Promotion promotion(String picture) {
        Promotion now = publication.promotion();
        return new Promotion(now.headline(), now.text(), now.button(), picture);
    }

    private void show(Context ctx, String problem) {
        Reader staff = Visit.staff(ctx);
        Emblems now = publication.emblems();
        var list = java.util.List.of(
                new Emblem(
                        "logo",
                        "Logo",
                        "For search engines and the foot of pages. SVG or PNG.",
                        "image/svg+xml,image/png",
                        now.logo()),
                new Emblem(
                        "icon",
                        "Icon",
                        "Square, for tabs and home screens. PNG of 512 pixels, or SVG.",
                        "image/svg+xml,image/png",
                        now.icon()),
                new Emblem(
                        "card",
                        "Card",
                        "What a shared link shows where a page has no picture. 1200 by 630 pixels.",
                        "image/jpeg,image/png",
                        now.card()));
        String name = publication.promotion().picture();
        html.page(
                ctx,
                "site/look",
                new LookPage(
                        staff,
                        Flash.take(ctx),
                        problem,
                        list,
                        publication.promotion(),
                        name.isEmpty() ? "" : "/content/images/" + name));
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
