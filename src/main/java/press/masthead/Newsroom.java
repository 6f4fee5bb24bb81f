package press.masthead;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Devices;
import press.masthead.access.Meters;
import press.masthead.account.AccountPages;
import press.masthead.account.AccountParts;
import press.masthead.account.CardPages;
import press.masthead.account.ChangePages;
import press.masthead.account.DataPages;
import press.masthead.account.DeleteAccount;
import press.masthead.account.DevicePages;
import press.masthead.account.Holdings;
import press.masthead.account.LeavePages;
import press.masthead.account.MembershipPages;
import press.masthead.account.PaymentPages;
import press.masthead.account.ReaderDesk;
import press.masthead.account.ReaderListDesk;
import press.masthead.archive.AskDesk;
import press.masthead.archive.AskPages;
import press.masthead.authors.AuthorDesk;
import press.masthead.authors.Authors;
import press.masthead.bench.BillingBench;
import press.masthead.bench.MovedClock;
import press.masthead.billing.BankDesk;
import press.masthead.billing.BuyGiftMembership;
import press.masthead.billing.ChangePlan;
import press.masthead.billing.EndMemberships;
import press.masthead.billing.EndTrials;
import press.masthead.billing.GiftMembershipLetters;
import press.masthead.billing.GiftMemberships;
import press.masthead.billing.GiveMembership;
import press.masthead.billing.InvoiceDesk;
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
import press.masthead.billing.SoldOnce;
import press.masthead.billing.StripeEvents;
import press.masthead.billing.StripeLetters;
import press.masthead.billing.StripeParts;
import press.masthead.billing.StripeWebhook;
import press.masthead.books.BankLines;
import press.masthead.books.BillingDetails;
import press.masthead.books.CreditNotes;
import press.masthead.books.InvoicePdf;
import press.masthead.books.InvoiceSearch;
import press.masthead.books.Invoices;
import press.masthead.books.Ledger;
import press.masthead.books.Receipts;
import press.masthead.books.TaxDesk;
import press.masthead.books.TaxOnTop;
import press.masthead.books.Taxes;
import press.masthead.broadcast.Broadcast;
import press.masthead.broadcast.Ffmpeg;
import press.masthead.broadcast.MediaFront;
import press.masthead.broadcast.MediaPages;
import press.masthead.broadcast.Passes;
import press.masthead.broadcast.Playlists;
import press.masthead.broadcast.Rtmp;
import press.masthead.business.BusinessDesk;
import press.masthead.business.CheckBooks;
import press.masthead.business.CheckDesk;
import press.masthead.business.CohortDesk;
import press.masthead.business.ImportDesk;
import press.masthead.business.ImportMembers;
import press.masthead.business.MemberDesk;
import press.masthead.business.Movements;
import press.masthead.business.MovesDesk;
import press.masthead.business.PaymentDesk;
import press.masthead.business.RatesDesk;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.ForgetReader;
import press.masthead.deliveries.HandSettings;
import press.masthead.deliveries.Hands;
import press.masthead.deliveries.Reconciler;
import press.masthead.deliveries.Unmade;
import press.masthead.demo.FillSample;
import press.masthead.desk.Audit;
import press.masthead.desk.FreeReadingDesk;
import press.masthead.desk.SettingsDesk;
import press.masthead.desk.StaffDesk;
import press.masthead.door.AttendanceDesk;
import press.masthead.door.DoorPages;
import press.masthead.door.Scans;
import press.masthead.door.Settle;
import press.masthead.editions.ComposedLetter;
import press.masthead.editions.DispatchDesk;
import press.masthead.editions.DraftEditions;
import press.masthead.editions.EditionDesk;
import press.masthead.editions.EditionLetter;
import press.masthead.editions.EditionLook;
import press.masthead.editions.EditionReaders;
import press.masthead.editions.Editions;
import press.masthead.editions.FreezeEdition;
import press.masthead.editions.PastEditions;
import press.masthead.editions.SendDue;
import press.masthead.editions.SendEdition;
import press.masthead.editions.SendFarewell;
import press.masthead.editions.SendTest;
import press.masthead.editions.ShorterDesk;
import press.masthead.editions.WeekDesk;
import press.masthead.editions.WriteShorter;
import press.masthead.events.EventDesk;
import press.masthead.events.Events;
import press.masthead.feeds.Channels;
import press.masthead.feeds.Feeds;
import press.masthead.feeds.OpenSearch;
import press.masthead.feeds.Sitemaps;
import press.masthead.following.AlertChoices;
import press.masthead.following.FollowPages;
import press.masthead.following.Following;
import press.masthead.following.StopAlertPages;
import press.masthead.gifts.GiftPages;
import press.masthead.gifts.Gifts;
import press.masthead.industries.AskIndustries;
import press.masthead.industries.Industries;
import press.masthead.industries.IndustryDesk;
import press.masthead.industries.IndustryEndDesk;
import press.masthead.industries.IndustryLife;
import press.masthead.industries.IndustryRanks;
import press.masthead.industries.TeamRanks;
import press.masthead.live.Attendance;
import press.masthead.live.Captions;
import press.masthead.live.DraftMemo;
import press.masthead.live.GoLive;
import press.masthead.live.Happenings;
import press.masthead.live.LivePages;
import press.masthead.live.LiveSessions;
import press.masthead.live.OutsideStream;
import press.masthead.live.Questions;
import press.masthead.live.Reminders;
import press.masthead.live.SessionDesk;
import press.masthead.live.StreamKeys;
import press.masthead.live.StudioDesk;
import press.masthead.live.TranscriptDesk;
import press.masthead.localstripe.LocalStripe;
import press.masthead.mailbox.Mailbox;
import press.masthead.mailbox.MailboxPages;
import press.masthead.memos.AlertDesk;
import press.masthead.memos.AlertLetter;
import press.masthead.memos.AlertReach;
import press.masthead.memos.ColleaguePages;
import press.masthead.memos.MemoPaper;
import press.masthead.memos.Memos;
import press.masthead.memos.SendAlerts;
import press.masthead.memos.SendDailyLetters;
import press.masthead.models.LargeModel;
import press.masthead.models.Spending;
import press.masthead.newsletters.IndustryNewsletters;
import press.masthead.newsletters.NewsletterDesk;
import press.masthead.newsletters.NewsletterSettings;
import press.masthead.newsletters.Newsletters;
import press.masthead.pictures.PictureDesk;
import press.masthead.pictures.PicturePages;
import press.masthead.pictures.Pictures;
import press.masthead.plans.Memberships;
import press.masthead.plans.OfferDesk;
import press.masthead.plans.Offers;
import press.masthead.plans.PlanDesk;
import press.masthead.plans.Plans;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.Notices;
import press.masthead.platform.jobs.Jobs;
import press.masthead.platform.mail.CarryPost;
import press.masthead.platform.mail.Dkim;
import press.masthead.platform.mail.LetterWords;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.MailKeys;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.mail.SmtpServer;
import press.masthead.platform.storage.Disk;
import press.masthead.platform.storage.Files;
import press.masthead.platform.storage.Vault;
import press.masthead.platform.web.Fetch;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.StaticFiles;
import press.masthead.platform.web.WebServer;
import press.masthead.pro.ProHome;
import press.masthead.pro.ProSamples;
import press.masthead.publication.Publication;
import press.masthead.readers.Consents;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Readers;
import press.masthead.readers.Staff;
import press.masthead.readership.ReadPages;
import press.masthead.readership.Readership;
import press.masthead.related.MoreOnThis;
import press.masthead.related.RelatedDesk;
import press.masthead.reports.ChartDesk;
import press.masthead.reports.ChartFigures;
import press.masthead.reports.ReportCopies;
import press.masthead.reports.ReportDesk;
import press.masthead.reports.Reports;
import press.masthead.reviews.OweReviews;
import press.masthead.reviews.ReviewDesk;
import press.masthead.reviews.Reviews;
import press.masthead.reviews.TakeOutWithdrawn;
import press.masthead.search.Catalogue;
import press.masthead.search.FiledWords;
import press.masthead.search.KnownBetter;
import press.masthead.search.Model;
import press.masthead.search.ReadStories;
import press.masthead.search.Related;
import press.masthead.search.RemakeIndexes;
import press.masthead.search.Search;
import press.masthead.search.SearchCluster;
import press.masthead.search.SearchDesk;
import press.masthead.search.SearchIndex;
import press.masthead.shelf.Bookmarks;
import press.masthead.shelf.Notes;
import press.masthead.shelf.ShelfPages;
import press.masthead.signin.EmailChange;
import press.masthead.signin.EmailChangePages;
import press.masthead.signin.FactorPages;
import press.masthead.signin.Factors;
import press.masthead.signin.FreshPages;
import press.masthead.signin.IdentityProvider;
import press.masthead.signin.IdentityProviders;
import press.masthead.signin.KnownDevices;
import press.masthead.signin.OpenIdConnect;
import press.masthead.signin.PasskeyPages;
import press.masthead.signin.Passkeys;
import press.masthead.signin.ProviderPages;
import press.masthead.signin.Sessions;
import press.masthead.signin.SignIn;
import press.masthead.signin.SignInByProvider;
import press.masthead.signin.SignInPages;
import press.masthead.signin.Trips;
import press.masthead.signin.Vouched;
import press.masthead.site.AccessDesk;
import press.masthead.site.ArchivePages;
import press.masthead.site.Drawings;
import press.masthead.site.ErrorPages;
import press.masthead.site.EventPages;
import press.masthead.site.EventSeats;
import press.masthead.site.Frame;
import press.masthead.site.FrontPage;
import press.masthead.site.GiftMembershipPages;
import press.masthead.site.KeepOrder;
import press.masthead.site.ListPages;
import press.masthead.site.LookDesk;
import press.masthead.site.NewsletterPages;
import press.masthead.site.Occasions;
import press.masthead.site.ProPages;
import press.masthead.site.ReportPages;
import press.masthead.site.ReviewPages;
import press.masthead.site.SearchPages;
import press.masthead.site.SessionHeads;
import press.masthead.site.Site;
import press.masthead.site.StoryPages;
import press.masthead.site.ThemeAssets;
import press.masthead.site.WallPages;
import press.masthead.stories.Drafts;
import press.masthead.stories.FirstPages;
import press.masthead.stories.PublishDue;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.stories.StoryDesk;
import press.masthead.stories.StoryEditor;
import press.masthead.stories.StoryPictures;
import press.masthead.stories.StoryVersions;
import press.masthead.stripe.Signature;
import press.masthead.stripe.StripeApi;
import press.masthead.stripe.StripeRoll;
import press.masthead.subscriptions.JoinPages;
import press.masthead.subscriptions.Joining;
import press.masthead.subscriptions.NewsletterHub;
import press.masthead.subscriptions.Subscriptions;
import press.masthead.subscriptions.UnsubscribeLinks;
import press.masthead.subscriptions.UnsubscribePages;
import press.masthead.tagging.AssistDesk;
import press.masthead.tagging.Earlier;
import press.masthead.tagging.Entities;
import press.masthead.tagging.EntityDesk;
import press.masthead.tagging.Suggest;
import press.masthead.teams.AddSeats;
import press.masthead.teams.AskForSeat;
import press.masthead.teams.Colleagues;
import press.masthead.teams.ContractInvoices;
import press.masthead.teams.ContractPages;
import press.masthead.teams.ContractPaper;
import press.masthead.teams.Contracts;
import press.masthead.teams.DecideRequest;
import press.masthead.teams.DomainPages;
import press.masthead.teams.DomainTexts;
import press.masthead.teams.Domains;
import press.masthead.teams.DrawUpContract;
import press.masthead.teams.EndCourtesies;
import press.masthead.teams.Enquiries;
import press.masthead.teams.EnquiryDesk;
import press.masthead.teams.EnquiryPages;
import press.masthead.teams.FreeSeat;
import press.masthead.teams.Invite;
import press.masthead.teams.InvitePages;
import press.masthead.teams.KeepAddress;
import press.masthead.teams.MindContracts;
import press.masthead.teams.RemindNextSteps;
import press.masthead.teams.RenewContract;
import press.masthead.teams.RequestPages;
import press.masthead.teams.Requests;
import press.masthead.teams.RequireSignOn;
import press.masthead.teams.SeatPages;
import press.masthead.teams.Seats;
import press.masthead.teams.SignOn;
import press.masthead.teams.SignOnDesk;
import press.masthead.teams.SignOnGate;
import press.masthead.teams.SignOnPages;
import press.masthead.teams.TakeSeat;
import press.masthead.teams.TeamArrival;
import press.masthead.teams.TeamDesk;
import press.masthead.teams.TeamDoor;
import press.masthead.teams.TeamIndustryPages;
import press.masthead.teams.TeamLetters;
import press.masthead.teams.TeamPages;
import press.masthead.teams.Teams;
import press.masthead.teams.Usage;
import press.masthead.teams.UsagePages;
import press.masthead.themes.Theme;
import press.masthead.tickets.CardTickets;
import press.masthead.tickets.EventLetters;
import press.masthead.tickets.GiveBack;
import press.masthead.tickets.GuestDesk;
import press.masthead.tickets.GuestMail;
import press.masthead.tickets.HandOn;
import press.masthead.tickets.Line;
import press.masthead.tickets.Refunds;
import press.masthead.tickets.Register;
import press.masthead.tickets.Registrations;
import press.masthead.tickets.SeatLetters;
import press.masthead.tickets.TellGuests;
import press.masthead.tickets.TicketPages;
import press.masthead.tickets.TicketSeal;
import press.masthead.tickets.Tickets;
import press.masthead.topics.TopicDesk;
import press.masthead.topics.Topics;
import press.masthead.wording.Wording;

/**
 * Every part and what it is made with, in one place and in the order in which they need each other: a field's initialiser may use
 * what stands above it. The four things from outside are assigned before the initialisers run (JEP 513), which javac knows and
 * NullAway does not.
 */
@SuppressWarnings("NullAway")
public final class Newsroom implements AutoCloseable {
    final Config config;
    final Database database;
    final Clock clock;
    private final Disk disk;

    private final Jdbi jdbi = database.jdbi();
    final Html html = new Html();
    final StaticFiles staticFiles = new StaticFiles();
    final PageCache pageCache = new PageCache("masthead_session", Devices.COOKIE);
    final Jobs jobs = new Jobs(clock);
    final Limits limits = new Limits(jdbi, clock);
    final Files files = new Files(config.data().resolve("files"));
    final Vault vault = Vault.open(config.data(), config.secretKey());
    final Fetch fetch = new Fetch(config.outside());

    // Who we are, who reads us
    final Publication publication = new Publication(jdbi);
    final Readers readers = new Readers(jdbi, clock);
    final Consents consents = new Consents(jdbi, clock);

    // Letters to one person
    final Outbox outbox = new Outbox(clock);
    final Mailbox mailbox = new Mailbox(jdbi, clock);
    final MailboxPages mailboxPages =
            new MailboxPages(mailbox, html, config.host().equals("127.0.0.1"));
    final Dkim dkim = new MailKeys(jdbi, clock).of(config.mailDomain());
    final CarryPost carryPost = new CarryPost(jdbi, this::mailServer, this::sender, dkim, clock);

    // Writing and illustrating
    final Topics topics = new Topics(jdbi);
    final Authors authors = new Authors(jdbi);
    final Industries industries = new Industries(jdbi);
    final IndustryRanks industryRanks = new IndustryRanks(jdbi, clock);
    final TeamRanks teamRanks = new TeamRanks(jdbi);
    final AskIndustries askIndustries = new AskIndustries(jdbi, clock);
    final Pictures pictures = new Pictures(jdbi, files, clock);
    final PicturePages picturePages = new PicturePages(pictures);
    final PictureDesk pictureDesk = new PictureDesk(pictures, new StoryPictures(jdbi), html);
    final Stories stories = new Stories(jdbi);
    final Entities entities = new Entities(jdbi);
    final Drafts drafts = new Drafts(clock);
    final StoryDesk storyDesk = new StoryDesk(jdbi, publication, html, clock);
    final StoryEditor storyEditor = new StoryEditor(jdbi, drafts, pictures, publication, html, clock);
    final StoryVersions storyVersions = new StoryVersions(jdbi, drafts, publication, html, clock);
    final PublishDue publishDue = new PublishDue(jdbi, drafts);

    // Delivering
    private final HandSettings handSettings = HandSettings.USUAL.withHands(config.hands());
    final Deliveries deliveries = new Deliveries(jdbi, clock);
    final Memberships memberships = new Memberships(jdbi, clock);
    final Hands hands =
            new Hands(jdbi, deliveries, memberships, this::mailServer, Optional.of(dkim), clock, handSettings);
    final Reconciler reconciler = new Reconciler(jdbi, clock, handSettings);

    // Newsletters
    final Newsletters newsletters = new Newsletters(jdbi);
    final Readership readership = new Readership(jdbi, publication, clock);
    final Usage teamUsage = new Usage(jdbi, clock);
    final ReadPages readPages = new ReadPages(readership, teamUsage::opened);
    final DraftEditions draftEditions = new DraftEditions(jdbi, clock);
    final NewsletterSettings newsletterSettings = new NewsletterSettings(jdbi, clock);
    final NewsletterDesk newsletterDesk = new NewsletterDesk(
            newsletters, newsletterSettings, topics, industries, publication, draftEditions, html, clock);
    final UnsubscribeLinks unsubscribeLinks = new UnsubscribeLinks(jdbi);
    final Subscriptions subscriptions = new Subscriptions(jdbi, clock);
    final NewsletterHub newsletterHub = new NewsletterHub(jdbi, newsletters);

    // Set up once
    final Staff staff = new Staff(jdbi);
    final Factors factors = new Factors(jdbi, clock, vault, limits);
    final Audit audit = new Audit(jdbi, clock);
    final StaffDesk staffDesk = new StaffDesk(
            jdbi,
            staff,
            readers,
            () -> authors.all().stream()
                    .map(author -> new StaffDesk.Byline(author.id(), author.name()))
                    .toList(),
            audit,
            factors,
            outbox,
            this::letterhead,
            publication,
            html,
            clock);
    final TopicDesk topicDesk = new TopicDesk(
            jdbi,
            topics,
            () -> newsletters.active().stream()
                    .map(letter -> new TopicDesk.Briefing(letter.slug(), letter.name()))
                    .toList(),
            audit,
            html);
    final AuthorDesk authorDesk = new AuthorDesk(jdbi, authors, audit, html);

    // What is paid for
    final Plans plans = new Plans(jdbi);
    final Offers offers = new Offers(jdbi, clock);
    final Ledger ledger = new Ledger(jdbi);
    final Taxes taxes = new Taxes(jdbi);
    final Invoices invoices = new Invoices(jdbi, clock, taxes, ledger);
    final CreditNotes creditNotes = new CreditNotes(jdbi, clock);
    final Receipts receipts = new Receipts(jdbi, clock, taxes);
    final BillingDetails billingDetails = new BillingDetails(jdbi);
    final TaxOnTop taxOnTop = new TaxOnTop(jdbi, taxes, billingDetails);
    final MembershipLetters membershipLetters = new MembershipLetters(outbox, html, this::letterhead);
    final InvoiceLetters invoiceLetters = new InvoiceLetters(outbox, html, this::letterhead, publication, invoices);
    final GiftMemberships giftMemberships = new GiftMemberships(jdbi, clock);
    final GiftMembershipLetters giftMembershipLetters =
            new GiftMembershipLetters(outbox, html, this::letterhead, publication);
    final BuyGiftMembership buyGiftMembership = new BuyGiftMembership(
            jdbi, clock, plans, giftMemberships, invoices, giftMembershipLetters, consents, taxOnTop);
    final Quotes quotes = new Quotes(jdbi, clock, plans, memberships);
    final EndMemberships endMemberships =
            new EndMemberships(jdbi, clock, memberships, invoices, quotes, membershipLetters);
    final InvoicePayments invoicePayments = new InvoicePayments(
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
    final StripeLetters stripeLetters = new StripeLetters(outbox, html, this::letterhead);
    final StripeEvents stripeEvents = new StripeEvents(jdbi, clock);
    final StripeWebhook stripeWebhook = new StripeWebhook(
            new Signature(config.stripe().map(Config.Stripe::webhookSecrets).orElse(List.of())), stripeEvents, clock);
    final Optional<StripeParts> stripe = config.stripe()
            .map(at -> StripeParts.of(
                    at.secretKey(),
                    at.base(),
                    Duration.ofDays(at.graceDays()),
                    new StripeParts.With(
                            jdbi,
                            clock,
                            plans,
                            memberships,
                            offers,
                            ledger,
                            receipts,
                            taxes,
                            billingDetails,
                            giftMemberships,
                            giftMembershipLetters,
                            endMemberships,
                            membershipLetters,
                            stripeLetters,
                            stripeEvents,
                            this::soldOnce,
                            this::url)));
    final Providers providers =
            new Providers(Stream.concat(stripe.map(StripeParts::payments).stream(), Stream.of(invoicePayments))
                    .toList());
    final EndTrials endTrials = new EndTrials(jdbi, clock, memberships, invoicePayments);
    final RemindTrials remindTrials = new RemindTrials(jdbi, clock, memberships, offers, membershipLetters);
    final RemindInvoices remindInvoices = new RemindInvoices(jdbi, clock, invoiceLetters);
    final Join join = new Join(jdbi, plans, offers, memberships, invoices, endMemberships, providers);
    final ChangePlan changePlan = new ChangePlan(clock, plans, memberships, quotes, providers);
    final Leave leave = new Leave(jdbi, clock, memberships, providers);
    final Pause pause = new Pause(jdbi, clock, memberships, providers, membershipLetters);
    final MarkPaid markPaid = new MarkPaid(
            jdbi,
            clock,
            memberships,
            invoices,
            giftMemberships,
            giftMembershipLetters,
            invoiceLetters,
            () -> letterhead().zone());
    final RedeemGiftMembership redeemGiftMembership = new RedeemGiftMembership(
            jdbi, clock, giftMemberships, memberships, endMemberships, membershipLetters, consents);
    final GiveMembership giveMembership =
            new GiveMembership(jdbi, clock, plans, memberships, endMemberships, membershipLetters);

    // Editions
    final Editions editions = new Editions(jdbi, clock);
    final PastEditions pastEditions = new PastEditions(jdbi, html);
    final EditionLetter editionLetter = new EditionLetter(html, publication, this::url);
    final FreezeEdition freezeEdition = new FreezeEdition(editionLetter, publication, config.mailDomain());
    final EditionReaders editionReaders = new EditionReaders(memberships, unsubscribeLinks, publication);
    final ComposedLetter composedLetter = new ComposedLetter(editionLetter, freezeEdition, html);
    final OweReviews oweReviews = new OweReviews(deliveries, new Unmade(clock), composedLetter, unsubscribeLinks);
    final TakeOutWithdrawn takeOutWithdrawn = new TakeOutWithdrawn(jdbi, clock);
    final SendEdition sendEdition = new SendEdition(jdbi, deliveries, freezeEdition, editionReaders, oweReviews, clock);
    final SendTest sendTest = new SendTest(jdbi, deliveries, freezeEdition, editionReaders, oweReviews, clock);
    final SendDue sendDue = new SendDue(jdbi, editions, sendEdition, clock);
    final Spending spending = new Spending(jdbi, clock);
    private final Optional<LargeModel> largeModel = config.largeModel().map(LargeModel::new);
    private final Optional<Wording> wording = largeModel.map(model -> new Wording(model, spending));
    final ShorterDesk shorterDesk = new ShorterDesk(jdbi, editions, new WriteShorter(jdbi, wording, clock), html);
    final WeekDesk weekDesk = new WeekDesk(editions, newsletters, publication, html, clock);
    final EditionDesk editionDesk = new EditionDesk(
            editions, newsletters, sendTest, shorterDesk, deliveries, pictures, publication, html, clock);
    final DispatchDesk dispatchDesk =
            new DispatchDesk(editions, newsletters, sendEdition, sendTest, deliveries, publication, html, clock);
    final EditionLook editionLook = new EditionLook(
            jdbi, editions, newsletters, editionLetter, oweReviews, readers, deliveries, publication, html, clock);

    // Whoever reads together
    final Teams teams = new Teams(jdbi, clock);
    final Seats seats = new Seats(jdbi, clock);
    final Domains domains = new Domains(jdbi, clock);
    final KeepAddress keepAddress = new KeepAddress(jdbi, seats);
    final TeamLetters teamLetters = new TeamLetters(outbox, html, this::letterhead);
    final Colleagues colleagues = new Colleagues(jdbi, teams, seats, domains, teamLetters);

    // Memos and their followers
    final Memos memos = new Memos(jdbi);
    final AlertLetter alertLetter = new AlertLetter(html, publication, this::url, config.mailDomain());
    final SendAlerts sendAlerts = new SendAlerts(jdbi, clock, memberships, unsubscribeLinks, deliveries, alertLetter);
    final AlertDesk alertDesk =
            new AlertDesk(new AlertReach(jdbi, memberships, clock), deliveries, publication, html, clock);
    final SendDailyLetters sendDailyLetters =
            new SendDailyLetters(jdbi, clock, memberships, unsubscribeLinks, deliveries, alertLetter);
    final Following following = new Following(jdbi, clock);
    final Bookmarks bookmarks = new Bookmarks(jdbi, clock);
    final Notes notes = new Notes(jdbi, clock);
    final AlertChoices alertChoices = new AlertChoices(jdbi, clock);

    // Special events and who comes
    final Events events = new Events(jdbi, clock);
    final Registrations registrations = new Registrations(jdbi, clock);
    final Tickets tickets = new Tickets(jdbi, clock);
    final TicketSeal ticketSeal = new TicketSeal(jdbi, vault);
    private final GuestMail guestMail = new GuestMail(outbox, html, this::letterhead, this::sender, clock);
    private final SeatLetters seatLetters = new SeatLetters(guestMail);
    private final EventLetters eventLetters = new EventLetters(guestMail);
    final Refunds refunds = new Refunds(invoices, clock);
    final Line line = new Line(jdbi, clock, events, registrations, readers, seatLetters);
    final Register register = new Register(
            jdbi,
            clock,
            events,
            registrations,
            tickets,
            readers,
            invoices,
            billingDetails,
            seatLetters,
            stripe.isPresent());
    final GiveBack giveBack =
            new GiveBack(jdbi, clock, events, registrations, tickets, readers, line, refunds, seatLetters);
    final HandOn handOn =
            new HandOn(jdbi, clock, events, registrations, tickets, readers, colleagues, memberships, seatLetters);
    final TellGuests tellGuests =
            new TellGuests(jdbi, clock, events, registrations, tickets, readers, line, refunds, eventLetters);
    final CardTickets cardTickets = new CardTickets(
            jdbi,
            clock,
            events,
            registrations,
            tickets,
            readers,
            register,
            line,
            seatLetters,
            () -> stripe.map(StripeParts::sales));
    final EventDesk eventDesk =
            new EventDesk(jdbi, events, tellGuests, plans, publication, audit, html, config::mailDomain, clock);
    final GuestDesk guestDesk = new GuestDesk(jdbi, clock, events, giveBack, line, eventLetters, html);

    final Scans scans = new Scans(jdbi, clock);
    final Settle settle = new Settle(jdbi, clock, scans, ticketSeal);
    final DoorPages doorPages = new DoorPages(jdbi, clock, events, ticketSeal, scans, settle, html);
    final AttendanceDesk attendanceDesk = new AttendanceDesk(jdbi, clock, events, scans, ticketSeal, html);

    // Live video, and what is asked in it
    final Ffmpeg ffmpeg = Ffmpeg.find(config.data().resolve("ffmpeg"));
    final Broadcast broadcast = new Broadcast(jdbi, ffmpeg, config.data().resolve("live"), disk, clock);
    final Playlists playlists = new Playlists(broadcast, ffmpeg, clock);
    final Passes passes = new Passes(jdbi, vault, clock);
    final LiveSessions liveSessions = new LiveSessions(jdbi, clock);
    final Questions liveQuestions = new Questions(jdbi, liveSessions, limits, clock);
    final Captions captions = new Captions(jdbi, liveSessions, playlists, clock);
    final Happenings happenings = new Happenings(jdbi, liveSessions, liveQuestions, captions);
    final Reminders liveReminders =
            new Reminders(jdbi, outbox, html, this::letterhead, this::sender, config.mailDomain(), clock);
    final Attendance attendance = new Attendance(jdbi, clock);
    final MediaPages mediaPages =
            new MediaPages(broadcast, playlists, passes, liveSessions::cut, attendance::watched, clock);
    final MediaFront mediaFront = new MediaFront(mediaPages);
    private final DraftMemo draftMemo =
            new DraftMemo(jdbi, liveSessions, liveQuestions, playlists, drafts, publication, audit);
    final SessionDesk sessionDesk = new SessionDesk(
            jdbi,
            liveSessions,
            attendance,
            draftMemo,
            new OutsideStream(fetch),
            plans,
            publication,
            audit,
            html,
            clock);
    final TranscriptDesk transcriptDesk = new TranscriptDesk(jdbi, liveSessions, captions, audit, html);
    final StreamKeys streamKeys = new StreamKeys(jdbi, clock);
    final GoLive goLive = new GoLive(jdbi, liveSessions, liveQuestions, streamKeys, broadcast, audit);
    final Rtmp rtmp = new Rtmp(broadcast, goLive);
    final StudioDesk studioDesk = new StudioDesk(
            jdbi,
            liveSessions,
            liveQuestions,
            happenings,
            broadcast,
            goLive,
            streamKeys,
            this::rtmpAddress,
            audit,
            html);

    // Industries, each with a newsletter of its own
    final IndustryNewsletters industryNewsletters =
            new IndustryNewsletters(new SendFarewell(sendEdition, clock), clock);
    final IndustryLife industryLife = new IndustryLife(jdbi, industries, industryNewsletters, audit, clock);
    final IndustryDesk industryDesk =
            new IndustryDesk(jdbi, industries, industryLife, this::industryEditors, audit, html);
    final IndustryEndDesk industryEndDesk = new IndustryEndDesk(jdbi, industries, industryLife, html);

    // Read without paying
    final Devices devices = new Devices(cookiesAreSecure());
    final Meters meters = new Meters(jdbi, publication, clock);
    final Gifts gifts = new Gifts(jdbi, publication, clock);
    final Reviews reviews = new Reviews(jdbi, clock);
    final ReviewDesk reviewDesk = new ReviewDesk(jdbi, readers, publication, html, clock);

    // The public face
    final Theme theme = Theme.bundled();
    final Frame frame =
            new Frame(publication, topics, industries, newsletters, plans, taxOnTop, pictures, this::url, clock);
    final Site site = new Site(theme, publication, newsletters, frame, pageCache, this::url, clock);
    final Drawings drawings = new Drawings(files);
    final LookDesk lookDesk = new LookDesk(publication, pictures, drawings, html);
    final ThemeAssets themeAssets = new ThemeAssets(theme);
    final FollowPages followPages = new FollowPages(
            jdbi,
            following,
            alertChoices,
            consents,
            () -> publication.settings().zone(),
            site);
    final ShelfPages shelfPages = new ShelfPages(bookmarks, notes, site);
    final ColleaguePages colleaguePages =
            new ColleaguePages(jdbi, stories, colleagues, limits, outbox, html, this::letterhead, site);
    final StopAlertPages stopAlertPages = new StopAlertPages(unsubscribeLinks, alertChoices, site);
    final Reports reports = new Reports(jdbi, clock);
    final ReportDesk reportDesk = new ReportDesk(jdbi, reports, publication, html, clock);
    final ReportCopies reportCopies =
            new ReportCopies(reports, stories, pictures, files, publication, theme::words, this::url, html, clock);
    final FrontPage frontPage = new FrontPage(site, database.jdbi(), stories, reports, topics, readership, pageCache);
    final ListPages listPages = new ListPages(
            site, stories, topics, industries, entities, authors, newsletters, newsletterHub, followPages, pageCache);
    final ChartFigures chartFigures = new ChartFigures(theme::words);
    final ChartDesk chartDesk = new ChartDesk(chartFigures);

    // Finding
    final KnownBetter knownBetter = new KnownBetter(jdbi);
    private final Model model = config.model() ? Model.inTheBox() : Model.none();
    final Catalogue searchIndex = config.search()
            .<Catalogue>map(at -> new SearchCluster(jdbi, at, model, clock))
            .orElseGet(() -> new SearchIndex(jdbi, config.data().resolve("search"), model, clock));
    final RemakeIndexes remakeIndexes = new RemakeIndexes(jdbi);
    final ReadStories readStories = new ReadStories(jdbi, model);
    final Search search = new Search(searchIndex, model, knownBetter);
    private final MoreOnThis moreOnThis =
            new MoreOnThis(jdbi, new Related(searchIndex, clock), stories, readership, clock);
    final RelatedDesk relatedDesk = new RelatedDesk(jdbi, moreOnThis, stories, publication, audit, html, clock);
    final Earlier earlier =
            new Earlier(stories, search, () -> publication.settings().zone());
    final Suggest suggest =
            new Suggest(jdbi, topics, industries, entities, new FiledWords(searchIndex, model), earlier);
    final EntityDesk entityDesk = new EntityDesk(jdbi, entities, audit, html);
    final AssistDesk assistDesk = new AssistDesk(suggest, earlier, html, clock);

    final StoryPages storyPages = new StoryPages(
            site,
            stories,
            moreOnThis,
            meters,
            gifts,
            followPages,
            chartFigures,
            shelfPages,
            memos,
            colleaguePages,
            reports,
            limits,
            pageCache,
            clock);
    final MemoPaper memoPaper = new MemoPaper(stories, publication, html, clock, this::url, theme::words);
    final ReportPages reportPages = new ReportPages(stories, storyPages, chartFigures, reportCopies, limits, clock);
    final EventPages eventPages = new EventPages(site, events, registrations, tickets, cardTickets, taxOnTop, clock);
    final EventSeats eventSeats = new EventSeats(site, eventPages, register, cardTickets, limits);
    final TicketPages ticketPages = new TicketPages(
            events, tickets, ticketSeal, giveBack, handOn, guestMail, publication, site, html, clock, theme::words);
    final LivePages livePages = new LivePages(
            liveSessions,
            liveQuestions,
            captions,
            happenings,
            playlists,
            passes,
            liveReminders,
            publication,
            site,
            new SessionHeads(site));
    final ArchivePages archivePages = new ArchivePages(site, stories, pageCache);
    final SearchPages searchPages = new SearchPages(
            site, search, stories, new Occasions(liveSessions, events), topics, industries, authors, limits, clock);
    final AskPages askPages = new AskPages(
            jdbi,
            search,
            stories,
            colleagues,
            limits,
            () -> publication.settings().zone(),
            wording,
            site,
            clock);
    final AskDesk askDesk = new AskDesk(jdbi, spending, largeModel, plans, audit, publication, html, clock);
    final SearchDesk searchDesk = new SearchDesk(jdbi, knownBetter, searchIndex, audit, html);
    final NewsletterPages newsletterPages =
            new NewsletterPages(site, newsletters, pastEditions, newsletterHub, pageCache);
    final ErrorPages errorPages = new ErrorPages(site, stories);
    final Channels channels = new Channels(stories, topics, industries, authors, publication);
    final Feeds feeds = new Feeds(channels, publication, pageCache, this::url);
    final Sitemaps sitemaps = new Sitemaps(
            stories,
            topics,
            industries,
            authors,
            newsletters,
            pastEditions,
            publication,
            pageCache,
            this::url,
            clock,
            () -> Stream.of(events.paths(), liveSessions.paths(), entities.paths(20_000))
                    .flatMap(List::stream)
                    .toList(),
            5_000);
    final OpenSearch openSearch = new OpenSearch(publication, this::url);

    // Signing in, joining, the reader's own pages
    final Sessions sessions = new Sessions(
            jdbi,
            clock,
            memberships,
            new KnownDevices(jdbi, clock, outbox, html, this::letterhead),
            config.staffFactor(),
            this::house,
            cookiesAreSecure());
    final SignIn signIn = new SignIn(jdbi, clock, readers, outbox, html, limits, this::letterhead);
    final IdentityProviders identityProviders = new IdentityProviders(jdbi, clock, vault);
    final OpenIdConnect openIdConnect = new OpenIdConnect(fetch, clock);
    final Trips trips = new Trips(jdbi, clock);
    final SignInByProvider signInByProvider = new SignInByProvider(jdbi, clock, readers, sessions);
    final ProviderPages providerPages = new ProviderPages(
            identityProviders, openIdConnect, trips, this::arrived, limits, this::url, cookiesAreSecure());
    final SignInPages signInPages = new SignInPages(signIn, sessions, identityProviders, site, cookiesAreSecure());
    final Passkeys passkeys =
            new Passkeys(jdbi, clock, this::url, () -> publication.settings().name(), cookiesAreSecure());
    final PasskeyPages passkeyPages = new PasskeyPages(passkeys, factors, sessions, readers, limits, site);
    final FactorPages factorPages = new FactorPages(
            factors, passkeys, sessions, () -> publication.settings().name(), site);
    final EmailChange emailChange =
            new EmailChange(jdbi, clock, readers, sessions, outbox, html, limits, keepAddress::check, this::letterhead);
    final EmailChangePages emailChangePages = new EmailChangePages(emailChange, sessions, site);
    final FreshPages freshPages = new FreshPages(signIn, sessions, passkeys, site, cookiesAreSecure());
    final Joining joining =
            new Joining(jdbi, clock, readers, consents, subscriptions, outbox, html, limits, this::letterhead);
    final JoinPages joinPages = new JoinPages(joining, subscriptions, newsletterHub, sessions, site);
    final KeepOrder keepOrder = new KeepOrder(jdbi, industryRanks, askIndustries, newsletterHub, joining);
    final ReviewPages reviewPages = new ReviewPages(site, reviews, industryRanks, keepOrder);
    final GiftPages giftPages = new GiftPages(gifts, stories, devices, limits, site, this::url, clock);
    final WallPages wallPages = new WallPages(site, stories, meters, devices, signIn, limits, clock);
    final UnsubscribePages unsubscribePages = new UnsubscribePages(jdbi, unsubscribeLinks, subscriptions, site);
    final ProSamples proSamples = new ProSamples(jdbi, stories, memos, industries, chartFigures, eventPages::next);
    final ProPages proPages = new ProPages(
            site,
            stories,
            industries,
            plans,
            offers,
            providers,
            taxOnTop,
            memberships,
            join,
            signIn,
            consents,
            askIndustries,
            proSamples::shown,
            clock);
    final ProHome proHome = new ProHome(
            jdbi,
            industryRanks,
            bookmarks,
            reviews,
            stories,
            () -> publication.settings().zone(),
            proPages::plan,
            site);
    final MembershipPages membershipPages = new MembershipPages(
            memberships, offers, invoices, receipts, join, changePlan, pause, taxOnTop, site, clock);
    final GiftMembershipPages giftMembershipPages = new GiftMembershipPages(
            site,
            plans,
            taxOnTop,
            giftMemberships,
            buyGiftMembership,
            stripe.map(StripeParts::gifts),
            redeemGiftMembership,
            askIndustries,
            signIn,
            limits,
            clock);
    final AccountPages accountPages = new AccountPages(
            memberships, invoices, membershipPages, newsletterHub, industryRanks, sessions, passkeys, site);
    final AccountParts accountParts = new AccountParts(newsletterHub, industryRanks, readers, consents, site);
    final DevicePages devicePages = new DevicePages(sessions, passkeys, factors, site);
    final ChangePages changePages = new ChangePages(memberships, changePlan, taxOnTop, site);
    final LeavePages leavePages = new LeavePages(memberships, leave, pause, site, this::letterhead, clock);
    final InvoicePdf invoicePdf = new InvoicePdf(html, publication, this::letterhead);
    final PaymentPages paymentPages = new PaymentPages(
            invoices, creditNotes, receipts, billingDetails, stripe, invoicePdf, publication, site, clock);
    final CardPages cardPages = new CardPages(stripe, memberships, askIndustries, site, this::letterhead);
    final Holdings holdings = new Holdings(jdbi, clock);
    final ForgetReader forgetReader = new ForgetReader(jdbi, clock);
    final DeleteAccount deleteAccount = new DeleteAccount(
            jdbi,
            clock,
            memberships,
            endMemberships,
            subscriptions,
            forgetReader,
            giveBack,
            outbox,
            html,
            this::letterhead);
    final DataPages dataPages =
            new DataPages(holdings, deleteAccount, invoices, sessions, limits, site, this::letterhead, html);

    // Teams
    final Contracts contracts = new Contracts(jdbi, clock);
    final ContractInvoices contractInvoices = new ContractInvoices(jdbi, invoices);
    final Requests seatRequests = new Requests(jdbi, clock);
    final Enquiries enquiries = new Enquiries(jdbi, clock);
    final Invite invite = new Invite(jdbi, clock, teams, seats, teamLetters);
    final FreeSeat freeSeat = new FreeSeat(jdbi, clock, teams, seats, invite, teamLetters);
    final AskForSeat askForSeat = new AskForSeat(jdbi, clock, teams, seats, seatRequests, domains, teamLetters);
    final TakeSeat takeSeat = new TakeSeat(jdbi, clock, teams, seats, askForSeat, teamLetters);
    final AddSeats addSeats = new AddSeats(jdbi, clock, teams, contracts, contractInvoices, teamLetters);
    final RenewContract renewContract = new RenewContract(jdbi, clock, teams, contracts, contractInvoices, teamLetters);
    final DrawUpContract drawUpContract =
            new DrawUpContract(jdbi, teams, seats, contracts, contractInvoices, enquiries, readers, teamLetters);
    final DecideRequest decideRequest =
            new DecideRequest(jdbi, clock, teams, seats, seatRequests, freeSeat, addSeats, teamLetters);
    final MindContracts mindContracts = new MindContracts(jdbi, clock, teams, contracts, enquiries, teamLetters);
    final EndCourtesies endCourtesies = new EndCourtesies(jdbi, clock, teams, seats, teamLetters);
    final RemindNextSteps remindNextSteps = new RemindNextSteps(jdbi, clock, publication, enquiries, teamLetters);
    final TeamDoor teamDoor = new TeamDoor(teams);
    final TeamPages teamPages =
            new TeamPages(jdbi, clock, teamDoor, teams, seats, contracts, seatRequests, drawUpContract, site);
    final InvitePages invitePages = new InvitePages(teamDoor, teamPages, seats, invite, freeSeat, site);
    final SeatPages seatPages = new SeatPages(
            clock,
            takeSeat,
            askForSeat,
            seats,
            domains,
            memberships,
            askIndustries,
            signIn,
            consents,
            teamLetters,
            site);
    final RequestPages requestPages =
            new RequestPages(clock, teamDoor, seatRequests, seats, contracts, decideRequest, site);
    final DomainPages domainPages = new DomainPages(
            jdbi, teamDoor, teams, domains, DomainTexts.ofDns(config.nameServer()), teamLetters, limits, site);
    final ContractPages contractPages = new ContractPages(
            jdbi,
            clock,
            teamDoor,
            teams,
            contracts,
            contractInvoices,
            creditNotes,
            invoicePdf,
            addSeats,
            renewContract,
            publication,
            site);
    final ContractPaper contractPaper = new ContractPaper(jdbi, clock, teamDoor, teams, contracts, publication, html);
    final UsagePages usagePages = new UsagePages(clock, teamDoor, teamUsage, seats, publication, site, html);
    final TeamIndustryPages teamIndustryPages = new TeamIndustryPages(teamDoor, teamRanks, site);
    final SignOn signOn = new SignOn(jdbi, clock, identityProviders, sessions);
    final RequireSignOn requireSignOn = new RequireSignOn(jdbi, teams, signOn, teamLetters, audit);
    final SignOnDesk signOnDesk = new SignOnDesk(teams, requireSignOn);
    final SignOnGate signOnGate = new SignOnGate(signOn, signIn, site);
    final TeamArrival teamArrival = new TeamArrival(
            jdbi, teams, domains, seats, signOn, askForSeat, readers, askIndustries, consents, signInByProvider);
    final SignOnPages signOnPages =
            new SignOnPages(teamDoor, domains, signOn, requireSignOn, sessions, providerPages, this::url, site);
    final EnquiryPages enquiryPages = new EnquiryPages(jdbi, clock, enquiries, teamLetters, limits, site);
    final EnquiryDesk enquiryDesk = new EnquiryDesk(enquiries, publication, html, clock);
    final TeamDesk teamDesk = new TeamDesk(
            jdbi,
            clock,
            teams,
            seats,
            contracts,
            contractInvoices,
            enquiries,
            drawUpContract,
            addSeats,
            renewContract,
            markPaid,
            signOn,
            publication,
            html);

    // The staff's own pages
    final FreeReadingDesk freeReadingDesk = new FreeReadingDesk(jdbi, publication, audit, html);
    final AccessDesk accessDesk =
            new AccessDesk(storyPages, stories, plans, readers, memberships, meters, publication, html, clock);
    final InvoiceSearch invoiceSearch = new InvoiceSearch(jdbi, clock);
    final BankLines bankLines = new BankLines(jdbi, clock, invoices);
    final InvoiceDesk invoiceDesk = new InvoiceDesk(
            jdbi,
            clock,
            invoices,
            invoiceSearch,
            creditNotes,
            receipts,
            ledger,
            markPaid,
            invoicePayments,
            invoicePdf,
            publication,
            html);
    final BankDesk bankDesk = new BankDesk(jdbi, clock, bankLines, markPaid, plans, publication, html);
    final PlanDesk planDesk = new PlanDesk(jdbi, clock, audit, html);
    final OfferDesk offerDesk = new OfferDesk(jdbi, clock, publication, audit, html);
    final TaxDesk taxDesk = new TaxDesk(jdbi, taxes, audit, html);
    final SettingsDesk settingsDesk = new SettingsDesk(publication, dkim, html);
    final ReaderListDesk readerListDesk = new ReaderListDesk(readers, memberships, publication, html, clock);
    final ReaderDesk readerDesk =
            new ReaderDesk(jdbi, readers, memberships, invoices, markPaid, giveMembership, publication, html, clock);

    // How the business stands
    final Movements movements =
            new Movements(jdbi, clock, () -> publication.settings().zone());
    final CheckBooks checkBooks = new CheckBooks(
            jdbi,
            clock,
            outbox,
            html,
            this::letterhead,
            config.stripe().map(at -> new StripeRoll(new StripeApi(at.secretKey(), at.base()))));
    final BusinessDesk businessDesk = new BusinessDesk(jdbi, publication, html, clock);
    final MovesDesk movesDesk = new MovesDesk(jdbi, audit, publication, html, clock);
    final RatesDesk ratesDesk = new RatesDesk(jdbi, publication, html, clock);
    final ImportMembers importMembers =
            new ImportMembers(jdbi, clock, () -> publication.settings().zone());
    final ImportDesk importDesk = new ImportDesk(jdbi, importMembers, audit, publication, html, clock);
    final MemberDesk memberDesk = new MemberDesk(jdbi, plans, audit, publication, html, clock);
    final PaymentDesk paymentDesk =
            new PaymentDesk(jdbi, ledger, providers, stripe, stripeEvents, publication, html, clock);
    final CohortDesk cohortDesk = new CohortDesk(jdbi, publication, html, clock);
    final CheckDesk checkDesk = new CheckDesk(jdbi, checkBooks, publication, html, clock);

    private final SmtpServer mailServer;
    private final Notices notices;
    private int port;

    public Newsroom(Config config, Database database, Clock clock) {
        this(config, database, clock, Disk.REAL);
    }

    /** @param disk what tells how much room is left */
    public Newsroom(Config config, Database database, Clock clock, Disk disk) {
        this.disk = disk;
        this.config = config;
        this.database = database;
        this.clock = clock;
        this.port = config.port();
        super();
        if (config.sample())
            new FillSample(jdbi, publication, pictures, drawings, drafts, industryLife::beginLetters, entities, clock)
                    .run();
        new FirstPages(jdbi, drafts, clock).run();
        if (config.smtpUrl().isEmpty()) mailbox.start();
        mailServer = SmtpServer.parse(config.smtpUrl().orElseGet(mailbox::url));

        // Last, so that nothing stays open when a part before it can't be made.
        notices = Notices.open(database);
        notices.on("published", slug -> {
            storyPages.forget();
            pageCache.retire();
        });
        notices.on("story_changed", nothing -> {
            searchIndex.wake();
            readStories.wake();
        });
        notices.on("live", session -> {
            mediaPages.forget(session);
            happenings.hear(session);
        });
        notices.on(Outbox.NOTICE, nothing -> jobs.soon("carry-post"));
        notices.on("settings", nothing -> {
            publication.forget();
            site.forget();
            storyPages.forget();
            pageCache.retire();
        });
    }

    /** Puts the server in front, and has the search index made meanwhile; nothing recurring runs yet. */
    WebServer serve() {
        searchIndex.begin();
        var server = WebServer.start(
                config.host(), config.port(), pageCache, mediaFront, routes -> Routes.add(routes, this));
        port = server.port();
        return server;
    }

    /** Starts the recurring work. */
    void begin() {
        Timetable.add(jobs, this);
        jobs.start(database.dataSource());
        hands.start();
        config.rtmp().ifPresent(at -> rtmp.listen(at.host(), at.port()));
        readStories.begin();
    }

    String url() {
        return config.url().map(Object::toString).orElse("http://localhost:" + port);
    }

    /** Where programs send pictures to, as the studio shows it. */
    private Optional<String> rtmpAddress() {
        return rtmp.port()
                .map(at -> "rtmp://" + java.net.URI.create(url()).getHost() + (at == 1935 ? "" : ":" + at) + "/live");
    }

    /** Only on loopback, where nobody listens in, may a session's cookie travel by plain HTTP. */
    private boolean cookiesAreSecure() {
        return config.url()
                .filter(url -> url.getScheme().equals("https")
                        || !Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost()))
                .isPresent();
    }

    /** Everyone with a byline, and whether they sign in here. */
    private List<IndustryDesk.Editor> industryEditors() {
        List<Long> working = staff.all().stream()
                .flatMap(member -> member.authorId().stream())
                .toList();
        return authors.all().stream()
                .map(author -> new IndustryDesk.Editor(author.slug(), author.name(), working.contains(author.id())))
                .toList();
    }

    /** Someone is back from an identity provider: a team's, or the newsroom's own. */
    private void arrived(Context ctx, Vouched vouched) {
        teamArrival.arrived(ctx, vouched);
    }

    /** Something was paid for by card that is no membership and no gift. */
    private void soldOnce(Handle handle, String kind, long reference, SoldOnce.State state) {
        cardTickets.settled(handle, kind, reference, state);
    }

    /** By which provider someone has to come in, if their team wants that. */
    private Optional<IdentityProvider> house(long reader) {
        return signOn.requiredOf(reader);
    }

    private SmtpServer mailServer() {
        return mailServer;
    }

    /** Whom letters to one person come from. */
    private MailAddress sender() {
        return new MailAddress(publication.settings().name(), "desk@" + config.mailDomain());
    }

    Letterhead letterhead() {
        var settings = publication.settings();
        return new Letterhead(
                settings.name(), url(), settings.address(), settings.zone(), LetterWords.in(settings.language()));
    }

    /** A link that signs the first of the staff in, once; where nobody works here yet, the address to come to. */
    String newsroomLink() {
        return readers.firstOfStaff()
                .map(EmailAddress::kept)
                .map(signIn::linkFor)
                .orElse(url() + "/desk/");
    }

    /** The text that the mail domain's DNS must hold, so that others can check our letters. */
    String dkimRecord() {
        return dkim.recordText();
    }

    String mailboxAddress() {
        return config.smtpUrl().isPresent() ? "none: letters go to your mail server" : url() + "/mailbox/";
    }

    /** A price beside the yearly one, where a bench wants months. */
    void addMonthlyPrice() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into price (plan_id, amount, currency, "interval", trial_days)
                select id, 2500, 'USD', 'month', 7 from plan where slug = 'pro'
                """));
    }

    /** What the bench of billing works with. */
    BillingBench.Room billingRoom(LocalStripe at, MovedClock moved) {
        return new BillingBench.Room(at, stripe.orElseThrow(), jdbi, moved, memberships, plans.onOffer(), () -> {
            remindTrials.run();
            endTrials.run();
            endMemberships.run();
            stripe.orElseThrow().sweep().endLeftAlive();
        });
    }

    /** The path of a story that everyone may read. */
    String publicStory() {
        return stories.newestOf("article", 20, 0).stream()
                .filter(card ->
                        card.access().equals("public") && card.pictureName().isPresent())
                .findFirst()
                .map(StoryCard::path)
                .orElse("/");
    }

    /** What most people ask for after a start. */
    List<String> warmPaths() {
        return List.of("/", publicStory(), "/newsletters/", "/rss/", "/signin/", "/mailbox/");
    }

    @Override
    public void close() {
        jobs.close();
        readStories.close();
        searchIndex.close();
        hands.close();
        notices.close();
        rtmp.close();
        broadcast.close();
        fetch.close();
        if (config.smtpUrl().isEmpty()) mailbox.close();
    }
}
