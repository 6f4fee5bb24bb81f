package press.masthead.editions;

import java.util.Locale;

/**
 * A newsletter's colour in a letter, and the nearest to it that can be read as small text on a light and on a dark ground
 * (contrast of at least 4.5 to 1, WCAG 2.2, 1.4.3).
 *
 * @param bar as chosen, for lines and fields; each is {@code #rrggbb}
 * @param onBar black or white, whichever is read better upon it
 */
record Tint(String bar, String onBar, String onLight, String onDark) {
    static final String LIGHT = "#fffdf9";
    static final String DARK = "#161618";
    private static final double READABLE = 4.5;

    /** @param colour {@code #rrggbb}; anything else is a dark red */
    static Tint of(String colour) {
        String known = colour.matches("#[0-9a-fA-F]{6}") ? colour.toLowerCase(Locale.ROOT) : "#a3231b";
        String onBar = contrast(known, "#ffffff") >= contrast(known, "#111111") ? "#ffffff" : "#111111";
        return new Tint(known, onBar, towards(known, "#000000", LIGHT), towards(known, "#ffffff", DARK));
    }

    private static String towards(String colour, String end, String ground) {
        for (int share = 0; share <= 100; share += 4) {
            String mixed = mix(colour, end, share);
            if (contrast(mixed, ground) >= READABLE) return mixed;
        }
        return end;
    }

    private static String mix(String one, String other, int share) {
        var mixed = new StringBuilder("#");
        for (int i = 0; i < 3; i++)
            mixed.append("%02x".formatted((channel(one, i) * (100 - share) + channel(other, i) * share) / 100));
        return mixed.toString();
    }

    private static int channel(String colour, int index) {
        return Integer.parseInt(colour, 1 + 2 * index, 3 + 2 * index, 16);
    }

    /** From 1 to 21, as WCAG 2.2 defines it. */
    static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        return 0.2126 * linear(channel(colour, 0))
                + 0.7152 * linear(channel(colour, 1))
                + 0.0722 * linear(channel(colour, 2));
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
