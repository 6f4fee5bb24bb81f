package press.masthead.pictures;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Upload;
import press.masthead.readers.Reader;

/** The picture library in the newsroom. */
public final class PictureDesk {
    static final int MOST_BYTES = 25 << 20;
    private static final String TOO_LARGE =
            "This picture is larger than 25 MB. Please send a smaller version; nothing was kept.";
    private static final int PAGE = 48;

    private final Pictures pictures;
    private final Uses uses;
    private final Html html;

    /** Somewhere a picture is shown: a story in any state, or an author's page. */
    public record Use(String title, String address, String state) {}

    /** Whoever knows where a picture is shown. */
    public interface Uses {
        List<Use> of(Picture picture);
    }

    public PictureDesk(Pictures pictures, Uses uses, Html html) {
        this.pictures = pictures;
        this.uses = uses;
        this.html = html;
    }

    record Library(
            Reader staff,
            String notice,
            String words,
            String without,
            List<Picture> found,
            String more,
            String problem) {}

    record One(Reader staff, String notice, Picture picture, List<Use> uses) {}

    /** GET /desk/pictures?q=&without=&before= */
    public void library(Context ctx) {
        show(ctx, "");
    }

    private void show(Context ctx, String problem) {
        Reader staff = Visit.staff(ctx);
        String words = text(ctx.queryParam("q"));
        long before = number(ctx.queryParam("before"));
        String without = text(ctx.queryParam("without")).matches("alt|credit") ? text(ctx.queryParam("without")) : "";
        List<Picture> found = pictures.find(words, without, before, PAGE + 1);
        boolean full = found.size() > PAGE;
        if (full) found = found.subList(0, PAGE);
        String more = full
                ? "/desk/pictures?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8) + "&without=" + without
                        + "&before=" + found.getLast().id()
                : "";
        html.page(ctx, "pictures/library", new Library(staff, Flash.take(ctx), words, without, found, more, problem));
    }

    /** POST /desk/pictures: a multipart form with the file {@code picture}; answers JSON to a script that asks for it */
    public void add(Context ctx) {
        Reader staff = Visit.staff(ctx);
        boolean script = text(ctx.header("Accept")).contains("json");
        try {
            Upload upload = Upload.read(ctx, "picture", MOST_BYTES, TOO_LARGE);
            Picture picture = pictures.add(
                    upload.fileName(),
                    upload.bytes(),
                    upload.field("alt"),
                    upload.field("caption"),
                    upload.field("credit"),
                    staff.id());
            if (script) ctx.status(201).json(asJson(picture));
            else {
                Flash.put(ctx, "The picture is in the library. Say what it shows.");
                ctx.redirect("/desk/pictures/" + picture.id(), HttpStatus.SEE_OTHER);
            }
        } catch (Problem problem) {
            ctx.status(problem.status());
            if (script) ctx.json(Map.of("problem", problem.sentence()));
            else show(ctx, problem.sentence());
        }
    }

    /** GET /desk/pictures/{id} */
    public void one(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Picture picture = picture(ctx);
        html.page(ctx, "pictures/one", new One(staff, Flash.take(ctx), picture, uses.of(picture)));
    }

    /** POST /desk/pictures/{id} */
    public void describe(Context ctx) {
        Visit.staff(ctx);
        Picture picture = picture(ctx);
        pictures.describe(
                picture.id(),
                text(ctx.formParam("alt")),
                text(ctx.formParam("caption")),
                text(ctx.formParam("credit")),
                share(ctx.formParam("focal_x")),
                share(ctx.formParam("focal_y")));
        Flash.put(ctx, "Saved.");
        ctx.redirect("/desk/pictures/" + picture.id(), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/pictures/{id}/remove */
    public void remove(Context ctx) {
        Visit.editor(ctx);
        Picture picture = picture(ctx);
        if (!uses.of(picture).isEmpty())
            throw Problem.invalid("This picture is shown somewhere. Take it out there first.");
        pictures.remove(picture);
        Flash.put(ctx, "The picture is gone.");
        ctx.redirect("/desk/pictures", HttpStatus.SEE_OTHER);
    }

    /** GET /desk/pictures.json?q=&before=: what the editor's picture chooser shows */
    public void choices(Context ctx) {
        Visit.staff(ctx);
        ctx.json(pictures.find(text(ctx.queryParam("q")), "", number(ctx.queryParam("before")), 24).stream()
                .map(PictureDesk::asJson)
                .toList());
    }

    private static Map<String, Object> asJson(Picture picture) {
        return Map.of(
                "id", picture.id(),
                "src", picture.path(),
                "thumb", picture.path(300),
                "width", picture.width(),
                "height", picture.height(),
                "alt", picture.alt(),
                "caption", picture.caption(),
                "credit", picture.credit());
    }

    private Picture picture(Context ctx) {
        String id = ctx.pathParam("id");
        return (id.matches("\\d{1,18}") ? pictures.byId(Long.parseLong(id)) : java.util.Optional.<Picture>empty())
                .orElseThrow(() -> Problem.notFound("There is no such picture."));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : Long.MAX_VALUE;
    }

    private static float share(@Nullable String value) {
        return value != null && value.matches("[01](\\.\\d{1,6})?") ? Float.parseFloat(value) : 0.5f;
    }
}
