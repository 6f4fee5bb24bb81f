package press.masthead.signin;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as an SVG picture, drawn here so that no secret leaves the server to be drawn. */
final class Square {
    private static final int QUIET = 4;

    private Square() {}

    static String svg(String text, String label) {
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
        return "<svg class=\"qr\" role=\"img\" aria-label=\"" + label + "\" viewBox=\"0 0 " + size + ' ' + size
                + "\" width=\"220\" height=\"220\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size
                + 'v' + size
                + "H0z\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
    }
}
