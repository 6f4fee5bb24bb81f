package press.masthead.reports;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import press.masthead.platform.web.Typeset;

/**
 * The shapes of a chart's drawing ({@link press.masthead.charts.Svg}) on paper, in the theme's colours by day. Its words are not among
 * them: they are text on the page, so that they are shaped, found and read aloud like any other.
 */
record ChartDrawing(double width, double height, List<Mark> marks) implements Typeset.Drawing {
    private static final Color RULE = new Color(0xddd7ca);
    private static final Color LINE = new Color(0x857e6f);
    private static final List<Color> SERIES = List.of(
            new Color(0x1f5f8b),
            new Color(0xb4511f),
            new Color(0x3d7a3a),
            new Color(0x7a4a94),
            new Color(0xa5281b),
            new Color(0x5b564b));

    private static final float[][] DASHES = {{}, {7, 4}, {2, 4}, {10, 3, 2, 3}, {4, 2}, {1, 3}};
    private static final Pattern STEP = Pattern.compile("([MLhvZ])\\s*(-?[\\d.]+)?(?:\\s+(-?[\\d.]+))?");
    private static final Pattern SERIES_CLASS = Pattern.compile("\\bs(\\d)\\b");

    /** One shape, and how it is put on paper. */
    private record Mark(Shape shape, How how, int series) {}

    private enum How {
        GRID,
        ZERO,
        FILL,
        FAINT,
        STROKE,
        STRIPES
    }

    static ChartDrawing of(Element svg) {
        String[] box = svg.attr("viewbox").split(" ", -1);
        var marks = new ArrayList<Mark>();
        for (Element shape : svg.select("line, rect, path, circle")) {
            if (shape.hasClass("hit") || shape.closest(".tip, defs") != null) continue;
            marks.add(mark(shape));
        }
        return new ChartDrawing(Double.parseDouble(box[2]), Double.parseDouble(box[3]), marks);
    }

    /** The sign of a series in a legend. */
    static ChartDrawing key(int series) {
        return new ChartDrawing(
                24,
                12,
                List.of(
                        new Mark(new Rectangle2D.Double(0, 0, 24, 12), How.FAINT, series % 6),
                        new Mark(new Line2D.Double(0, 6, 24, 6), How.STROKE, series % 6)));
    }

    private static Mark mark(Element shape) {
        Matcher named = SERIES_CLASS.matcher(shape.className());
        int series = named.find() ? Integer.parseInt(named.group(1)) : 0;
        return switch (shape.normalName()) {
            case "line" ->
                new Mark(
                        new Line2D.Double(n(shape, "x1"), n(shape, "y1"), n(shape, "x2"), n(shape, "y2")),
                        shape.hasClass("zero") ? How.ZERO : How.GRID,
                        0);
            case "circle" -> {
                double r = n(shape, "r");
                yield new Mark(
                        new Ellipse2D.Double(n(shape, "cx") - r, n(shape, "cy") - r, 2 * r, 2 * r), How.FILL, series);
            }
            case "rect" ->
                new Mark(
                        new Rectangle2D.Double(n(shape, "x"), n(shape, "y"), n(shape, "width"), n(shape, "height")),
                        shape.attr("fill").startsWith("url(") ? How.STRIPES : How.FILL,
                        shape.attr("fill").startsWith("url(") ? stripes(shape.attr("fill")) : series);
            default ->
                new Mark(
                        path(shape.attr("d")),
                        shape.hasClass("c-line") ? How.STROKE : shape.hasClass("c-area") ? How.FAINT : How.FILL,
                        series);
        };
    }

    /** Which pattern: {@code url(#id-p2)}. */
    private static int stripes(String fill) {
        return Integer.parseInt(fill.replaceAll("^.*-p(\\d+)\\)$", "$1"));
    }

    private static double n(Element shape, String name) {
        return Double.parseDouble(shape.attr(name));
    }

    private static Path2D path(String steps) {
        var path = new Path2D.Double();
        Matcher step = STEP.matcher(steps);
        while (step.find()) {
            double first = step.group(2) == null ? 0 : Double.parseDouble(step.group(2));
            double second = step.group(3) == null ? 0 : Double.parseDouble(step.group(3));
            switch (step.group(1)) {
                case "M" -> path.moveTo(first, second);
                case "L" -> path.lineTo(first, second);
                case "h" ->
                    path.lineTo(
                            path.getCurrentPoint().getX() + first,
                            path.getCurrentPoint().getY());
                case "v" ->
                    path.lineTo(
                            path.getCurrentPoint().getX(),
                            path.getCurrentPoint().getY() + first);
                default -> path.closePath();
            }
        }
        return path;
    }

    @Override
    public void on(Graphics2D graphics) {
        for (Mark mark : marks)
            switch (mark.how) {
                case GRID -> stroke(graphics, mark.shape, RULE, new BasicStroke(1));
                case ZERO -> stroke(graphics, mark.shape, LINE, new BasicStroke(1.2f));
                case FILL -> fill(graphics, mark.shape, SERIES.get(mark.series));
                case FAINT -> fill(graphics, mark.shape, faint(SERIES.get(mark.series)));
                case STROKE -> stroke(graphics, mark.shape, SERIES.get(mark.series), line(mark.series));
                case STRIPES -> hatch(graphics, mark.shape.getBounds2D(), mark.series);
            }
    }

    private static BasicStroke line(int series) {
        float[] dashes = DASHES[series];
        return dashes.length == 0
                ? new BasicStroke(2.25f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(2.25f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, dashes, 0);
    }

    private static void stroke(Graphics2D graphics, Shape shape, Color color, BasicStroke stroke) {
        graphics.setColor(color);
        graphics.setStroke(stroke);
        graphics.draw(shape);
    }

    private static void fill(Graphics2D graphics, Shape shape, Color color) {
        graphics.setColor(color);
        graphics.fill(shape);
    }

    /** A tint instead of a veil: printers have no trouble with it. */
    private static Color faint(Color color) {
        return new Color(tint(color.getRed()), tint(color.getGreen()), tint(color.getBlue()));
    }

    private static int tint(int part) {
        return (int) (255 - (255 - part) * 0.2);
    }

    /** White lines across a bar, in a direction of their own for each series. */
    private static void hatch(Graphics2D graphics, Rectangle2D bar, int series) {
        graphics.setColor(Color.WHITE);
        graphics.setStroke(new BasicStroke(1.2f));
        double slope = List.of(1.0, -1.0, 0.0, 0.0, 0.4).get((series - 1) % 5);
        double right = bar.getMaxX();
        double left = bar.getX();
        double rise = slope * bar.getWidth();
        double from = bar.getY() - Math.abs(rise);
        for (double y = from + 6; y < bar.getMaxY() + Math.abs(rise); y += 6) {
            var line = new Line2D.Double(left, y, right, y + rise);
            Line2D inside = clipped(line, bar);
            if (inside != null) graphics.draw(inside);
        }
    }

    private static @org.jspecify.annotations.Nullable Line2D clipped(Line2D line, Rectangle2D bar) {
        double low = 0;
        double high = 1;
        double down = line.getY2() - line.getY1();
        if (Math.abs(down) < 1e-9) return line.getY1() > bar.getY() && line.getY1() < bar.getMaxY() ? line : null;
        double top = (bar.getY() - line.getY1()) / down;
        double bottom = (bar.getMaxY() - line.getY1()) / down;
        low = Math.max(low, Math.min(top, bottom));
        high = Math.min(high, Math.max(top, bottom));
        if (low >= high) return null;
        double across = line.getX2() - line.getX1();
        return new Line2D.Double(
                line.getX1() + low * across,
                line.getY1() + low * down,
                line.getX1() + high * across,
                line.getY1() + high * down);
    }
}
