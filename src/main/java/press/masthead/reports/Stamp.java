package press.masthead.reports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import press.masthead.platform.web.Typeset;

/**
 * A line at the foot of every page that says whose copy it is. A kept PDF has room for it: each page shows one shared form (ISO
 * 32000-1, 8.10), empty until it is stamped. To stamp is to write that one form anew behind the file's end (7.5.6), however many pages
 * there are.
 */
final class Stamp {
    private static final COSName ROOM = COSName.getPDFName("MastheadStamp");
    private static final float SIZE = 6.5f;
    private static final float FROM_THE_FOOT = 22;
    /** Most names are written in the first, which is a seventh as large; the second has more scripts. */
    private static final TrueTypeFont LATIN = face("LibreFranklin-Regular");

    private static final TrueTypeFont ANY = face("DejaVuSans");

    private Stamp() {}

    /** Puts the empty form on each page, and has its letters read as letters. */
    static byte[] makeRoom(byte[] pdf, String language) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PlainLetters.in(document, language);
            var form = new PDFormXObject(document);
            form.setBBox(document.getPage(0).getMediaBox());
            form.setResources(new PDResources());
            for (PDPage page : document.getPages()) {
                PDResources resources = page.getResources();
                resources.put(ROOM, form);
                page.setResources(resources);
                try (var content =
                        new PDPageContentStream(document, page, PDPageContentStream.AppendMode.APPEND, true, true)) {
                    // No part of the text: a screen reader that reads a page aloud passes it over (14.8.2.2).
                    content.beginMarkedContent(COSName.ARTIFACT);
                    content.drawForm(form);
                    content.endMarkedContent();
                }
            }
            var out = new ByteArrayOutputStream(pdf.length + (64 << 10));

            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many pages it has. */
    static int pages(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether the type in the box has every letter of it */
    static boolean canWrite(String line) {
        return canWrite(ANY, line);
    }

    private static boolean canWrite(TrueTypeFont face, String line) {
        try {
            var letters = face.getUnicodeCmapLookup();
            return line.codePoints().allMatch(letter -> letters.getGlyphId(letter) != 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same pages with this line on each.
     *
     * @param kept made by {@link #makeRoom}
     */
    static byte[] on(byte[] kept, String line) {
        try (PDDocument document = Loader.loadPDF(kept)) {
            PDPage first = document.getPage(0);
            if (!(first.getResources().getXObject(ROOM) instanceof PDFormXObject form))
                throw new IllegalArgumentException("a PDF without room for a stamp");
            String visual = Visual.order(line);
            var out = new ByteArrayOutputStream(kept.length + (32 << 10));
            TrueTypeFont face = canWrite(LATIN, visual) ? LATIN : ANY;
            // A face was read once, for all; it is looked through by one at a time.
            synchronized (face) {
                PDFont font = PDType0Font.load(document, face, true);
                visual.codePoints().forEach(font::addToSubset);
                write(form, font, visual, first.getMediaBox());
                // Saved behind the end, a document does not do this by itself.
                font.subset();
                COSStream stream = form.getCOSObject();
                stream.setNeedToBeUpdated(true);
                document.saveIncremental(out, Set.of(stream));
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(PDFormXObject form, PDFont font, String line, PDRectangle page) throws IOException {
        byte[] encoded = font.encode(line);
        float width = font.getStringWidth(line) / 1000 * SIZE;
        var resources = new PDResources();
        COSName name = resources.add(font);
        form.setResources(resources);
        var hex = new StringBuilder();
        for (byte b : encoded) hex.append("%02X".formatted(b));
        String content = "q BT /%s %s Tf 0.36 0.34 0.29 rg 1 0 0 1 %s %s Tm <%s> Tj ET Q"
                .formatted(name.getName(), SIZE, (page.getWidth() - width) / 2, FROM_THE_FOOT, hex);
        try (OutputStream out = form.getCOSObject().createOutputStream(COSName.FLATE_DECODE)) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static TrueTypeFont face(String name) {
        try (var in = Typeset.face(name)) {
            return new TTFParser().parse(new RandomAccessReadBuffer(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
