package press.masthead.account;

import io.javalin.Javalin;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import press.masthead.billing.BuyGiftMembership;
import press.masthead.billing.ChangePlan;
import press.masthead.billing.EndMemberships;
import press.masthead.billing.EndTrials;
import press.masthead.billing.GiftMembershipLetters;
import press.masthead.billing.GiftMemberships;
import press.masthead.billing.GiveMembership;
import press.masthead.billing.InvoiceLetters;
import press.masthead.billing.InvoicePayments;
import press.masthead.billing.Join;
import press.masthead.billing.Leave;
import press.masthead.billing.MarkPaid;
import press.masthead.billing.MembershipLetters;
import press.masthead.billing.Pause;
import press.masthead.billing.Providers;
import press.masthead.billing.Quotes;
import press.masthead.billing.RedeemGiftMembership;
import press.masthead.billing.RemindInvoices;
import press.masthead.billing.RemindTrials;
import press.masthead.books.BillingDetails;
import press.masthead.books.CreditNotes;
import press.masthead.books.Invoices;
import press.masthead.books.Ledger;
import press.masthead.books.TaxOnTop;
import press.masthead.books.Taxes;
import press.masthead.plans.Memberships;
import press.masthead.plans.Offers;
import press.masthead.plans.Plans;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.storage.Vault;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.publication.Publication;
import press.masthead.readers.Consents;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;
import press.masthead.signin.IdentityProviders;
import press.masthead.signin.KnownDevices;
import press.masthead.signin.Sessions;
import press.masthead.signin.SignIn;
import press.masthead.signin.SignInPages;
import press.masthead.signin.StaffFactor;
import press.masthead.subscriptions.JoinPages;
import press.masthead.subscriptions.Joining;
import press.masthead.subscriptions.NewsletterHub;
import press.masthead.subscriptions.Subscriptions;
import press.masthead.subscriptions.UnsubscribeLinks;
import press.masthead.subscriptions.UnsubscribePages;

/** A site with readers, newsletters and memberships over a database of its own; its pages are the JSON of their context. */
public final class TestSite implements AutoCloseable {
    public final TestClock clock = new TestClock("2026-11-23T08:00:00Z");
    public final Database database = TestDatabase.fresh();
    public final Jdbi jdbi = database.jdbi();
    public final Letterhead letterhead =
            new Letterhead("The Parallel", "http://parallel.example", "4 Lantern Quay", ZoneId.of("Europe/Brussels"));
    public final Html html = new Html();
    public final Outbox outbox = new Outbox(clock);
    public final Limits limits = new Limits(jdbi, clock);
    public final Readers readers = new Readers(jdbi, clock);
    public final Publication publication = new Publication(jdbi);
    public final Consents consents = new Consents(jdbi, clock);
    public final Plans plans = new Plans(jdbi);
    public final Offers offers = new Offers(jdbi, clock);
    public final Memberships memberships = new Memberships(jdbi, clock);
    public final Ledger ledger = new Ledger(jdbi);
    public final Taxes taxes = new Taxes(jdbi);
    public final Invoices invoices = new Invoices(jdbi, clock, taxes, ledger);
    public final CreditNotes creditNotes = new CreditNotes(jdbi, clock);
    public final MembershipLetters membershipLetters = new MembershipLetters(outbox, html, () -> letterhead);
    public final InvoiceLetters invoiceLetters =
            new InvoiceLetters(outbox, html, () -> letterhead, publication, invoices);
    public final GiftMemberships giftMemberships = new GiftMemberships(jdbi, clock);
    public final GiftMembershipLetters giftMembershipLetters =
            new GiftMembershipLetters(outbox, html, () -> letterhead, publication);
    public final BuyGiftMembership buyGiftMembership = new BuyGiftMembership(
            jdbi,
            clock,
            plans,
            giftMemberships,
            invoices,
            giftMembershipLetters,
            consents,
            new TaxOnTop(jdbi, taxes, new BillingDetails(jdbi)));
    public final Quotes quotes = new Quotes(jdbi, clock, plans, memberships);
    public final EndMemberships endMemberships =
            new EndMemberships(jdbi, clock, memberships, invoices, quotes, membershipLetters);
    public final InvoicePayments invoicePayments = new InvoicePayments(
            jdbi,
            clock,
            plans,
            memberships,
            offers,
            invoices,
            ledger,
            creditNotes,
            giftMemberships,
            endMemberships,
            membershipLetters,
            invoiceLetters);
    public final Providers providers = new Providers(List.of(invoicePayments));
    public final EndTrials endTrials = new EndTrials(jdbi, clock, memberships, invoicePayments);
    public final RemindTrials remindTrials = new RemindTrials(jdbi, clock, memberships, offers, membershipLetters);
    public final RemindInvoices remindInvoices = new RemindInvoices(jdbi, clock, invoiceLetters);
    public final Join join = new Join(jdbi, plans, offers, memberships, invoices, endMemberships, providers);
    public final ChangePlan changePlan = new ChangePlan(clock, plans, memberships, quotes, providers);
    public final Leave leave = new Leave(jdbi, clock, memberships, providers);
    public final Pause pause = new Pause(jdbi, clock, memberships, providers, membershipLetters);
    public final MarkPaid markPaid = new MarkPaid(
            jdbi,
            clock,
            memberships,
            invoices,
            giftMemberships,
            giftMembershipLetters,
            invoiceLetters,
            letterhead::zone);
    public final RedeemGiftMembership redeemGiftMembership = new RedeemGiftMembership(
            jdbi, clock, giftMemberships, memberships, endMemberships, membershipLetters, consents);
    public final GiveMembership giveMembership =
            new GiveMembership(jdbi, clock, plans, memberships, endMemberships, membershipLetters);
    public final Sessions sessions = new Sessions(
            jdbi,
            clock,
            memberships,
            new KnownDevices(jdbi, clock, outbox, html, () -> letterhead),
            StaffFactor.GRACE,
            reader -> Optional.empty(),
            false);
    public final SignIn signIn = new SignIn(jdbi, clock, readers, outbox, html, limits, () -> letterhead);
    public final Subscriptions subscriptions = new Subscriptions(jdbi, clock);
    public final NewsletterHub hub = new NewsletterHub(jdbi, new press.masthead.newsletters.Newsletters(jdbi));
    public final UnsubscribeLinks links = new UnsubscribeLinks(jdbi);
    public final Joining joining =
            new Joining(jdbi, clock, readers, consents, subscriptions, outbox, html, limits, () -> letterhead);
    private final PublicPages pages =
            (ctx, status, template, context) -> ctx.status(status).json(context);
    private final Javalin server = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                var signInPages = new SignInPages(
                        signIn,
                        sessions,
                        new IdentityProviders(jdbi, clock, Vault.open(Path.of("target"), Optional.of("x".repeat(32)))),
                        page(),
                        false);
                config.routes.before(sessions::recognise);
                config.routes.get("/signin", signInPages::form);
                config.routes.post("/signin", signInPages::ask);
                config.routes.post("/signin/code", signInPages::code);
                config.routes.get("/signin/end/{token}", signInPages::askToEnd);
                config.routes.post("/signin/end/{token}", signInPages::end);
                config.routes.get("/signin/{token}", signInPages::link);
                config.routes.post("/signin/{token}", signInPages::use);
                config.routes.post("/signin/{token}/again", signInPages::again);
                config.routes.post("/signout", signInPages::leave);
                var joinPages = new JoinPages(joining, subscriptions, hub, sessions, page());
                config.routes.get("/newsletters/", joinPages::hub);
                config.routes.post("/newsletters/join", joinPages::join);
                config.routes.post("/newsletters/choose", joinPages::choose);
                config.routes.post("/account/newsletters", joinPages::choose);
                config.routes.get("/newsletters/confirm/{token}", joinPages::confirmation);
                config.routes.post("/newsletters/confirm/{token}", joinPages::confirm);
                var unsubscribePages = new UnsubscribePages(jdbi, links, subscriptions, page());
                config.routes.get("/unsubscribe/{token}", unsubscribePages::ask);
                config.routes.post("/unsubscribe/{token}", unsubscribePages::leave);
                config.routes.post("/unsubscribe/{token}/undo", unsubscribePages::undo);
                config.routes.exception(Problem.class, (problem, ctx) -> {
                    problem.tellWhen(ctx);
                    ctx.status(problem.status()).result(problem.sentence());
                });
            })
            .start("127.0.0.1", 0);

    private PublicPages page() {
        return pages;
    }

    public Visitor visitor() {
        return new Visitor(server.port());
    }

    /** A newsletter that comes every day at seven in Brussels. */
    public long newsletter(String slug, String name) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into newsletter (slug, name, sender_name, days, at, zone)
                        values (:slug, :name, :name, '{mon,tue,wed,thu,fri,sat,sun}', '07:00', 'Europe/Brussels')
                        returning id
                        """)
                .bind("slug", slug)
                .bind("name", name)
                .mapTo(Long.class)
                .one());
    }

    /** A reader whose address is confirmed. */
    public long reader(String email) {
        return jdbi.inTransaction(handle -> {
            long id = readers.meet(handle, EmailAddress.parse(email).orElseThrow());
            readers.confirm(handle, id);
            return id;
        });
    }

    /** As {@link #reader}, with the whole row. */
    public Reader person(String email) {
        return readers.byId(reader(email)).orElseThrow();
    }

    /** Ada, who owns the place. */
    public Reader ada() {
        long ada = reader("ada@parallel.example");
        jdbi.useHandle(handle ->
                handle.execute("insert into staff (reader_id, role) values (?, 'owner') on conflict do nothing", ada));
        return readers.byId(ada).orElseThrow();
    }

    /** What the timetable does with memberships. */
    public void timetable() {
        remindTrials.run();
        endTrials.run();
        endMemberships.run();
    }

    /** The reader's browser, signed in. */
    public Visitor signedIn(String email) {
        Visitor visitor = visitor();
        String link = signIn.linkFor(EmailAddress.parse(email).orElseThrow());
        visitor.post(link.substring(letterhead.url().length()));
        return visitor;
    }

    public record Sent(String toAddress, String subject, String bodyText, String bodyHtml) {
        private static final Pattern LINK = Pattern.compile("http://parallel\\.example(/\\S*[A-Za-z0-9_-]{30,})");

        private static final Pattern CODE = Pattern.compile("asks for it: (\\d{3} \\d{3})");

        /** The code that the letter carries, as it shows it. */
        public String code() {
            var found = CODE.matcher(bodyText);
            if (!found.find()) throw new AssertionError("no code in: " + bodyText);
            return found.group(1);
        }

        /** The path of the letter's one link that carries a secret. */
        public String link() {
            var found = LINK.matcher(bodyText);
            if (!found.find()) throw new AssertionError("no link in: " + bodyText);
            return found.group(1);
        }
    }

    public List<Sent> letters(String to) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select to_address, subject, body_text, body_html from outbox where lower(to_address) = lower(:to) order by id")
                .bind("to", to)
                .mapTo(Sent.class)
                .list());
    }

    public Sent lastLetter(String to) {
        return letters(to).getLast();
    }

    public long count(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        server.stop();
        database.close();
    }
}
