package press.masthead.platform.mail;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the server said it can do (EHLO), and the envelope commands that follow from it. {@code limit} is 0 without SIZE. */
record Offer(
        boolean pipelining,
        boolean eightBit,
        boolean international,
        boolean size,
        long limit,
        boolean startTls,
        Set<String> logins) {

    static final Offer NONE = new Offer(false, false, false, false, 0, false, Set.of());

    static Offer of(String ehlo) {
        Set<String> words = new HashSet<>();
        Set<String> logins = new HashSet<>();
        long limit = 0;
        String[] lines = ehlo.split("\n");
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].strip().toUpperCase(Locale.ROOT).split("[ =]+");
            words.add(parts[0]);
            if (parts[0].equals("AUTH")) {
                logins.addAll(Set.copyOf(Arrays.asList(parts).subList(1, parts.length)));
            }
            if (parts[0].equals("SIZE") && parts.length > 1 && parts[1].matches("\\d{1,18}")) {
                limit = Long.parseLong(parts[1]);
            }
        }
        return new Offer(
                words.contains("PIPELINING"),
                words.contains("8BITMIME"),
                words.contains("SMTPUTF8"),
                words.contains("SIZE"),
                limit,
                words.contains("STARTTLS"),
                Set.copyOf(logins));
    }

    /** Why this server could never take such a letter, known without asking it. */
    Outcome.@Nullable Refused refusal(Envelope envelope) {
        if (!envelope.ascii() && !international) {
            return new Outcome.Refused(
                    new Reply(553, "5.6.7", "the mail server takes no address with letters beyond ASCII"));
        }
        if (limit > 0 && envelope.size() > limit) {
            return new Outcome.Refused(
                    new Reply(552, "5.3.4", "the mail server takes no letter over " + limit + " bytes"));
        }
        return null;
    }

    void envelope(Envelope envelope, Bytes into) {
        into.utf8(mail(envelope)).utf8(rcpt(envelope)).ascii("DATA\r\n");
    }

    String mail(Envelope envelope) {
        return "MAIL FROM:<" + wire(envelope.from()) + ">"
                + (size && envelope.size() > 0 ? " SIZE=" + envelope.size() : "")
                + (eightBit && envelope.eightBit() ? " BODY=8BITMIME" : "")
                + (envelope.ascii() ? "" : " SMTPUTF8")
                + "\r\n";
    }

    String rcpt(Envelope envelope) {
        return "RCPT TO:<" + wire(envelope.to()) + ">\r\n";
    }

    private static String wire(String address) {
        return address.isEmpty() ? "" : MailAddress.forWire(address);
    }
}
