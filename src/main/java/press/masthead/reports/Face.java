package press.masthead.reports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import press.masthead.platform.web.Typeset;

/** A typeface of which a line's letters alone go into a PDF, numbered anew (ISO 32000-1, 9.7). Read once, for everyone. */
final class Face {
    /** What a PDF needs of a typeface (9.9); the names of its letters are told by the table that {@link #unicode} writes. */
    private static final List<String> TABLES =
            List.of("head", "hhea", "loca", "maxp", "cvt ", "prep", "glyf", "hmtx", "fpgm");

    /** How many objects a line's type is in a file. */
    static final int OBJECTS = 5;

    private static final int AT_ONCE = 100;

    private final String name;
    private final TrueTypeFont type;
    private final CmapLookup letters;

    Face(String name) {
        this.name = name;
        try (var in = Typeset.face(name)) {
            type = new TTFParser().parse(new RandomAccessReadBuffer(in));
            letters = type.getUnicodeCmapLookup();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean canWrite(String line) {
        return line.codePoints().allMatch(letter -> letters.getGlyphId(letter) != 0);
    }

    /**
     * A line as it is shown.
     *
     * @param codes its letters, as hexadecimal digits
     * @param width in thousandths of its size
     */
    record Line(String codes, float width) {}

    /** Writes the type of this line as five objects from a number on, the first of which is the font's. */
    Line write(Behind file, long from, String line) {
        // A typeface is looked through by one at a time.
        synchronized (this) {
            try {
                return subset(file, from, line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Line subset(Behind file, long from, String line) throws IOException {
        var subsetter = new TTFSubsetter(type, TABLES);
        line.codePoints().forEach(subsetter::add);
        var old = new HashMap<Integer, Integer>();
        subsetter.getGIDMap().forEach((fresh, was) -> old.put(was, fresh));
        var out = new ByteArrayOutputStream(16 << 10);
        subsetter.writeToStream(out);

        var codes = new StringBuilder();
        Map<Integer, Integer> shown = new LinkedHashMap<>();
        float width = 0;
        for (int letter : line.codePoints().toArray()) {
            int glyph = letters.getGlyphId(letter);
            int code = old.getOrDefault(glyph, 0);
            shown.putIfAbsent(code, letter);
            codes.append("%04X".formatted(code));
            width += wide(glyph);
        }
        String called = "/MASTHD+" + name;
        file.object(
                from,
                "<< /Type /Font /Subtype /Type0 /BaseFont %s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
                        .formatted(called, from + 1, from + 4));
        file.object(
                from + 1,
                "<< /Type /Font /Subtype /CIDFontType2 /BaseFont %s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /CIDToGIDMap /Identity /W [%s] >>"
                        .formatted(called, from + 2, widths(line, old)));
        file.object(from + 2, descriptor(called, from + 3));
        file.stream(from + 3, "/Length1 " + out.size(), out.toByteArray());
        file.stream(from + 4, "", unicode(shown).getBytes(StandardCharsets.US_ASCII));
        return new Line(codes.toString(), width);
    }

    private String widths(String line, Map<Integer, Integer> old) throws IOException {
        var widths = new StringBuilder();
        for (int letter : line.codePoints().distinct().toArray()) {
            int glyph = letters.getGlyphId(letter);
            widths.append("%d [%s] ".formatted(old.getOrDefault(glyph, 0), Float.toString(wide(glyph))));
        }
        return widths.toString().strip();
    }

    private float wide(int glyph) throws IOException {
        return type.getAdvanceWidth(glyph) * thousandth();
    }

    private float thousandth() throws IOException {
        return 1000f / type.getUnitsPerEm();
    }

    private String descriptor(String called, long program) throws IOException {
        var head = type.getHeader();
        var lines = type.getHorizontalHeader();
        float scale = thousandth();
        return "<< /Type /FontDescriptor /FontName %s /Flags 4 /FontBBox [%s %s %s %s] /ItalicAngle 0 /Ascent %s /Descent %s /CapHeight %s /StemV 80 /FontFile2 %d 0 R >>"
                .formatted(
                        called,
                        head.getXMin() * scale,
                        head.getYMin() * scale,
                        head.getXMax() * scale,
                        head.getYMax() * scale,
                        lines.getAscender() * scale,
                        lines.getDescender() * scale,
                        lines.getAscender() * scale * 0.75f,
                        program);
    }

    /** Which letter each code stands for (9.10.3), so that a line can be searched and copied. */
    private static String unicode(Map<Integer, Integer> shown) {
        var map = new StringBuilder(
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        var all = new ArrayList<>(shown.entrySet());
        for (int at = 0; at < all.size(); at += AT_ONCE) {
            var some = all.subList(at, Math.min(all.size(), at + AT_ONCE));
            map.append(some.size()).append(" beginbfchar\n");
            for (var one : some) {
                map.append("<%04X> <".formatted(one.getKey()));
                for (char unit : Character.toChars(one.getValue())) map.append("%04X".formatted((int) unit));
                map.append(">\n");
            }
            map.append("endbfchar\n");
        }
        return map + "endcmap CMapName currentdict /CMap defineresource pop end end";
    }
}
