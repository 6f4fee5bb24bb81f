package press.masthead.site;

import io.javalin.http.Context;
import press.masthead.platform.web.Problem;
import press.masthead.themes.Asset;
import press.masthead.themes.Theme;

/** The theme's own files, under /assets/ as Ghost's contract has it. An address with the file's hash never goes stale. */
public final class ThemeAssets {
    private final Theme theme;

    public ThemeAssets(Theme theme) {
        this.theme = theme;
    }

    /** GET /assets/* */
    public void asset(Context ctx) {
        answer(ctx, ctx.path().substring("/assets/".length()));
    }

    /** GET /favicon.ico, which browsers ask for unasked */
    public void icon(Context ctx) {
        answer(ctx, "icons/favicon.svg");
    }

    private void answer(Context ctx, String path) {
        Asset asset = theme.asset(path).orElseThrow(() -> Problem.notFound("There is no such file."));
        ctx.header("ETag", asset.etag());
        ctx.header(
                "Cache-Control",
                ctx.queryParam("v") == null ? "public, max-age=300" : "public, max-age=31536000, immutable");
        if (asset.etag().equals(ctx.header("If-None-Match"))) ctx.status(304);
        else ctx.contentType(asset.contentType()).result(asset.bytes());
    }
}
