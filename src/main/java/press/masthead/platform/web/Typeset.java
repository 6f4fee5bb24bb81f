package press.masthead.platform.web;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.FSObjectDrawerFactory;
import com.openhtmltopdf.extend.FSStream;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.awt.Graphics2D;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * HTML as a typeset book: serif and sans faces for Latin, Arabic and Hebrew in the box, vector drawings, bookmarks, and tags that tell
 * a screen reader what is a heading and what a table (PDF/UA-1). It fetches nothing but the pictures that it is handed.
 */
public final class Typeset {
    private static final String PICTURE = "picture";

    static {
        PaperLog.onlyTrouble();
    }

    private Typeset() {}

    /** Draws in a box of its own units. */
    public interface Drawing {
        double width();

        double height();

        void on(Graphics2D graphics);
    }

    /**
     * Sets it.
     *
     * @param page a whole page whose styles stand in it; families are "Serif" and "Sans", pictures {@code <img src="picture:name">},
     *     drawings {@code <object data-drawing="name">}
     * @param rtl whether the whole runs from the right
     */
    public static byte[] of(
            Document page,
            boolean rtl,
            Function<String, Optional<byte[]>> pictures,
            Map<String, ? extends Drawing> drawings) {
        var out = new ByteArrayOutputStream(1 << 20);
        var builder = new PdfRendererBuilder();
        font(builder, "Newsreader-Regular", "Serif", 400, FontStyle.NORMAL);
        font(builder, "Newsreader-Italic", "Serif", 400, FontStyle.ITALIC);
        font(builder, "Newsreader-SemiBold", "Serif", 700, FontStyle.NORMAL);
        font(builder, "LibreFranklin-Regular", "Sans", 400, FontStyle.NORMAL);
        font(builder, "LibreFranklin-SemiBold", "Sans", 700, FontStyle.NORMAL);
        font(builder, "NotoNaskhArabic-Regular", "Naskh", 400, FontStyle.NORMAL);
        font(builder, "NotoNaskhArabic-Bold", "Naskh", 700, FontStyle.NORMAL);
        font(builder, "FrankRuhlLibre-Regular", "Hebrew", 400, FontStyle.NORMAL);
        font(builder, "FrankRuhlLibre-Bold", "Hebrew", 700, FontStyle.NORMAL);
        font(builder, "DejaVuSans", "Any", 400, FontStyle.NORMAL);
        font(builder, "DejaVuSans-Bold", "Any", 700, FontStyle.NORMAL);
        builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
        builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
        builder.defaultTextDirection(rtl ? TextDirection.RTL : TextDirection.LTR);
        builder.useUriResolver((base, uri) -> uri != null && uri.startsWith(PICTURE + ":") ? uri : null);
        builder.useProtocolsStreamImplementation(
                uri -> new Bytes(
                        pictures.apply(uri.substring(PICTURE.length() + 1)).orElse(new byte[0])),
                PICTURE);
        builder.useObjectDrawerFactory(new Drawers(drawings));
        builder.usePdfUaAccessibility(true);
        builder.withProducer("Masthead");
        builder.withW3cDocument(new W3CDom().namespaceAware(false).fromJsoup(page), "");
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void font(PdfRendererBuilder builder, String file, String family, int weight, FontStyle style) {
        builder.useFont(() -> face(file), family, weight, style, true);
    }

    /** A typeface in the box, as TrueType. */
    public static InputStream face(String file) {
        return Objects.requireNonNull(Typeset.class.getResourceAsStream("/fonts/" + file + ".ttf"), file);
    }

    private record Bytes(byte[] bytes) implements FSStream {
        @Override
        public InputStream getStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public Reader getReader() {
            return new InputStreamReader(getStream(), StandardCharsets.UTF_8);
        }
    }

    private record Drawers(Map<String, ? extends Drawing> drawings) implements FSObjectDrawerFactory {
        @Override
        public @Nullable FSObjectDrawer createDrawer(Element element) {
            Drawing drawing = drawings.get(element.getAttribute("data-drawing"));
            if (drawing == null) return null;
            return (e, x, y, width, height, device, context, dots) -> {
                double across = width / dots;
                double down = height / dots;
                device.drawWithGraphics((float) x, (float) y, (float) across, (float) down, graphics -> {
                    graphics.scale(across / drawing.width(), down / drawing.height());
                    drawing.on(graphics);
                });
                return Map.of();
            };
        }

        @Override
        public boolean isReplacedObject(Element element) {
            return drawings.containsKey(element.getAttribute("data-drawing"));
        }
    }
}
