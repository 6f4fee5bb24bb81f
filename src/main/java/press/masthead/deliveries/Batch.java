package press.masthead.deliveries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Standing;
import press.masthead.deliveries.LetterRows.Became;
import press.masthead.deliveries.LetterRows.Place;
import press.masthead.deliveries.LetterRows.Taken;
import press.masthead.platform.mail.Bytes;
import press.masthead.platform.mail.DkimSigner;
import press.masthead.platform.mail.Envelope;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.mail.Letters;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.Outcome;
import press.masthead.platform.mail.Reply;
import press.masthead.platform.mail.Slot;

/** The letters that a hand has taken, spliced and signed as the connection asks for them, and what became of each. */
final class Batch implements Letters {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> WORDS = new TypeReference<>() {};

    /** So many refusals in a row, and no letter taken between them, are no accident of addresses. */
    private static final int ENOUGH_TO_TELL = 10;

    private static final int ROOM_FOR_SIGNATURE = 1024;

    private final OpenMailing mailing;
    private final @Nullable DkimSigner signer;
    private final BooleanSupplier maySend;
    private final Instant now;
    private final Duration giveUpAfter;
    private final DoubleSupplier chance;

    private final Iterator<Taken> ahead;
    private final Deque<Taken> begun = new ArrayDeque<>();
    private final Deque<Ready> unwritten = new ArrayDeque<>();
    private final List<Became> became = new ArrayList<>();
    private final List<Taken> taken;
    private final Map<Long, Standing> standings;
    private int answered;
    private final List<Reply> refusals = new ArrayList<>();

    /** @param standings of those who are asked; whoever is not among them is no member */
    Batch(
            OpenMailing mailing,
            List<Taken> taken,
            Map<Long, Standing> standings,
            @Nullable DkimSigner signer,
            BooleanSupplier maySend,
            Instant now,
            Duration giveUpAfter,
            DoubleSupplier chance) {
        this.mailing = mailing;
        this.taken = taken;
        this.standings = standings;
        this.ahead = taken.iterator();
        this.signer = signer;
        this.maySend = maySend;
        this.now = now;
        this.giveUpAfter = giveUpAfter;
        this.chance = chance;
    }

    /** A letter that can be made, with what goes into its slots. */
    private record Ready(FrozenMessage message, Slot.Values values) {}

    @Override
    public Optional<Envelope> next() {
        while (ahead.hasNext() && maySend.getAsBoolean()) {
            Taken letter = ahead.next();
            if (!MailAddress.isAddress(letter.address())) {
                became.add(new Became(letter.id(), LetterState.REFUSED, 1, now, 0, "This is not an e-mail address."));
                continue;
            }
            Map<String, String> personal = letter.personal().map(Batch::words).orElse(Map.of());
            String variant = letter.variant();
            Optional<Reserved> reserved = mailing.reserved(variant);
            if (reserved.isPresent()) {
                Reserved whose = reserved.get();
                Standing standing = standings.getOrDefault(letter.readerId(), new Standing.SignedIn());
                String whyNot = whose.whyNot(standing, personal.getOrDefault(Reserved.SLOT, ""), now);
                if (!whyNot.isEmpty() && whose.instead().isEmpty()) {
                    became.add(new Became(letter.id(), LetterState.CANCELLED, 0, now, 0, whyNot));
                    continue;
                }
                if (!whyNot.isEmpty()) variant = whose.instead();
            }
            Ready ready = new Ready(mailing.message(variant), values(letter, personal));
            Optional<String> missing = ready.message().missing(ready.values());
            if (missing.isPresent()) {
                // held back alone until a person decides, and shown with its reason: the others leave
                became.add(new Became(
                        letter.id(),
                        LetterState.DEFERRED,
                        0,
                        mailing.deadline(),
                        0,
                        Unmade.REASON + ": its part " + missing.get() + " could not be rendered."));
                continue;
            }
            String from = mailing.returnPath().replace("*", mailing.id() + "-" + letter.id());
            int size = ready.message().size() + ROOM_FOR_SIGNATURE;
            Envelope envelope = new Envelope(from, letter.address(), size, false);
            begun.add(letter);
            unwritten.add(ready);
            return Optional.of(envelope);
        }
        return Optional.empty();
    }

    @Override
    public boolean write(Bytes into) {
        Ready ready = unwritten.remove();
        int body = ready.message().splice(ready.values(), into);
        if (signer != null) signer.signFrozen(into, body);
        return true;
    }

    private Slot.Values values(Taken letter, Map<String, String> personal) {
        return slot -> switch (slot) {
            case Mailing.NAME -> letter.name();
            case Mailing.ADDRESS -> letter.address();
            case Mailing.TOKEN -> letter.token();
            case Mailing.MESSAGE_ID -> mailing.messageId(letter.id());
            default -> personal.getOrDefault(slot, "");
        };
    }

    @Override
    public void settled(Outcome outcome) {
        Taken letter = begun.remove();
        answered++;
        if (outcome instanceof Outcome.Refused(Reply reply)) refusals.add(reply);
        became.add(
                switch (outcome) {
                    case Outcome.Accepted(Reply reply) -> answered(letter, LetterState.ACCEPTED, reply);
                    case Outcome.Refused(Reply reply) -> answered(letter, LetterState.REFUSED, reply);
                    case Outcome.Deferred(Reply reply) -> deferred(letter, reply.code(), reply.toString());
                    case Outcome.Doubtful(String why) -> new Became(letter.id(), LetterState.DOUBTFUL, 1, now, 0, why);
                });
    }

    private Became answered(Taken letter, LetterState state, Reply reply) {
        return new Became(letter.id(), state, 1, now, reply.code(), reply.toString());
    }

    private Became deferred(Taken letter, int code, String reply) {
        Instant next = now.plus(Backoff.pause(letter.attempts() + 1, chance.getAsDouble()));
        // a full mailbox must not keep the whole mailing open past its deadline
        if (next.isAfter(mailing.deadline()) || next.isAfter(mailing.startedAt().plus(giveUpAfter)))
            return new Became(
                    letter.id(),
                    LetterState.REFUSED,
                    1,
                    now,
                    code,
                    "Given up after " + (letter.attempts() + 1) + " attempts, the last answer: " + reply);
        return new Became(letter.id(), LetterState.DEFERRED, 1, next, code, reply);
    }

    /**
     * What became of every letter. Those without an answer are owed as before: the connection itself says so when a letter broke
     * off in its middle, and nothing else is a letter's fault.
     */
    List<Became> became(String trouble) {
        for (Taken letter : begun) became.add(owed(letter, trouble));
        begun.clear();
        while (ahead.hasNext()) became.add(owed(ahead.next(), trouble));
        return became;
    }

    /**
     * The last refusal, when the server has refused every letter of this batch and the batch is large enough to tell.
     *
     * @param anyAccepted whether the mailing has letters that were accepted; then refusals that speak of an address are believed
     */
    Optional<Reply> refusedThemAll(BooleanSupplier anyAccepted) {
        if (refusals.size() < ENOUGH_TO_TELL || refusals.size() < answered) return Optional.empty();
        if (refusals.stream().anyMatch(Batch::speaksOfAnAddress) && anyAccepted.getAsBoolean()) return Optional.empty();
        return Optional.of(refusals.getLast());
    }

    /** RFC 3463: x.1.x is about an address (7 and 8 about the sender's), x.2.x about a mailbox. */
    private static boolean speaksOfAnAddress(Reply reply) {
        String status = reply.enhanced();
        return status.startsWith("5.2.")
                || status.startsWith("5.1.") && !status.equals("5.1.7") && !status.equals("5.1.8");
    }

    /** All letters of the batch as they were, whatever was answered. */
    List<Became> allOwed() {
        return taken.stream().map(letter -> owed(letter, "")).toList();
    }

    /** Where the next batch begins. */
    Place end() {
        return Place.behind(taken);
    }

    private Became owed(Taken letter, String trouble) {
        return new Became(letter.id(), LetterState.OWED, 0, now, 0, trouble);
    }

    private static Map<String, String> words(String json) {
        try {
            return JSON.readValue(json, WORDS);
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }
}
