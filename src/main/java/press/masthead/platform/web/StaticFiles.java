package press.masthead.platform.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The scripts and styles that the build bundled, from the class path. */
public final class StaticFiles implements Handler {
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    @Override
    public void handle(Context ctx) throws IOException {
        String name = ctx.pathParam("file");
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !name.matches("[\\w.-]+")) throw Problem.notFound("There is no such file.");
        byte[] bytes = files.get(name);
        if (bytes == null) {
            try (InputStream in = StaticFiles.class.getResourceAsStream("/web/" + name)) {
                if (in == null) throw Problem.notFound("There is no such file.");
                bytes = in.readAllBytes();
            }
            files.put(name, bytes);
        }
        ctx.contentType(type).header("Cache-Control", "public, max-age=300").result(bytes);
    }
}
