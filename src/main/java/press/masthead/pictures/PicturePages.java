package press.masthead.pictures;

import io.javalin.http.Context;
import press.masthead.platform.web.Problem;

/** Pictures as readers' browsers fetch them, at Ghost's addresses. A browser that takes WebP gets that. */
public final class PicturePages {
    private static final Problem NONE = Problem.notFound("There is no such picture.");

    private final Pictures pictures;

    public PicturePages(Pictures pictures) {
        this.pictures = pictures;
    }

    /** GET /content/images/{name} */
    public void whole(Context ctx) {
        String name = ctx.pathParam("name");
        String etag = '"' + tag(name) + "-whole\"";
        if (!known(ctx, etag)) {
            ctx.result(pictures.whole(name).orElseThrow(() -> NONE));
            ctx.contentType(name.endsWith(".png") ? "image/png" : "image/jpeg");
        }
        keep(ctx, etag, true);
    }

    /** GET /content/images/size/{size}/{name}, where the size is {@code w600} or {@code w600h400} */
    public void atWidth(Context ctx) {
        ctx.header("Vary", "Accept");
        boolean webp = String.valueOf(ctx.header("Accept")).contains("image/webp");
        derived(ctx, Derived.asked(ctx.pathParam("size"), webp));
    }

    /** GET /content/images/size/{size}/format/{format}/{name} */
    public void inFormat(Context ctx) {
        if (!ctx.pathParam("format").equals("webp")) throw NONE;
        derived(ctx, Derived.asked(ctx.pathParam("size"), true));
    }

    private void derived(Context ctx, Derived form) {
        String name = ctx.pathParam("name");
        // A cut depends on the focal point, which is in the database; a width does not, and needs no question.
        Picture picture =
                form.shape().isPresent() ? pictures.byName(name).orElseThrow(() -> NONE) : Picture.named(name);
        String etag = '"' + tag(form.key(picture)) + '"';
        if (!known(ctx, etag)) {
            Pictures.Made made = pictures.derived(picture, form).orElseThrow(() -> NONE);
            ctx.result(made.bytes()).contentType(made.contentType());
        }
        keep(ctx, etag, form.shape().isEmpty());
    }

    /** The name ends in the hash of the bytes, so that one comparison answers for ever. */
    private static boolean known(Context ctx, String etag) {
        boolean known = etag.equals(ctx.header("If-None-Match"));
        ctx.status(known ? 304 : 200);
        return known;
    }

    private static void keep(Context ctx, String etag, boolean forEver) {
        ctx.header("ETag", etag)
                .header("Cache-Control", forEver ? "public, max-age=31536000, immutable" : "public, max-age=3600");
    }

    private static String tag(String name) {
        return name.replaceAll("[^a-z0-9./-]", "").replace('/', '-');
    }
}
