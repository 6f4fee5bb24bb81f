package press.masthead.reports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/**
 * Has a PDF say letters where its type says shapes: an Arabic letter has up to four shapes, Latin has ligatures, and whoever searches or
 * copies wants the letters. Only what each font says of its glyphs in Unicode is written anew (ISO 32000-1, 9.10.3).
 */
final class PlainLetters {
    private static final Pattern ENTRY = Pattern.compile(
            "<([0-9A-Fa-f]{4})>\\s*<([0-9A-Fa-f]{4})>\\s*<([0-9A-Fa-f]{4,})>|<([0-9A-Fa-f]{4})>\\s*<([0-9A-Fa-f]{4,})>");

    private static final Pattern BLOCK = Pattern.compile("begin(bfrange|bfchar)(.*?)end\\1", Pattern.DOTALL);

    /** Shapes that Arabic and Persian share, and that a font may name by the Persian letter. */
    private static final Map<Character, Character> ARABIC = Map.of(
            '\u06CC', '\u064A',
            '\u06A9', '\u0643');

    private final boolean persian;

    private PlainLetters(boolean persian) {
        this.persian = persian;
    }

    /** @param language of the text: Persian and Urdu have letters of their own */
    static void in(PDDocument document, String language) throws IOException {
        var letters = new PlainLetters(language.matches("(?i)(fa|ur|ps|ug|sd|ckb)(-.*)?"));
        Set<COSDictionary> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (PDPage page : document.getPages())
            for (COSName name : page.getResources().getFontNames()) {
                COSDictionary font = page.getResources().getFont(name).getCOSObject();
                if (seen.add(font) && font.getDictionaryObject(COSName.TO_UNICODE) instanceof COSStream map)
                    letters.rewrite(map);
            }
    }

    private void rewrite(COSStream map) throws IOException {
        String text;
        try (var in = map.createInputStream()) {
            text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
        var meanings = new TreeMap<Integer, String>();
        Matcher block = BLOCK.matcher(text);
        int from = text.length();
        int to = 0;
        while (block.find()) {
            from = Math.min(from, block.start());
            to = Math.max(to, block.end());
            Matcher entry = ENTRY.matcher(block.group(2));
            while (entry.find()) read(entry, block.group(1).equals("bfrange"), meanings);
        }
        if (meanings.isEmpty()) return;
        // The count stands before "begin": whatever was there goes with it.
        String head = text.substring(0, from).replaceFirst("\\d+\\s*$", "");
        try (OutputStream out = map.createOutputStream(COSName.FLATE_DECODE)) {
            out.write((head + blocks(meanings) + text.substring(to)).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void read(Matcher entry, boolean range, Map<Integer, String> meanings) {
        if (!range) {
            if (entry.group(4) != null) meanings.put(hex(entry.group(4)), plain(words(entry.group(5))));
            return;
        }
        if (entry.group(1) == null) return;
        int first = hex(entry.group(1));
        String words = words(entry.group(3));
        int last = words.codePointBefore(words.length());
        String before = words.substring(0, words.length() - Character.charCount(last));
        for (int code = first; code <= hex(entry.group(2)); code++)
            meanings.put(code, plain(before + Character.toString(last + code - first)));
    }

    private String plain(String shapes) {
        String letters = Normalizer.normalize(shapes, Normalizer.Form.NFKC).replaceAll("^ (?=\\p{M})", "");
        // Lam with alef is one shape of two letters: programs that turn a line round would turn them, too.
        if (letters.length() > 1 && letters.charAt(0) == '\u0644') return shapes;
        if (persian || letters.equals(shapes)) return letters;
        var arabic = new StringBuilder();
        for (char letter : letters.toCharArray()) arabic.append((char) ARABIC.getOrDefault(letter, letter));
        return arabic.toString();
    }

    private static String blocks(Map<Integer, String> meanings) {
        var blocks = new StringBuilder();
        List<Map.Entry<Integer, String>> all = new ArrayList<>(meanings.entrySet());
        for (int i = 0; i < all.size(); i += 100) {
            List<Map.Entry<Integer, String>> some = all.subList(i, Math.min(all.size(), i + 100));
            blocks.append(i == 0 ? "" : "\n").append(some.size()).append(" beginbfchar\n");
            for (var one : some) {
                blocks.append("<%04X> <".formatted(one.getKey()));
                for (char c : one.getValue().toCharArray()) blocks.append("%04X".formatted((int) c));
                blocks.append(">\n");
            }
            blocks.append("endbfchar");
        }
        return blocks.toString();
    }

    private static int hex(String digits) {
        return Integer.parseInt(digits, 16);
    }

    private static String words(String digits) {
        var words = new StringBuilder();
        for (int i = 0; i + 4 <= digits.length(); i += 4) words.append((char) hex(digits.substring(i, i + 4)));
        return words.toString();
    }
}
