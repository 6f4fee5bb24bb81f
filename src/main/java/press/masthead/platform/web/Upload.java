package press.masthead.platform.web;

import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form with one file in it, read within a bound: what is too long is refused while it streams in and never held.
 *
 * @param fileName as the browser gave it; a hint, never a path
 * @param bytes the file
 * @param fields the form's other fields, the last of each name
 */
public record Upload(String fileName, byte[] bytes, Map<String, String> fields) {
    /** A browser that is still sending shows no answer, so some of what is too long is read and thrown away first. */
    private static final long MOST_DRAINED = 200L << 20;

    private static final int FIELDS = 1 << 20;

    /** The field, or empty. */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /**
     * Reads the form.
     *
     * @param part the name of the file's field
     * @param most the most bytes that the file may have
     * @throws Problem 413 with the sentence when it has more; 422 when there is no file
     */
    public static Upload read(Context ctx, String part, int most, String tooLarge) {
        long length = ctx.req().getContentLengthLong();
        try {
            if (length > (long) most + FIELDS) {
                drain(ctx.req().getInputStream());
                throw Problem.tooLarge(tooLarge);
            }
            ctx.req()
                    .setAttribute(
                            "org.eclipse.jetty.multipartConfig",
                            new MultipartConfigElement(
                                    System.getProperty("java.io.tmpdir"), most, (long) most + FIELDS, 256 << 10));
            return of(parts(ctx, tooLarge), part);
        } catch (IOException e) {
            if (full(e)) throw noRoom();
            throw Problem.invalid("The file did not arrive whole. Please try again.");
        }
    }

    /** A large file waits on the disk until it is read. */
    private static boolean full(@Nullable Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (String.valueOf(cause.getMessage()).contains("No space left")) return true;
        return false;
    }

    private static Problem noRoom() {
        return Problem.full("The server's disk is full, so the file was not kept.");
    }

    private static Upload of(Collection<Part> parts, String name) throws IOException {
        var fields = new HashMap<String, String>();
        @Nullable Part file = null;
        for (Part part : parts) {
            if (part.getName().equals(name) && part.getSubmittedFileName() != null) file = part;
            else fields.put(part.getName(), new String(bytes(part), StandardCharsets.UTF_8));
        }
        if (file == null || file.getSize() == 0) throw Problem.invalid("Please choose a file first.");
        return new Upload(String.valueOf(file.getSubmittedFileName()), bytes(file), Map.copyOf(fields));
    }

    private static Collection<Part> parts(Context ctx, String tooLarge) throws IOException {
        try {
            return List.copyOf(ctx.req().getParts());
        } catch (IllegalStateException e) {
            throw Problem.tooLarge(tooLarge);
        } catch (ServletException | RuntimeException e) {
            if (full(e)) throw noRoom();
            for (Throwable cause = e; cause != null; cause = cause.getCause())
                if (String.valueOf(cause.getMessage()).matches("(?i).*(exceed|too large|max length).*"))
                    throw Problem.tooLarge(tooLarge);
            throw Problem.invalid("The form did not arrive whole. Please try again.");
        }
    }

    private static byte[] bytes(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        } finally {
            part.delete();
        }
    }

    private static void drain(InputStream in) throws IOException {
        var bin = new byte[64 << 10];
        long read = 0;
        for (int n; read < MOST_DRAINED && (n = in.read(bin)) >= 0; ) read += n;
    }
}
