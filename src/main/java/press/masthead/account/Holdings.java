package press.masthead.account;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import press.masthead.readers.Consents;
import press.masthead.readers.EmailAddress;

/** Everything that is kept about one person, table by table. What is added about people elsewhere belongs in here, too. */
public final class Holdings {
    private final Jdbi jdbi;
    private final Clock clock;

    public Holdings(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    record Person(
            long number,
            String email,
            String name,
            String language,
            Instant since,
            Optional<Instant> addressConfirmedAt,
            Optional<String> role) {}

    record Industry(int rank, String name) {}

    /** @param answer {@code chosen} or {@code later} */
    record AskedForIndustries(Instant at, String answer) {}

    /** @param source where they signed up */
    record Subscription(String newsletter, Instant since, String source) {}

    /** @param wording the version of the words agreed to */
    record Consent(Instant at, String newsletter, String what, String cause, String network, String wording) {}

    /** @param kind {@code edition}, {@code memo} ... or {@code personal} */
    record Letter(Instant at, String kind, String subject, String state) {}

    /** @param amount minor units for one interval */
    record Stay(
            long number,
            String plan,
            long amount,
            String currency,
            String interval,
            String payment,
            Instant startedAt,
            Optional<Instant> trialEndsAt,
            Instant until,
            Optional<Instant> cancelledAt,
            Optional<Instant> endedAt) {}

    record Change(Instant at, long membership, String what, String cause, String note) {}

    record Bill(
            long number,
            String what,
            String email,
            String name,
            long amount,
            String currency,
            Instant periodFrom,
            Instant periodUntil,
            Instant issuedAt,
            Instant dueAt,
            Optional<Instant> paidAt,
            Optional<Instant> voidedAt) {}

    record Paid(
            long number,
            String what,
            String email,
            String name,
            long amount,
            String currency,
            long tax,
            Instant periodFrom,
            Instant periodUntil,
            Instant paidAt) {}

    /** How invoices are written. */
    record Billing(String company, String address, String country, String vatNumber) {}

    /** @param given whether they gave it, or were given it */
    record GiftMembershipKept(
            boolean given,
            String from,
            String to,
            String words,
            int months,
            LocalDate deliverOn,
            Optional<Instant> redeemedAt) {}

    record OfferTaken(String code, Instant at) {}

    record Device(String device, String network, String country, String how, Instant signedInAt, Instant lastSeenAt) {}

    record KnownDevice(String name, Instant firstAt, Instant lastAt) {}

    record Key(String name, Instant madeAt, Optional<Instant> usedAt) {}

    /** @param provider whose word about them was taken; {@code subject} is how it calls them */
    record Identity(String provider, String subject, Instant since, Instant lastSeenAt) {}

    record Move(String from, String to, Instant askedAt, Optional<Instant> doneAt, Optional<Instant> undoneAt) {}

    record CodeApp(Instant since, long recoveryCodes) {}

    record Seat(
            String team,
            String email,
            String cameBy,
            Instant since,
            Optional<Instant> takenAt,
            Optional<Instant> endedAt) {}

    record SeatRequest(String team, String why, Instant askedAt, Optional<Instant> decidedAt) {}

    record Given(Instant at, String story, Instant until, Optional<Instant> takenBackAt, int opens) {}

    /** @param month its first day, as text */
    record Opened(String month, String story) {}

    record ReportTaken(Instant at, String report) {}

    /** @param state whether they come, wait or do not come any more */
    record Coming(
            Instant askedAt,
            String event,
            Instant startsAt,
            String state,
            int seats,
            String guestName,
            List<String> questions,
            List<String> answers,
            long price,
            String currency) {}

    record EventTicket(String event, int number, String name, Instant issuedAt, Optional<Instant> cancelledAt) {}

    record Invitation(String event, Instant at) {}

    record LiveQuestion(Instant askedAt, String session, String question, boolean withoutName, String state) {}

    record LiveVote(String session, String question) {}

    record LiveReminder(Instant askedAt, String session) {}

    /** @param minutes in which their player fetched the session or its recording */
    record LiveWatched(String session, long minutes) {}

    /** @param answer the sentences that were quoted */
    record ArchiveQuestion(
            Instant at,
            String question,
            List<String> answer,
            Optional<Boolean> helpful,
            String note,
            Optional<Instant> savedAt,
            String sharedWith) {}

    /** @param month its first day; how many questions, and tokens of a large model */
    record ArchiveUse(LocalDate month, int asked, long tokens) {}

    record Seen(Instant at, String title, String address) {}

    record Saved(Instant at, String story) {}

    record Noted(Instant at, String story, String text) {}

    record Followed(String what, Instant since) {}

    record Alerts(String how, String at, String zone) {}

    record WeeklyReview(LocalDate day, List<String> titles) {}

    record Everything(
            Instant madeAt,
            Person person,
            List<Industry> industries,
            List<AskedForIndustries> askedForIndustries,
            List<Seen> read,
            List<WeeklyReview> reviews,
            List<Saved> saved,
            List<Noted> notes,
            List<Followed> following,
            List<Alerts> memoAlerts,
            List<Subscription> newsletters,
            List<Consent> consents,
            List<Letter> letters,
            List<Stay> memberships,
            List<Change> membershipHistory,
            List<Bill> invoices,
            List<Paid> receipts,
            List<Billing> billing,
            List<GiftMembershipKept> giftMemberships,
            List<OfferTaken> offers,
            List<String> paymentProvider,
            List<Device> signedIn,
            List<Given> storiesGivenAway,
            List<Opened> freeStories,
            List<ReportTaken> reportsTaken,
            List<Coming> events,
            List<EventTicket> eventTickets,
            List<Invitation> invitations,
            List<LiveQuestion> liveQuestions,
            List<LiveVote> liveVotes,
            List<LiveWatched> liveWatched,
            List<LiveReminder> liveReminders,
            List<ArchiveQuestion> archiveQuestions,
            List<ArchiveUse> archiveUse,
            List<String> liveNoQuestionsIn,
            List<KnownDevice> devices,
            List<Key> passkeys,
            List<CodeApp> codeApps,
            List<Identity> identities,
            List<Move> addressChanges,
            List<Consents.Agreed> agreed,
            List<Seat> seats,
            List<SeatRequest> seatRequests,
            List<String> teamsManaged,
            Optional<Instant> freeDaysGivenAt) {}

    /** All of it as it stands at one moment. */
    Everything of(long reader, EmailAddress email) {
        return jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ,
                handle -> new Everything(
                        clock.instant(),
                        one(handle, reader),
                        list(handle, Industry.class, reader, """
                        select r.rank, i.name from industry_rank r join industry i on i.id = r.industry_id
                        where r.reader_id = :reader order by r.rank
                        """),
                        list(
                                handle,
                                AskedForIndustries.class,
                                reader,
                                "select at, answer from industry_asked where reader_id = :reader"),
                        list(handle, Seen.class, reader, """
                        select m.at, s.title, '/' || s.slug || '/' as address
                        from member_read m join story s on s.id = m.story_id where m.reader_id = :reader order by m.at desc
                        """),
                        list(handle, WeeklyReview.class, reader, """
                        select e.day, array(select s.title from unnest(m.stories) with ordinality as u (id, n)
                                            join story s on s.id = u.id order by u.n) as titles
                        from member_review m join edition e on e.id = m.edition_id where m.reader_id = :reader order by e.day desc
                        """),
                        list(handle, Saved.class, reader, """
                        select b.at, s.title as story from bookmark b join story s on s.id = b.story_id
                        where b.reader_id = :reader order by b.at desc
                        """),
                        list(handle, Noted.class, reader, """
                        select n.updated_at as at, s.title as story, n.text from note n join story s on s.id = n.story_id
                        where n.reader_id = :reader order by n.updated_at desc
                        """),
                        list(handle, Followed.class, reader, """
                        select coalesce(t.name, i.name, a.name, f.country) as what, f.since from follow f
                        left join topic t on t.id = f.topic_id left join industry i on i.id = f.industry_id
                        left join author a on a.id = f.author_id where f.reader_id = :reader order by f.since
                        """),
                        list(handle, Alerts.class, reader, """
                        select replace(how, '_', ' ') as how, to_char(at, 'HH24:MI') as at, zone from alert_choice where reader_id = :reader
                        """),
                        subscriptions(handle, reader),
                        list(handle, Consent.class, reader, """
                        select e.at, coalesce(n.name, '') as newsletter, e.what, e.cause, e.network, e.wording
                        from subscription_event e left join newsletter n on n.id = e.newsletter_id
                        where e.reader_id = :reader order by e.id desc
                        """),
                        letters(handle, reader, email, Integer.MAX_VALUE),
                        list(handle, Stay.class, reader, """
                        select m.id as number, p.name as plan, pr.amount, pr.currency, pr.interval, m.payment, m.started_at,
                               m.trial_ends_at, m.until, m.cancelled_at, m.ended_at
                        from membership m join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id
                        where m.reader_id = :reader order by m.id desc
                        """),
                        list(handle, Change.class, reader, """
                        select e.at, e.membership_id as membership, e.what, e.cause, e.note
                        from membership_event e join membership m on m.id = e.membership_id
                        where m.reader_id = :reader order by e.id desc
                        """),
                        list(handle, Bill.class, reader, """
                        select i.number, i.what, i.email, i.name, i.amount, i.currency, i.period_from, i.period_until,
                               i.issued_at, i.due_at, i.paid_at, i.voided_at
                        from invoice i join membership m on m.id = i.membership_id
                        where m.reader_id = :reader order by i.number desc
                        """),
                        list(handle, Paid.class, reader, """
                        select r.number, r.what, r.email, r.name, r.amount, r.currency, r.tax, r.period_from, r.period_until, r.paid_at
                        from receipt r left join membership m on m.id = r.membership_id
                        left join gift_membership g on g.id = r.gift_id
                        where m.reader_id = :reader or g.giver_id = :reader order by r.number desc
                        """),
                        list(
                                handle,
                                Billing.class,
                                reader,
                                "select company, address, country, vat_number from billing_details where reader_id = :reader"),
                        giftMemberships(handle, reader, email),
                        list(handle, OfferTaken.class, reader, """
                        select o.code, u.used_at as at from offer_use u join offer o on o.id = u.offer_id
                        where u.reader_id = :reader order by u.id desc
                        """),
                        list(handle, String.class, reader, """
                        select customer from stripe_customer where reader_id = :reader
                        """),
                        devices(handle, reader),
                        list(handle, Given.class, reader, """
                        select g.given_at as at, s.title as story, g.expires_at as until, g.revoked_at as taken_back_at, g.opens
                        from gift g join story s on s.id = g.story_id where g.reader_id = :reader order by g.given_at desc
                        """),
                        list(handle, Opened.class, reader, """
                        select m.month::text as month, s.title as story
                        from meter m join story s on s.id = any(m.stories) where m.reader_id = :reader order by m.month, s.id
                        """),
                        list(handle, ReportTaken.class, reader, """
                        select d.at, s.title as report from report_download d join story s on s.id = d.story_id
                        where d.reader_id = :reader order by d.at desc
                        """),
                        list(handle, Coming.class, reader, """
                        select r.asked_at, e.title as event, e.starts_at, r.state, r.seats, r.guest_name, r.questions, r.answers, r.price, r.currency
                        from registration r join event e on e.id = r.event_id where r.reader_id = :reader order by r.id desc
                        """),
                        list(handle, EventTicket.class, reader, """
                        select e.title as event, t.number, t.name, t.issued_at, t.cancelled_at
                        from ticket t join event e on e.id = t.event_id where t.reader_id = :reader order by t.id desc
                        """),
                        list(handle, Invitation.class, reader, """
                        select e.title as event, v.invited_at as at from event_invitation v join event e on e.id = v.event_id
                        join reader r on r.email_key = v.email_key where r.id = :reader order by v.invited_at desc
                        """),
                        list(handle, LiveQuestion.class, reader, """
                        select q.asked_at, s.title as session, q.body as question, q.anonymous as without_name, q.state
                        from live_question q join live_session s on s.id = q.session_id where q.reader_id = :reader order by q.id desc
                        """),
                        list(handle, LiveVote.class, reader, """
                        select s.title as session, q.body as question from live_vote v join live_question q on q.id = v.question_id
                        join live_session s on s.id = q.session_id where v.reader_id = :reader order by q.id desc
                        """),
                        list(handle, LiveWatched.class, reader, """
                        select s.title as session, count(*) as minutes from live_minute m join live_session s on s.id = m.session_id
                        where m.reader_id = :reader group by s.id order by s.id desc
                        """),
                        list(handle, LiveReminder.class, reader, """
                        select m.asked_at, s.title as session from live_reminder m join live_session s on s.id = m.session_id
                        where m.reader_id = :reader order by m.asked_at desc
                        """),
                        list(handle, ArchiveQuestion.class, reader, """
                        select q.at, q.asked as question, q.helpful, q.note, q.saved_at, coalesce(t.name, '') as shared_with,
                               array(select min(a.said) from archive_quote a where a.question_id = q.id group by a.sentence order by a.sentence) as answer
                        from archive_question q left join team t on t.id = q.shared_team where q.reader_id = :reader order by q.id desc
                        """),
                        list(handle, ArchiveUse.class, reader, """
                        select month, asked, tokens from archive_use where reader_id = :reader order by month desc
                        """),
                        list(handle, String.class, reader, """
                        select s.title from live_mute m join live_session s on s.id = m.session_id where m.reader_id = :reader
                        """),
                        list(handle, KnownDevice.class, reader, """
                        select name, first_at, last_at from device where reader_id = :reader order by last_at desc
                        """),
                        list(handle, Key.class, reader, """
                        select name, created_at as made_at, used_at from passkey where reader_id = :reader order by id desc
                        """),
                        list(handle, CodeApp.class, reader, """
                        select a.created_at as since,
                               (select count(*) from recovery_code c where c.reader_id = a.reader_id and c.used_at is null)
                               as recovery_codes
                        from code_app a where a.reader_id = :reader
                        """),
                        list(handle, Identity.class, reader, """
                        select p.name as provider, i.subject, i.created_at as since, i.seen_at as last_seen_at
                        from identity i join identity_provider p on p.id = i.provider_id
                        where i.reader_id = :reader order by i.created_at desc
                        """),
                        list(handle, Move.class, reader, """
                        select old_email as "from", new_email as "to", asked_at, done_at, undone_at
                        from email_change where reader_id = :reader order by id desc
                        """),
                        Consents.of(handle, reader),
                        list(handle, Seat.class, reader, """
                        select t.name as team, s.email, s.came_by, s.created_at as since, s.taken_at, s.ended_at
                        from seat s join team t on t.id = s.team_id where s.reader_id = :reader order by s.id desc
                        """),
                        list(handle, SeatRequest.class, reader, """
                        select t.name as team, q.why, q.asked_at, q.decided_at
                        from seat_request q join team t on t.id = q.team_id where q.reader_id = :reader order by q.id desc
                        """),
                        list(handle, String.class, reader, """
                        select t.name from team_manager m join team t on t.id = m.team_id
                        where m.reader_id = :reader order by t.name
                        """),
                        handle.createQuery("select at from trial_given where seal = trial_seal(:key)")
                                .bind("key", email.key())
                                .mapTo(Instant.class)
                                .findOne()));
    }

    private static List<GiftMembershipKept> giftMemberships(Handle handle, long reader, EmailAddress email) {
        return handle.createQuery("""
                        select coalesce(giver_id = :reader, false) or lower(giver_email) = any(:spellings) as given,
                               giver_name || ' ' || giver_email as "from", to_name || ' ' || to_email as "to", words, months,
                               deliver_on, redeemed_at
                        from gift_membership
                        where giver_id = :reader or redeemed_by = :reader or lower(giver_email) = any(:spellings)
                           or lower(to_email) = any(:spellings)
                        order by id desc
                        """)
                .bind("reader", reader)
                .bindArray("spellings", String.class, List.copyOf(email.spellings()))
                .mapTo(GiftMembershipKept.class)
                .list();
    }

    private static Person one(Handle handle, long reader) {
        return list(handle, Person.class, reader, """
                        select r.id as number, r.email, r.name, r.language, r.created_at as since,
                               r.confirmed_at as address_confirmed_at, s.role
                        from reader r left join staff s on s.reader_id = r.id where r.id = :reader
                        """).getFirst();
    }

    static List<Subscription> subscriptions(Handle handle, long reader) {
        return list(handle, Subscription.class, reader, """
                        select n.name as newsletter, s.since, s.source
                        from subscription s join newsletter n on n.id = s.newsletter_id
                        where s.reader_id = :reader order by n.position, n.id
                        """);
    }

    static List<Device> devices(Handle handle, long reader) {
        return list(handle, Device.class, reader, """
                        select device, network, country, how, created_at as signed_in_at, seen_at as last_seen_at
                        from session where reader_id = :reader order by seen_at desc
                        """);
    }

    /** Editions and letters of their own, the newest first. */
    static List<Letter> letters(Handle handle, long reader, EmailAddress email, int most) {
        return handle.createQuery("""
                        (select coalesce(l.settled_at, l.taken_at, m.created_at) as at, m.kind, m.subject, l.state
                         from letter l join mailing m on m.id = l.mailing_id where l.reader_id = :reader)
                        union all
                        (select coalesce(settled_at, created_at), 'personal', subject, state
                         from outbox where lower(to_address) = any(:spellings))
                        order by at desc limit :most
                        """)
                .bind("reader", reader)
                .bindArray("spellings", String.class, List.copyOf(email.spellings()))
                .bind("most", most)
                .mapTo(Letter.class)
                .list();
    }

    private static <T> List<T> list(Handle handle, Class<T> type, long reader, String sql) {
        return handle.createQuery(sql).bind("reader", reader).mapTo(type).list();
    }
}
