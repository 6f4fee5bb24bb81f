package press.masthead.signin;

import java.util.Locale;

/** How someone has shown who they are. */
enum How {
    LINK,
    CODE,
    PROVIDER,
    /** A passkey, which a face, a finger or a PIN has unlocked: two factors in one. */
    PASSKEY,
    /** A link that only whoever runs the server has seen. */
    CONSOLE;

    /** Whether that is enough for the newsroom. */
    boolean strong() {
        return this == PASSKEY || this == CONSOLE;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
