package press.masthead.site;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import press.masthead.platform.storage.Files;
import press.masthead.platform.web.Problem;

/** Signs and icons drawn in SVG: taken in as shapes and colours alone, kept under the hash of what was left. */
public final class Drawings {
    private static final String FOLDER = "emblems/";
    private static final String ADDRESS = "/content/emblems/";
    private static final Set<String> SHAPES = Set.of(
            "svg",
            "g",
            "path",
            "circle",
            "ellipse",
            "rect",
            "line",
            "polyline",
            "polygon",
            "title",
            "desc",
            "defs",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "mask");
    private static final Set<String> WAYS = Set.of(
            "xmlns",
            "viewBox",
            "width",
            "height",
            "id",
            "d",
            "points",
            "cx",
            "cy",
            "r",
            "rx",
            "ry",
            "x",
            "y",
            "x1",
            "x2",
            "y1",
            "y2",
            "fx",
            "fy",
            "offset",
            "fill",
            "fill-rule",
            "fill-opacity",
            "clip-rule",
            "clip-path",
            "mask",
            "stroke",
            "stroke-width",
            "stroke-linecap",
            "stroke-linejoin",
            "stroke-opacity",
            "stroke-dasharray",
            "stroke-miterlimit",
            "opacity",
            "transform",
            "stop-color",
            "stop-opacity",
            "gradientUnits",
            "gradientTransform",
            "clipPathUnits",
            "maskUnits",
            "role",
            "aria-label");

    private final Files files;

    public Drawings(Files files) {
        this.files = files;
    }

    static boolean isOne(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 400), StandardCharsets.UTF_8);
        return start.contains("<svg");
    }

    /**
     * Keeps the drawing, cleaned, and gives back its address.
     *
     * @throws Problem 422 when it is no SVG or has no {@code viewBox}, 507 when the disk is full
     */
    public String add(byte[] bytes) {
        byte[] clean = clean(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        String name = hash(clean) + ".svg";
        files.put(FOLDER + name, clean);
        return ADDRESS + name;
    }

    /** Shapes and how they look; whatever could act, fetch or say more than that goes. */
    static String clean(String text) {
        Document document = Jsoup.parse(text, "", Parser.xmlParser());
        document.outputSettings().syntax(Document.OutputSettings.Syntax.xml).prettyPrint(false);
        Element svg = document.selectFirst("svg");
        if (svg == null || !svg.hasAttr("viewBox"))
            throw Problem.invalid("This file is not a drawing that we can open. Please send an SVG with a viewBox.");
        strip(svg);
        return svg.attr("xmlns", "http://www.w3.org/2000/svg").outerHtml();
    }

    private static void strip(Element element) {
        for (var attribute : List.copyOf(element.attributes().asList()))
            if (!WAYS.contains(attribute.getKey()) || leadsAway(attribute.getValue()))
                element.removeAttr(attribute.getKey());
        for (Node child : List.copyOf(element.childNodes())) {
            if (child instanceof Element inner && SHAPES.contains(inner.tagName())) strip(inner);
            else if (!(child instanceof TextNode)) child.remove();
        }
    }

    private static boolean leadsAway(String value) {
        String plain = value.replaceAll("\\s", "");
        return plain.contains("url(") && !plain.matches("url\\(#[\\w-]+\\)");
    }

    /** GET /content/emblems/{name} */
    public void show(Context ctx) {
        String name = ctx.pathParam("name");
        if (!name.matches("[0-9a-f]{12}\\.svg")) throw Problem.notFound("There is no such picture.");
        ctx.contentType("image/svg+xml")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .result(files.get(FOLDER + name).orElseThrow(() -> Problem.notFound("There is no such picture.")));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
