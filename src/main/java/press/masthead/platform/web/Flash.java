package press.masthead.platform.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * One sentence that outlives a redirect, carried by the browser and shown once. It is text and escaped like any other, so
 * the worst that a forged one can do is to be read.
 */
public final class Flash {
    private static final String COOKIE = "flash";
    private static final int LONGEST = 300;

    private Flash() {}

    /** Has the next page say this. */
    public static void put(Context ctx, String sentence) {
        String cut = sentence.length() > LONGEST ? sentence.substring(0, LONGEST) : sentence;
        set(ctx, URLEncoder.encode(cut, StandardCharsets.UTF_8), 60);
    }

    /** What the page before wanted said, or empty; asked twice in one request it answers the same. */
    public static String take(Context ctx) {
        String value = ctx.cookie(COOKIE);
        if (value == null || value.isEmpty()) return "";
        set(ctx, "", 0);
        try {
            String sentence = URLDecoder.decode(value, StandardCharsets.UTF_8);
            return sentence.length() > LONGEST ? "" : sentence;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static void set(Context ctx, String value, int seconds) {
        var cookie = new Cookie(COOKIE, value);
        cookie.setPath("/");
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(ctx.scheme().equals("https"));
        cookie.setSameSite(SameSite.LAX);
        ctx.cookie(cookie);
    }
}
