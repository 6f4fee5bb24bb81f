package press.masthead.desk;

import java.text.Normalizer;
import java.util.Locale;

/** The part of an address that names a story, a topic or a person. */
public final class Slug {
    private static final int LONGEST = 80;

    private Slug() {}

    /** Made of the letters of any script; at most 80 characters, cut between words. */
    public static String of(String title) {
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
}
