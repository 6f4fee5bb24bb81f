package press.masthead.platform.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.Utf8ByteOutput;
import io.javalin.http.Context;

/**
 * Pages and letters from typed templates. A template {@code src/main/jte/FEATURE/NAME.jte} is compiled into the
 * feature's own package, so that its one parameter, {@code page}, may be a record that nobody else sees.
 */
public final class Html {
    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Html.class.getClassLoader(), "press.masthead");

    /** Answers with the template, filled with its one parameter. */
    public void page(Context ctx, String template, Object page) {
        var output = new Utf8ByteOutput();
        engine.render(template + ".jte", page, output);
        ctx.contentType("text/html; charset=utf-8")
                .header("Cache-Control", "private, no-store")
                .result(output.toByteArray());
    }

    /** The template as text, for a letter. */
    public String text(String template, Object page) {
        var output = new StringOutput();
        engine.render(template + ".jte", page, output);
        return output.toString();
    }
}
