package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Price;
import press.masthead.platform.web.Secret;
import press.masthead.readers.Consents;

/** Gifts, from the day they are bought to the day they are taken. */
public final class GiftMemberships {
    private static final String SELECT = """
            select g.id, g.giver_email, g.giver_name, g.to_email, g.to_name, g.words, g.months, g.amount as gift_amount,
                   g.deliver_on, g.invoice_number, g.paid_at, g.delivered_at, g.redeemed_at, g.refunded_at, pr.*
            from gift_membership g join priced pr on pr.price_id = g.price_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public GiftMemberships(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Whom someone wants to give what, looked up and found good. */
    public record Wanted(
            Optional<Long> giverId,
            String giverEmail,
            String giverName,
            String toEmail,
            String toName,
            String words,
            Price price,
            int months,
            long amount,
            LocalDate deliverOn) {}

    GiftMembership add(Handle handle, Wanted wanted) {
        long id = handle.createQuery("""
                        insert into gift_membership (giver_id, giver_email, giver_name, to_email, to_name, words, price_id, months, amount, deliver_on,
                                          bought_at)
                        values (:giverId, :giverEmail, :giverName, :toEmail, :toName, :words, :priceId, :months, :amount, :deliverOn, :now)
                        returning id
                        """)
                .bindMethods(wanted)
                .bind("priceId", wanted.price().id())
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
        return byId(handle, id).orElseThrow();
    }

    public Optional<GiftMembership> byId(Handle handle, long id) {
        return handle.createQuery(SELECT + "where g.id = :id")
                .bind("id", id)
                .mapTo(GiftMembership.class)
                .findOne();
    }

    /** As {@link #byId}, locked until the end of the transaction. */
    Optional<GiftMembership> hold(Handle handle, long id) {
        return handle.createQuery(SELECT + "where g.id = :id for update of g")
                .bind("id", id)
                .mapTo(GiftMembership.class)
                .findOne();
    }

    /** Its money went back, so it can't be taken any more; one that was taken stays with whoever took it. */
    void givenBack(Handle handle, long id) {
        handle.createUpdate("""
                        update gift_membership set refunded_at = :now
                        where id = :id and redeemed_at is null and refunded_at is null
                        """).bind("now", clock.instant()).bind("id", id).execute();
    }

    /** Forgets gifts that were to be paid by card before then, and never were; their pages are closed by now. */
    void forgetUnpaid(Instant before) {
        jdbi.useTransaction(handle -> {
            Consents.allowErasure(handle);
            handle.createUpdate("""
                        delete from gift_membership g using stripe_gift s
                        where s.gift_id = g.id and g.paid_at is null and g.invoice_number is null and g.bought_at < :before
                          and s.settled_at is not null
                        """).bind("before", before).execute();
        });
    }

    /** The gift that an invoice is for. */
    Optional<GiftMembership> byInvoice(Handle handle, long invoice) {
        return handle.createQuery(SELECT + "where g.invoice_number = :invoice for update of g")
                .bind("invoice", invoice)
                .mapTo(GiftMembership.class)
                .findOne();
    }

    /** Which gift a letter's link is for; looks only. */
    public Optional<GiftMembership> bySecret(Secret secret) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where g.token_hash = :hash")
                .bind("hash", secret.hash())
                .mapTo(GiftMembership.class)
                .findOne());
    }

    void invoiced(Handle handle, long id, long invoice) {
        handle.execute("update gift_membership set invoice_number = ? where id = ?", invoice, id);
    }

    /** It is paid for, so its letter may leave on its day. */
    public void paid(Handle handle, long id, Instant at) {
        handle.createUpdate("update gift_membership set paid_at = :at where id = :id and paid_at is null")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    /** The next whose morning has come, locked; another node takes another. */
    Optional<GiftMembership> due(Handle handle, LocalDate today) {
        return handle.createQuery(SELECT + """
                        where g.paid_at is not null and g.delivered_at is null and g.refunded_at is null
                          and g.deliver_on <= :today and g.to_email <> ''
                        order by g.deliver_on limit 1 for update of g skip locked
                        """)
                .bind("today", today)
                .mapTo(GiftMembership.class)
                .findOne();
    }

    void delivered(Handle handle, long id, Secret secret) {
        handle.createUpdate("update gift_membership set delivered_at = :now, token_hash = :hash where id = :id")
                .bind("now", clock.instant())
                .bind("hash", secret.hash())
                .bind("id", id)
                .execute();
    }

    /** The next that was delivered before the instant and that nobody took. */
    Optional<GiftMembership> forgotten(Handle handle, Instant before) {
        return handle.createQuery(SELECT + """
                        where g.redeemed_at is null and g.told_at is null and g.refunded_at is null and g.delivered_at < :before and g.giver_email <> ''
                        limit 1 for update of g skip locked
                        """)
                .bind("before", before)
                .mapTo(GiftMembership.class)
                .findOne();
    }

    void told(Handle handle, long id) {
        handle.createUpdate("update gift_membership set told_at = :now where id = :id")
                .bind("now", clock.instant())
                .bind("id", id)
                .execute();
    }

    /** Nobody is sent after a giver for money: an invoice left open is void. Paying it late still delivers the gift. */
    void voidUnpaid(Instant dueBefore) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update invoice i set voided_at = :now from gift_membership g
                        where g.invoice_number = i.number and i.paid_at is null and i.voided_at is null and i.due_at < :before
                        """)
                .bind("now", clock.instant())
                .bind("before", dueBefore)
                .execute());
    }

    /** Takes it for someone; of two at one moment one wins. */
    boolean redeem(Handle handle, long id, long reader) {
        return handle.createUpdate("""
                        update gift_membership set redeemed_at = :now, redeemed_by = :reader
                        where id = :id and redeemed_at is null and refunded_at is null and delivered_at is not null
                        """)
                        .bind("now", clock.instant())
                        .bind("reader", reader)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    void became(Handle handle, long id, long membership) {
        handle.execute("update gift_membership set membership_id = ? where id = ?", membership, id);
    }

    /** Takes it back before its letter left. Returns whether it was still there to be taken back. */
    boolean takeBack(Handle handle, long id) {
        return handle.createUpdate("""
                        update gift_membership set refunded_at = :now where id = :id and delivered_at is null and refunded_at is null
                        """)
                        .bind("now", clock.instant())
                        .bind("id", id)
                        .execute()
                == 1;
    }
}
