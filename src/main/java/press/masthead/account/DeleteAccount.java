package press.masthead.account;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.billing.EndMemberships;
import press.masthead.books.Invoices;
import press.masthead.deliveries.ForgetReader;
import press.masthead.plans.Because;
import press.masthead.plans.Memberships;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Consents;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.subscriptions.Subscriptions;
import press.masthead.tickets.GiveBack;

/**
 * Deletes a person. What stays: invoices with name and address, for as long as books must be kept; the memberships that
 * they were for, without a person; a sealed mark for a year that free days were given; the numbers of newsletters joined
 * and left. Where an address is kept anew, its deletion belongs in here and a test will ask for it.
 */
public final class DeleteAccount {
    /** A sending that chose its readers just before the deletion has written its letters by then. */
    private static final Duration LATE_COMERS = Duration.ofMinutes(2);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final EndMemberships ending;
    private final Subscriptions subscriptions;
    private final ForgetReader letters;
    private final GiveBack seats;
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;

    public DeleteAccount(
            Jdbi jdbi,
            Clock clock,
            Memberships memberships,
            EndMemberships ending,
            Subscriptions subscriptions,
            ForgetReader letters,
            GiveBack seats,
            Outbox outbox,
            Html html,
            Supplier<Letterhead> letterhead) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.ending = ending;
        this.subscriptions = subscriptions;
        this.letters = letters;
        this.seats = seats;
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    /**
     * Deletes them at once, and what the ledgers of editions still know within minutes. The last letter says so.
     *
     * @throws Problem for someone who works here
     */
    public void run(Reader reader) {
        if (reader.isStaff())
            throw Problem.stale("You work here. Please have your role taken away first, then delete the account.");
        EmailAddress email = EmailAddress.kept(reader.email());
        Letterhead from = letterhead.get();
        jdbi.useTransaction(handle -> {
            memberships.hold(handle, reader.id());
            endMemberships(handle, reader.id());
            leaveNewsletters(handle, reader.id());
            Consents.allowErasure(handle);
            letters.fromOpenMailings(handle, reader.id());
            forgetAddress(handle, email);
            for (String former : formerAddresses(handle, reader.id())) forgetAddress(handle, EmailAddress.kept(former));
            handle.execute("delete from member_review where reader_id = ?", reader.id());
            seats.forget(handle, reader.id());
            // Deleted at the payment provider too, by the timetable: no transaction waits for it.
            handle.createUpdate("update stripe_customer set forget_at = :now where reader_id = :reader")
                    .bind("now", clock.instant())
                    .bind("reader", reader.id())
                    .execute();
            handle.execute("update business_difference set reader_id = null where reader_id = ?", reader.id());
            forgetImports(handle, reader.id(), email);
            // Their questions go from open pages in the order of the sessions, as whoever asks or votes holds them.
            handle.execute("""
                    select from live_session where id in (select session_id from live_question where reader_id = ?)
                    order by id for no key update
                    """, reader.id());
            handle.execute("delete from reader where id = ?", reader.id());
            handle.createUpdate("insert into erasure (reader_id, asked_at) values (:reader, :now)")
                    .bind("reader", reader.id())
                    .bind("now", clock.instant())
                    .execute();
            outbox.putAndForget(
                    handle, goodbye(from.to(Optional.of(reader.language()))).to(reader.email(), "", from, html));
        });
    }

    private void endMemberships(Handle handle, long reader) {
        memberships
                .find(handle, reader)
                .filter(membership -> membership.endedAt().isEmpty())
                .ifPresent(running -> ending.close(handle, running, Because.READER.noting("the account was deleted")));
        memberships.keepSealForAYear(handle, reader);
        // What the newsroom wrote may say who someone is.
        handle.createUpdate("""
                        update membership_event e set note = '' from membership m
                        where m.id = e.membership_id and m.reader_id = :reader and e.cause = 'desk'
                        """).bind("reader", reader).execute();
    }

    /** The line of a file that they came with, and those that were never taken in. */
    private static void forgetImports(Handle handle, long reader, EmailAddress email) {
        handle.execute("""
                delete from member_import_line l using member_import_taken t
                where t.reader_id = ? and l.import_id = t.import_id and l.line = t.line
                """, reader);
        handle.execute("delete from member_import_taken where reader_id = ?", reader);
        handle.execute("delete from member_import_line where email_key = ? and problem is not null", email.key());
        handle.execute("""
                delete from member_import_line l using member_import i
                where i.state in ('reading', 'read', 'running') and l.import_id = i.id and l.email_key = ?
                """, email.key());
    }

    private void leaveNewsletters(Handle handle, long reader) {
        List<String> slugs = handle.createQuery("""
                        select n.slug from subscription s join newsletter n on n.id = s.newsletter_id
                        where s.reader_id = :reader
                        """)
                .bind("reader", reader)
                .mapTo(String.class)
                .list();
        subscriptions.leave(handle, reader, slugs, new Subscriptions.Because("account_deleted", "", ""));
        handle.createUpdate("update subscription_event set reader_id = 0, network = '' where reader_id = :reader")
                .bind("reader", reader)
                .execute();
    }

    /** Addresses that they moved from, or began to move to. */
    private static List<String> formerAddresses(Handle handle, long reader) {
        return handle.createQuery("""
                        select old_email from email_change where reader_id = :reader
                        union select new_email from email_change where reader_id = :reader
                        """)
                .bind("reader", reader)
                .mapTo(String.class)
                .list();
    }

    private static void forgetAddress(Handle handle, EmailAddress email) {
        for (String sql : List.of(
                "delete from sign_in_link where lower(newcomer) = any(:spellings)",
                "delete from joining where lower(email) = any(:spellings)",
                "update seat set email = '', email_key = '', token_hash = null, ended_at = coalesce(ended_at, now()) where email_key = any(:spellings)",
                "update seat_invite_line set text = '' where lower(text) = any(:spellings)",
                "delete from enquiry where lower(email) = any(:spellings)",
                "delete from outbox where lower(to_address) = any(:spellings)",
                "delete from outbox where lower(reply_to) = any(:spellings)",
                "delete from consent c using gift_membership g where g.id = c.gift_id and lower(g.giver_email) = any(:spellings)",
                // A gift membership that is on its way to or from someone else goes on, without the one who left.
                "update gift_membership set giver_email = '', giver_name = '' where lower(giver_email) = any(:spellings)",
                "update gift_membership set to_email = '', to_name = '', words = '' where lower(to_email) = any(:spellings)",
                "delete from event_invitation where email_key = any(:spellings)",
                "update ticket set name = '', email = '' where lower(email) = any(:spellings)",
                "delete from caught_letter where lower(recipient) = any(:spellings)",
                "delete from rate where substring(subject from '[^:]*$') = any(:spellings)"))
            handle.createUpdate(sql)
                    .bindArray("spellings", String.class, List.copyOf(email.spellings()))
                    .execute();
    }

    /** Goes through the ledgers for those who left; for the timetable. */
    public void finish() {
        Optional<Long> next;
        do {
            next = jdbi.withHandle(handle -> handle.createQuery("""
                            select reader_id from erasure where done_at is null and asked_at <= :before
                            order by asked_at limit 1
                            """)
                    .bind("before", clock.instant().minus(LATE_COMERS))
                    .mapTo(Long.class)
                    .findOne());
            next.ifPresent(reader -> {
                letters.fromAll(reader);
                jdbi.useHandle(
                        handle -> handle.createUpdate("update erasure set done_at = :now where reader_id = :reader")
                                .bind("now", clock.instant())
                                .bind("reader", reader)
                                .execute());
            });
        } while (next.isPresent());
    }

    private static Letter goodbye(Letterhead from) {
        return new Letter(
                from.t("Your account at {name} is deleted", "name", from.name()),
                from.t("Your account is deleted"),
                List.of(
                        from.t(
                                "We no longer know you: your newsletters, your name, your devices and your letters are gone. This is the last letter that we send you, and we forget its address as soon as it has left."),
                        from.t(
                                "If there were invoices, we keep those for {years} years, because the law wants books kept. For a year we also keep a sealed mark, from which nobody can read your address, if free days were given to it.",
                                "years",
                                Integer.toString(Invoices.YEARS_KEPT)),
                        from.t("Thank you for reading with us.")),
                "",
                "",
                List.of(from.t("You get this letter because you deleted your account.")));
    }
}
