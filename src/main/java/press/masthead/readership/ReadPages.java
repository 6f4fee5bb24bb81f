package press.masthead.readership;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Standing;
import press.masthead.access.Visit;
import press.masthead.platform.web.Network;

/** Where a story's page says that it was opened. Finished pages come out of a cache, so the page itself has to say it. */
public final class ReadPages {
    /** What programs call themselves that look at pages for nobody; people's browsers say none of it. */
    private static final Pattern PROGRAM = Pattern.compile(
            "bot|crawl|spider|slurp|headless|preview|monitor|fetch|archiver|lighthouse|curl|wget|python|java/|okhttp|go-http",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 200;

    /** Someone who is signed in opened a story. */
    @FunctionalInterface
    public interface SignedIn {
        void opened(long reader, String slug);
    }

    private final Readership readership;
    private final SignedIn signedIn;

    /** @param signedIn told of those who are; what it keeps of that is its own to answer for */
    public ReadPages(Readership readership, SignedIn signedIn) {
        this.readership = readership;
        this.signedIn = signedIn;
    }

    /** POST /read/{slug}/: answered alike whether or not it counts */
    public void opened(Context ctx) {
        String slug = ctx.pathParam("slug");
        boolean ours = "same-origin".equals(ctx.header("Sec-Fetch-Site"));
        boolean staff = Visit.of(ctx).standing() instanceof Standing.Staff;
        if (ours && !staff && slug.length() <= LONGEST && isPerson(ctx.userAgent())) {
            readership.opened(slug, Network.of(ctx));
            Visit.of(ctx).reader().ifPresent(reader -> signedIn.opened(reader.id(), slug));
            Visit.of(ctx).reader().ifPresent(reader -> readership.read(reader.id(), slug));
        }
        ctx.status(HttpStatus.NO_CONTENT);
    }

    static boolean isPerson(@Nullable String userAgent) {
        return userAgent != null
                && userAgent.startsWith("Mozilla/")
                && !PROGRAM.matcher(userAgent).find();
    }
}
