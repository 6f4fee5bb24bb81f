package press.masthead;

import java.util.regex.Pattern;
import press.masthead.Press.Person;

/** What a viewer's player is given of a session: a pass, and the list of its segments. */
final class Playlist {
    private static final Pattern BASE = Pattern.compile("\"base\":\"([^\"]+)\"");

    private Playlist() {}

    /** Where the viewer's list and segments lie. */
    static String base(Person viewer, String slug) {
        try {
            return base(viewer.get("/live/" + slug + "/pass").body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static String base(String pass) {
        var base = BASE.matcher(pass);
        if (!base.find()) throw new AssertionError("no pass in " + pass);
        return base.group(1);
    }

    /** Empty as long as there is none. */
    static String of(Person viewer, String slug) {
        try {
            var list = viewer.get(base(viewer, slug) + "v0.m3u8");
            return list.statusCode() == 200 ? list.body() : "";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static double seconds(String list) {
        return list.lines()
                .filter(one -> one.startsWith("#EXTINF:"))
                .mapToDouble(one -> Double.parseDouble(one.substring(8, one.indexOf(','))))
                .sum();
    }

    /** How many segments of a take there are, or of all of them where its name is empty. */
    static long segments(String list, String take) {
        return list.lines()
                .filter(one -> one.startsWith(take) && one.endsWith(".ts"))
                .count();
    }
}
