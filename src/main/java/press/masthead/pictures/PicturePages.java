package press.masthead.pictures;

import io.javalin.http.Context;
import java.util.Optional;
import press.masthead.platform.web.Problem;

/** Pictures as readers' browsers fetch them, at Ghost's addresses. */
public final class PicturePages {
    private final Pictures pictures;

    public PicturePages(Pictures pictures) {
        this.pictures = pictures;
    }

    /** GET /content/images/{name} */
    public void whole(Context ctx) {
        String name = ctx.pathParam("name");
        answer(ctx, name, "whole", () -> pictures.whole(name));
    }

    /** GET /content/images/size/{size}/{name}, where the size is {@code w600} */
    public void atWidth(Context ctx) {
        String name = ctx.pathParam("name");
        int width = width(ctx.pathParam("size"));
        answer(ctx, name, "w" + width, () -> pictures.atWidth(name, width));
    }

    private interface Bytes {
        Optional<byte[]> read();
    }

    private static void answer(Context ctx, String name, String size, Bytes bytes) {
        // The name ends in the hash of the bytes, so that one comparison answers for ever.
        String etag = '"' + name.replaceAll("[^a-z0-9.-]", "") + "-" + size + '"';
        boolean known = etag.equals(ctx.header("If-None-Match"));
        if (!known) ctx.result(bytes.read().orElseThrow(() -> Problem.notFound("There is no such picture.")));
        ctx.status(known ? 304 : 200)
                .contentType(name.endsWith(".png") ? "image/png" : "image/jpeg")
                .header("ETag", etag)
                .header("Cache-Control", "public, max-age=31536000, immutable");
    }

    private static int width(String size) {
        if (!size.matches("w[1-9]\\d{0,3}")) throw Problem.notFound("There is no such picture.");
        return Integer.parseInt(size.substring(1));
    }
}
