package press.masthead.platform.web;

import org.jspecify.annotations.Nullable;

/** The part of a form that says where to go next, trusted only to lead to this site. */
public final class LocalPath {
    private LocalPath() {}

    /** The text when it is a path on this site, else empty. Browsers read "//", "/\" and "/TAB/" as another host. */
    public static String of(@Nullable String next) {
        if (next == null || next.length() > 500 || !next.startsWith("/")) return "";
        if (next.startsWith("//") || next.indexOf('\\') >= 0) return "";
        if (next.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) return "";
        return next;
    }
}
