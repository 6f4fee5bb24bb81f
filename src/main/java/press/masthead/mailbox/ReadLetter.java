package press.masthead.mailbox;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * A letter taken apart for reading.
 *
 * @param text the plain part, or empty
 * @param html the HTML part, or empty
 */
record ReadLetter(String subject, List<Line> headers, String text, String html) {
    record Line(String name, String value) {}

    static ReadLetter of(byte[] source) throws MessagingException, IOException {
        var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
        List<Line> headers = Collections.list(message.getAllHeaders()).stream()
                .map((Header header) -> new Line(header.getName(), header.getValue()))
                .toList();
        String subject = message.getSubject();
        return new ReadLetter(
                subject == null ? "" : subject, headers, find(message, "text/plain"), find(message, "text/html"));
    }

    private static String find(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) return String.valueOf(part.getContent());
        if (!(part.getContent() instanceof Multipart parts)) return "";
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart inner = parts.getBodyPart(i);
            String found = find(inner, type);
            if (!found.isEmpty()) return found;
        }
        return "";
    }
}
