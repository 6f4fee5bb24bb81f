package press.masthead.stories;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** The part of an address that names a story. */
final class Slug {
    private static final int LONGEST = 80;

    /** First words of addresses that mean something else. */
    private static final Set<String> TAKEN_BY_US = Set.of(
            "account",
            "api",
            "archive",
            "assets",
            "author",
            "authors",
            "content",
            "desk",
            "feed",
            "ghost",
            "industry",
            "mailbox",
            "members",
            "newsletters",
            "newsletter",
            "page",
            "plans",
            "rss",
            "search",
            "signin",
            "signout",
            "sitemap",
            "static",
            "tag",
            "topic",
            "topics",
            "unsubscribe",
            "memos",
            "reports",
            "new");

    private Slug() {}

    /** Made of the letters of any script; at most 80 characters, cut between words. */
    static String of(String title) {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFKD)
                .replaceAll("[\\u0300-\\u036f]", "")
                .replace("\u00df", "ss")
                .replace("\u00e6", "ae")
                .replace("\u00f8", "o")
                .toLowerCase(Locale.ROOT)
                .replaceAll("['\u2019]", "")
                .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-")
                .replaceAll("^-+|-+$", "");
        String slug = Normalizer.normalize(plain, Normalizer.Form.NFC);
        if (slug.length() > LONGEST) {
            int hyphen = slug.lastIndexOf('-', LONGEST);
            slug = slug.substring(0, hyphen > LONGEST / 2 ? hyphen : LONGEST);
        }
        return slug.isEmpty() ? "untitled" : slug;
    }

    static boolean isReserved(String slug) {
        return TAKEN_BY_US.contains(slug);
    }
}
