package press.masthead.platform.web;

import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * A QR code, as a picture in a page and as a drawing on paper; drawn here, so that no secret leaves the server to be drawn. Dark on
 * white in every theme: phones read nothing else as well.
 */
public final class QrPicture {
    /** Four modules of white around it (ISO/IEC 18004, 6.3.8). */
    private static final int QUIET = 4;

    private QrPicture() {}

    /** @param label what someone who does not see it is told */
    public static String svg(String text, String label) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int size = code.size + 2 * QUIET;
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++)
            for (int x = 0; x < code.size; x++)
                if (code.getModule(x, y))
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
        return "<svg class=\"qr\" role=\"img\" aria-label=\"" + label.replaceAll("[<>&\"]", "") + "\" viewBox=\"0 0 "
                + size + ' '
                + size + "\" width=\"260\" height=\"260\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h"
                + size
                + 'v' + size + "H0z\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
    }

    /** The same for paper. */
    public static Typeset.Drawing drawing(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int size = code.size + 2 * QUIET;
        return new Typeset.Drawing() {
            @Override
            public double width() {
                return size;
            }

            @Override
            public double height() {
                return size;
            }

            @Override
            public void on(Graphics2D graphics) {
                graphics.setColor(Color.BLACK);
                for (int y = 0; y < code.size; y++)
                    for (int x = 0; x < code.size; x++)
                        if (code.getModule(x, y)) graphics.fill(new Rectangle2D.Double(x + QUIET, y + QUIET, 1, 1));
            }
        };
    }
}
