package press.masthead.platform.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLSocketFactory;

/** The beginning of a dialogue: greeting, EHLO, encryption, log-in. Nothing that is said here is logged. */
final class Greeting {
    private final SmtpServer server;
    private final Wire wire;
    private final SSLSocketFactory certificates;

    Greeting(SmtpServer server, Wire wire, SSLSocketFactory certificates) {
        this.server = server;
        this.wire = wire;
        this.certificates = certificates;
    }

    Offer exchange() throws IOException, ServerTrouble {
        wire.within(server.timeouts().answer());
        if (server.tls() == SmtpServer.Tls.IMPLICIT) {
            wire.encrypt(certificates, server.host());
        }
        Reply hello = wire.reply();
        if (!hello.positive()) {
            throw trouble("takes no connections: " + hello);
        }
        Offer offer = ehlo();
        if (server.tls() == SmtpServer.Tls.REQUIRED || (server.tls() == SmtpServer.Tls.OFFERED && offer.startTls())) {
            if (!offer.startTls()) {
                throw trouble("offers no encryption, and SMTP_URL requires it (tls=required).");
            }
            Reply start = say("STARTTLS");
            if (!start.positive()) {
                throw trouble("does not start encryption: " + start);
            }
            wire.encrypt(certificates, server.host());
            offer = ehlo();
        }
        if (!server.user().isEmpty()) {
            logIn(offer);
        }
        return offer;
    }

    private Offer ehlo() throws IOException, ServerTrouble {
        Reply reply = say("EHLO " + name());
        if (reply.positive()) {
            return Offer.of(wire.lastLines());
        }
        Reply old = say("HELO " + name());
        if (!old.positive()) {
            throw trouble("does not greet back: " + reply);
        }
        return Offer.NONE;
    }

    private void logIn(Offer offer) throws IOException, ServerTrouble {
        if (!wire.encrypted() && !wire.local() && server.tls() != SmtpServer.Tls.NEVER) {
            throw trouble("offers no encryption, so the password was not sent (tls=never in SMTP_URL would send it).");
        }
        Reply reply;
        if (offer.logins().contains("PLAIN")) {
            reply = say("AUTH PLAIN " + base64("\0" + server.user() + "\0" + server.password()));
        } else if (offer.logins().contains("LOGIN")) {
            reply = say("AUTH LOGIN");
            if (reply.code() == 334) {
                reply = say(base64(server.user()));
            }
            if (reply.code() == 334) {
                reply = say(base64(server.password()));
            }
        } else {
            throw trouble("offers no log-in known here (PLAIN, LOGIN).");
        }
        if (!reply.positive()) {
            throw trouble("did not accept the log-in: " + reply);
        }
    }

    private Reply say(String line) throws IOException {
        wire.within(server.timeouts().answer());
        wire.write(new Bytes(256).ascii(line).ascii("\r\n"));
        return wire.reply();
    }

    private String name() throws IOException {
        if (!server.helo().isEmpty()) {
            return server.helo();
        }
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (host.contains(".") && host.matches("[A-Za-z0-9.-]+")) {
                return host;
            }
        } catch (UnknownHostException nameless) {
            // the address will do
        }
        return wire.localAddress();
    }

    private ServerTrouble trouble(String what) {
        return new ServerTrouble("The mail server " + server.shown() + " " + what);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
