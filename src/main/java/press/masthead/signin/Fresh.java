package press.masthead.signin;

import io.javalin.http.Context;

/**
 * What an open laptop must not do: before money, exports, deletion, a new address or new keys, someone shows once more who
 * they are, unless they did within the hour.
 *
 * <p>{@code Fresh.require(ctx)} as the first line of a handler, GET or POST, is all there is to do. Where it is too long ago the
 * person sees a page that asks for a passkey or a code and then gets what they asked for, with the fields of their form.
 */
public final class Fresh {
    private static final String FRESH = "fresh";

    private Fresh() {}

    /** Goes on only for someone who has shown within the hour who they are. */
    public static void require(Context ctx) {
        if (!Boolean.TRUE.equals(ctx.attribute(FRESH))) throw new Needed();
    }

    static void say(Context ctx, boolean fresh) {
        ctx.attribute(FRESH, fresh);
    }

    /** Answered by {@link FreshPages#needed}. */
    public static final class Needed extends RuntimeException {
        Needed() {
            super("a fresh sign-in is needed", null, false, false);
        }
    }
}
