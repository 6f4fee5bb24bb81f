package press.masthead.reports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Where a kept PDF takes its stamp: what has to be known of it to write behind its end without reading it. It is found once, when the
 * paper is set, and stands behind the file as a comment.
 *
 * @param form the number of the form that every page shows
 * @param next the first number that no object has
 * @param root of the catalogue
 * @param info of the document's title and author, 0 for none
 * @param id the file's first identifier, in hexadecimal
 * @param table where its last table of objects stands
 * @param width of its pages, in points
 * @param height of its pages
 */
record Room(long form, long next, long root, long info, String id, long table, float width, float height) {
    private static final int LONGEST = 400;
    private static final Pattern MARK = Pattern.compile(
            "\\n%MastheadRoom form=(\\d+) next=(\\d+) root=(\\d+) info=(\\d+) id=([0-9A-F]*) table=(\\d+) width=([0-9.]+) height=([0-9.]+)\\n$");

    /** The PDF with the comment behind it. */
    static byte[] marked(byte[] pdf, COSName form) throws IOException {
        byte[] mark = find(pdf, form).mark().getBytes(StandardCharsets.US_ASCII);
        byte[] marked = Arrays.copyOf(pdf, pdf.length + mark.length);
        System.arraycopy(mark, 0, marked, pdf.length, mark.length);
        return marked;
    }

    private static Room find(byte[] pdf, COSName form) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            COSDocument file = document.getDocument();
            if (!file.isXRefStream()) throw new IllegalArgumentException("a PDF with a table of the old kind");
            COSDictionary trailer = file.getTrailer();
            var first = document.getPage(0);
            COSDictionary forms = first.getResources().getCOSObject().getCOSDictionary(COSName.XOBJECT);
            return new Room(
                    number(forms, form),
                    1
                            + file.getXrefTable().keySet().stream()
                                    .mapToLong(COSObjectKey::getNumber)
                                    .max()
                                    .orElseThrow(),
                    number(trailer, COSName.ROOT),
                    trailer.getItem(COSName.INFO) == null ? 0 : number(trailer, COSName.INFO),
                    trailer.getDictionaryObject(COSName.ID) instanceof COSArray ids
                                    && ids.getObject(0) instanceof COSString one
                            ? HexFormat.of().withUpperCase().formatHex(one.getBytes())
                            : "",
                    file.getStartXref(),
                    first.getMediaBox().getWidth(),
                    first.getMediaBox().getHeight());
        }
    }

    private static long number(COSDictionary in, COSName name) {
        if (in.getItem(name) instanceof COSObject reference && reference.getKey() != null)
            return reference.getKey().getNumber();
        throw new IllegalArgumentException("a PDF whose " + name.getName() + " is no object of its own");
    }

    /** As it was marked. */
    static Room of(byte[] kept) {
        int from = Math.max(0, kept.length - LONGEST);
        Matcher mark = MARK.matcher(new String(kept, from, kept.length - from, StandardCharsets.ISO_8859_1));
        if (!mark.find()) throw new IllegalArgumentException("a PDF without room for a stamp");
        return new Room(
                Long.parseLong(mark.group(1)),
                Long.parseLong(mark.group(2)),
                Long.parseLong(mark.group(3)),
                Long.parseLong(mark.group(4)),
                mark.group(5),
                Long.parseLong(mark.group(6)),
                Float.parseFloat(mark.group(7)),
                Float.parseFloat(mark.group(8)));
    }

    private String mark() {
        return String.format(
                Locale.ROOT,
                "\n%%MastheadRoom form=%d next=%d root=%d info=%d id=%s table=%d width=%.2f height=%.2f\n",
                form,
                next,
                root,
                info,
                id,
                table,
                width,
                height);
    }
}
