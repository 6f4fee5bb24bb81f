package press.masthead.deliveries;

import java.time.Instant;
import java.util.Map;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.MessageDraft;
import press.masthead.platform.mail.Slot;

/**
 * A send as its owner decides it.
 *
 * @param kind whose it is, such as {@code edition}
 * @param reference which one, such as the edition's id; kind and reference together can be owed once
 * @param subject for people who look at a list of mailings
 * @param returnPath where bounces go; a {@code *} in it becomes mailing-letter, so that a bounce names its letter
 * @param domain the right side of each Message-ID
 * @param variants the frozen messages by name, each made from {@link #draft}
 * @param reserved which of the variants are for members, by name; the others are for everyone they are owed to
 * @param startsAt nothing leaves before
 * @param deadline nothing leaves after, until a person decides
 */
public record Mailing(
        String kind,
        String reference,
        String subject,
        String returnPath,
        String domain,
        Map<String, FrozenMessage> variants,
        Map<String, Reserved> reserved,
        Instant startsAt,
        Instant deadline) {
    /** The reader's name, for a greeting. */
    public static final String NAME = "name";

    public static final String ADDRESS = "address";

    /** What the audience's {@code token} column held, for unsubscribe links. */
    public static final String TOKEN = "token";

    static final String MESSAGE_ID = "message-id";

    public Mailing {
        if (variants.isEmpty()) throw new IllegalArgumentException("a mailing needs a message");
        if (!domain.matches("[A-Za-z0-9.-]{1,253}")) throw new IllegalArgumentException("not a domain: " + domain);
        if (!returnPath.isEmpty() && !MailAddress.isAddress(returnPath.replace("*", "1-1"))) {
            throw new IllegalArgumentException("not a return address: " + returnPath);
        }
        variants = Map.copyOf(variants);
        reserved = Map.copyOf(reserved);
        if (!variants.keySet().containsAll(reserved.keySet()))
            throw new IllegalArgumentException("a variant is reserved that the mailing has not");
    }

    /** Of messages that are for everyone they are owed to. */
    public Mailing(
            String kind,
            String reference,
            String subject,
            String returnPath,
            String domain,
            Map<String, FrozenMessage> variants,
            Instant startsAt,
            Instant deadline) {
        this(kind, reference, subject, returnPath, domain, variants, Map.of(), startsAt, deadline);
    }

    /** A draft whose To and Message-ID come from the letter's row. */
    public static MessageDraft draft(MailAddress from) {
        return FrozenMessage.draft()
                .from(from)
                .toSlots(NAME, ADDRESS)
                .header("Message-ID", "<" + Slot.mark(MESSAGE_ID) + ">");
    }
}
