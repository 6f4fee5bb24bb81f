package press.masthead.reports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/**
 * A line at the foot of every page that says whose copy it is. A kept PDF has room for it: each page shows one shared form (ISO
 * 32000-1, 8.10), empty until it is stamped. To stamp is to write that one form anew behind the file's end (7.5.6), however many pages
 * there are, and without reading what stands before.
 */
final class Stamp {
    private static final COSName ROOM = COSName.getPDFName("MastheadStamp");
    private static final float SIZE = 6.5f;
    private static final float FROM_THE_FOOT = 22;
    /** Most names are written in the first, which is a seventh as large; the second has more scripts. */
    private static final Face LATIN = new Face("LibreFranklin-Regular");

    private static final Face ANY = new Face("DejaVuSans");

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
            return Room.marked(out.toByteArray(), ROOM);
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
        return ANY.canWrite(line);
    }

    /**
     * The same pages with this line on each.
     *
     * @param kept made by {@link #makeRoom}
     */
    static byte[] on(byte[] kept, String line) {
        Room room = Room.of(kept);
        String visual = Visual.order(line);
        var behind = new Behind(kept, room);
        long font = room.next();
        Face face = LATIN.canWrite(visual) ? LATIN : ANY;
        Face.Line shown = face.write(behind, font, visual);
        String content = "q BT /F %s Tf 0.36 0.34 0.29 rg 1 0 0 1 %s %s Tm <%s> Tj ET Q"
                .formatted(SIZE, (room.width() - shown.width() / 1000 * SIZE) / 2, FROM_THE_FOOT, shown.codes());
        behind.stream(
                room.form(),
                "/Type /XObject /Subtype /Form /BBox [0 0 %s %s] /Resources << /Font << /F %d 0 R >> >>"
                        .formatted(room.width(), room.height(), font),
                content.getBytes(StandardCharsets.US_ASCII));
        return behind.finished(font + Face.OBJECTS);
    }
}
