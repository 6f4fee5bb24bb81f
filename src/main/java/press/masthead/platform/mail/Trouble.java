package press.masthead.platform.mail;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Broken connections in words for an operator. */
final class Trouble {
    private Trouble() {}

    /** Answers that speak of the server or the log-in, never of one letter. */
    static boolean ofServer(Reply reply) {
        return switch (reply.code()) {
            case 421, 454, 530, 534, 535, 538 -> true;
            default -> false;
        };
    }

    static ServerTrouble lost(SmtpServer server, boolean late, IOException cause) {
        return new ServerTrouble(
                "The mail server " + server.shown() + (late ? " did not answer in time." : " broke off: " + why(cause)),
                cause);
    }

    static String why(Throwable cause) {
        return switch (cause) {
            case UnknownHostException e -> "there is no such host.";
            case UnresolvedAddressException e -> "there is no such host.";
            case ConnectException e -> "the connection was refused.";
            case EOFException e -> "it hung up.";
            case ClosedChannelException e -> "the connection was closed.";
            case SSLException e -> "the encrypted connection failed (" + e.getMessage() + ").";
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() + "." : cause.getMessage() + ".";
        };
    }
}
