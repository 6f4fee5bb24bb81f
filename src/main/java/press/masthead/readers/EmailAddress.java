package press.masthead.readers;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An address that a letter can be sent to, as typed and as compared.
 *
 * <p>Compared means: Unicode NFKC, the domain in its ASCII form (RFC 5891), all in lower case. Dots and tags before the @
 * are kept: what they mean is the receiving domain's business.
 *
 * @param typed trimmed, otherwise as the person wrote it
 * @param key what two spellings of one address have in common
 */
public record EmailAddress(String typed, String key) {
    /** The practical form that browsers accept (HTML Standard, "valid e-mail address"), with non-ASCII letters allowed. */
    private static final Pattern FORM = Pattern.compile(
            "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?)+");

    private static final Set<UnicodeScript> ALIKE = Set.of(
            UnicodeScript.LATIN,
            UnicodeScript.CYRILLIC,
            UnicodeScript.GREEK,
            UnicodeScript.ARMENIAN,
            UnicodeScript.CHEROKEE);

    /** The address in the text, if it is one that is not made to pass for another; at most 254 characters (RFC 5321, 4.5.3.1.3). */
    public static Optional<EmailAddress> parse(String text) {
        return read(text).filter(address -> !address.looksLikeAnother());
    }

    /** As it stands in a table, where rules were others when it came: never refused, and compared as it was then. */
    public static EmailAddress kept(String stored) {
        return read(stored)
                .orElseGet(() -> new EmailAddress(stored, stored.strip().toLowerCase(Locale.ROOT)));
    }

    /**
     * The address in the text, also if it is made to pass for another: for who may have had it before such were refused, and
     * only where nothing comes of it for anybody new.
     */
    public static Optional<EmailAddress> read(String text) {
        String typed = text.strip();
        String folded = Normalizer.normalize(typed, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (folded.length() > 254 || !FORM.matcher(folded).matches()) return Optional.empty();
        int at = folded.lastIndexOf('@');
        String local = folded.substring(0, at);
        if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) return Optional.empty();
        try {
            return Optional.of(new EmailAddress(typed, local + "@" + IDN.toASCII(folded.substring(at + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether one of its words mixes alphabets whose letters can't be told apart, as a Cyrillic o among Latin letters: nobody's
     * address is written so, but it passes for somebody's (Unicode Technical Standard 39, mixed-script confusables).
     */
    private boolean looksLikeAnother() {
        int at = key.lastIndexOf('@');
        String address = key.substring(0, at) + "." + IDN.toUnicode(key.substring(at + 1));
        return Stream.of(address.split("[.@_+-]"))
                .anyMatch(word -> word.codePoints()
                                .mapToObj(UnicodeScript::of)
                                .filter(ALIKE::contains)
                                .distinct()
                                .count()
                        > 1);
    }

    /** The ways in which this address may stand in a table, in lower case: as typed, as compared, with the domain in its own script. */
    public Set<String> spellings() {
        int at = key.lastIndexOf('@');
        return Set.copyOf(List.of(
                typed.toLowerCase(Locale.ROOT), key, key.substring(0, at + 1) + IDN.toUnicode(key.substring(at + 1))));
    }

    @Override
    public String toString() {
        return typed;
    }
}
