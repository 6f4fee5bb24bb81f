package press.masthead.billing;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import press.masthead.platform.web.Problem;
import press.masthead.stripe.Notice;
import press.masthead.stripe.Signature;

/** Where Stripe tells us what has happened. It is written down and answered; the handling comes after that. */
public final class StripeWebhook {
    /** Stripe's own are below 256 KB. */
    private static final int MOST = 1 << 20;

    private final Signature signature;
    private final StripeEvents events;
    private final Clock clock;

    public StripeWebhook(Signature signature, StripeEvents events, Clock clock) {
        this.signature = signature;
        this.events = events;
        this.clock = clock;
    }

    /** POST /stripe/webhook: 200 once it is a row, also when it was one before; 400 where the signature is wrong or old. */
    public void receive(Context ctx) {
        byte[] body = body(ctx);
        String answer = switch (signature.check(ctx.header("Stripe-Signature"), body, clock.instant())) {
            case WRONG -> "The signature is not ours.";
            case OLD -> "The signature is too old.";
            case GOOD -> kept(body);
        };
        ctx.status(answer.equals("ok") ? 200 : 400).contentType("text/plain").result(answer);
    }

    private String kept(byte[] body) {
        Optional<Notice> notice = Notice.read(body);
        notice.ifPresent(events::keep);
        return notice.isPresent() ? "ok" : "This is no event.";
    }

    private static byte[] body(Context ctx) {
        try {
            byte[] body = ctx.req().getInputStream().readNBytes(MOST + 1);
            if (body.length > MOST) throw Problem.tooLarge("This is longer than an event can be.");
            return body;
        } catch (IOException e) {
            throw Problem.invalid("The event did not arrive whole.");
        }
    }
}
