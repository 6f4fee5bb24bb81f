package press.masthead;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import press.masthead.account.AccountPages;
import press.masthead.authors.Authors;
import press.masthead.billing.EndTrials;
import press.masthead.billing.Invoices;
import press.masthead.billing.RemindTrials;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.HandSettings;
import press.masthead.deliveries.Hands;
import press.masthead.deliveries.Reconciler;
import press.masthead.demo.FillSample;
import press.masthead.desk.ReaderDesk;
import press.masthead.desk.SettingsDesk;
import press.masthead.feeds.Feeds;
import press.masthead.feeds.Sitemaps;
import press.masthead.industries.Industries;
import press.masthead.mailbox.Mailbox;
import press.masthead.mailbox.MailboxPages;
import press.masthead.newsletters.DraftEditions;
import press.masthead.newsletters.EditionDesk;
import press.masthead.newsletters.EditionLetter;
import press.masthead.newsletters.Editions;
import press.masthead.newsletters.JoinPages;
import press.masthead.newsletters.Joining;
import press.masthead.newsletters.NewsletterHub;
import press.masthead.newsletters.Newsletters;
import press.masthead.newsletters.SendDue;
import press.masthead.newsletters.SendEdition;
import press.masthead.newsletters.Subscriptions;
import press.masthead.newsletters.UnsubscribeLinks;
import press.masthead.newsletters.UnsubscribePages;
import press.masthead.pictures.PictureDesk;
import press.masthead.pictures.PicturePages;
import press.masthead.pictures.Pictures;
import press.masthead.plans.Memberships;
import press.masthead.plans.Plans;
import press.masthead.plans.StartTrial;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.Notices;
import press.masthead.platform.jobs.Jobs;
import press.masthead.platform.mail.CarryPost;
import press.masthead.platform.mail.Dkim;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.MailKeys;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.mail.SmtpServer;
import press.masthead.platform.storage.Files;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.StaticFiles;
import press.masthead.platform.web.WebServer;
import press.masthead.publication.Publication;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Readers;
import press.masthead.signin.Sessions;
import press.masthead.signin.SignIn;
import press.masthead.signin.SignInPages;
import press.masthead.site.ArchivePages;
import press.masthead.site.ErrorPages;
import press.masthead.site.ListPages;
import press.masthead.site.ProPages;
import press.masthead.site.SearchPages;
import press.masthead.site.Site;
import press.masthead.site.StoryPages;
import press.masthead.site.ThemeAssets;
import press.masthead.stories.Drafts;
import press.masthead.stories.PublishDue;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.stories.StoryDesk;
import press.masthead.themes.Theme;
import press.masthead.topics.Topics;

/** Every part and what it is made with, in one place and in the order in which they need each other. */
public final class Newsroom implements AutoCloseable {
    final Config config;
    final Clock clock;
    final Database database;

    final Html html = new Html();
    final StaticFiles staticFiles = new StaticFiles();
    final PageCache pageCache = new PageCache("masthead_session");
    final Jobs jobs;
    final Limits limits;
    final Outbox outbox;
    final Mailbox mailbox;
    final MailboxPages mailboxPages;
    final Readers readers;
    final Stories stories;

    final Notices notices;
    final Publication publication;
    final Topics topics;
    final Authors authors;
    final Industries industries;
    final Newsletters newsletters;
    final DraftEditions draftEditions;
    final UnsubscribeLinks unsubscribeLinks;
    final Editions editions;
    final SendDue sendDue;
    final EditionDesk editionDesk;
    final SettingsDesk settingsDesk;
    final ReaderDesk readerDesk;
    final Sessions sessions;
    final SignIn signIn;
    final SignInPages signInPages;
    final Subscriptions subscriptions;
    final NewsletterHub newsletterHub;
    final Joining joining;
    final JoinPages joinPages;
    final Plans plans;
    final Memberships memberships;
    final Invoices invoices;
    final StartTrial startTrial;
    final EndTrials endTrials;
    final RemindTrials remindTrials;
    final ProPages proPages;
    final AccountPages accountPages;
    final UnsubscribePages unsubscribePages;
    final Dkim dkim;
    final CarryPost carryPost;
    final Deliveries deliveries;
    final Hands hands;
    final Reconciler reconciler;
    final Files files;
    final Pictures pictures;
    final PicturePages picturePages;
    final Drafts drafts;
    final PictureDesk pictureDesk;
    final StoryDesk storyDesk;
    final PublishDue publishDue;
    final Site site;
    final ThemeAssets themeAssets;
    final ListPages listPages;
    final StoryPages storyPages;
    final ArchivePages archivePages;
    final SearchPages searchPages;
    final ErrorPages errorPages;
    final Feeds feeds;
    final Sitemaps sitemaps;

    private int port;

    public Newsroom(Config config, Database database, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.database = database;
        this.port = config.port();
        var jdbi = database.jdbi();
        jobs = new Jobs(clock);
        limits = new Limits(jdbi, clock);
        outbox = new Outbox(clock);
        mailbox = new Mailbox(jdbi, clock);
        mailboxPages = new MailboxPages(mailbox, html, config.host().equals("127.0.0.1"));
        readers = new Readers(jdbi, clock);
        stories = new Stories(jdbi);
        publication = new Publication(jdbi);
        topics = new Topics(jdbi);
        authors = new Authors(jdbi);
        industries = new Industries(jdbi);
        newsletters = new Newsletters(jdbi);
        draftEditions = new DraftEditions(jdbi, newsletters, clock);
        unsubscribeLinks = new UnsubscribeLinks(jdbi);

        plans = new Plans(jdbi);
        memberships = new Memberships(jdbi, clock);
        invoices = new Invoices(jdbi, clock);

        Theme theme = Theme.bundled();
        site = new Site(theme, publication, topics, industries, newsletters, plans, pageCache, this::url, clock);
        themeAssets = new ThemeAssets(theme);
        listPages = new ListPages(site, stories, topics, industries, authors, newsletters, pageCache);
        storyPages = new StoryPages(site, stories, pageCache);
        archivePages = new ArchivePages(site, stories, pageCache);
        searchPages = new SearchPages(site, stories, limits);
        errorPages = new ErrorPages(site, stories);
        feeds = new Feeds(stories, topics, publication, this::url);
        sitemaps = new Sitemaps(stories, publication, this::url, clock);

        files = new Files(config.data().resolve("files"));
        pictures = new Pictures(jdbi, files, clock);
        picturePages = new PicturePages(pictures);
        drafts = new Drafts(clock);
        pictureDesk = new PictureDesk(pictures, html);
        storyDesk = new StoryDesk(jdbi, drafts, pictures, publication, html, clock);
        publishDue = new PublishDue(jdbi, drafts);
        if (config.sample()) new FillSample(jdbi, publication, pictures, drafts, clock).run();

        boolean https =
                config.url().filter(url -> url.getScheme().equals("https")).isPresent();
        sessions = new Sessions(jdbi, clock, memberships, https);
        signIn = new SignIn(jdbi, clock, readers, outbox, html, limits, this::letterhead);
        signInPages = new SignInPages(signIn, sessions, site);

        subscriptions = new Subscriptions(jdbi, clock);
        newsletterHub = new NewsletterHub(jdbi, clock);
        joining = new Joining(jdbi, clock, readers, subscriptions, outbox, html, limits, this::letterhead);
        joinPages = new JoinPages(joining, subscriptions, newsletterHub, sessions, site);

        startTrial = new StartTrial(jdbi, plans, memberships, outbox, html, this::letterhead);
        endTrials = new EndTrials(jdbi, clock, memberships, invoices, outbox, html, this::letterhead);
        remindTrials = new RemindTrials(jdbi, clock, memberships, outbox, html, this::letterhead);
        proPages = new ProPages(site, stories, industries, plans, memberships, startTrial, signIn, clock);
        accountPages = new AccountPages(
                memberships, invoices, newsletterHub, readers, sessions, site, this::letterhead, clock);
        unsubscribePages = new UnsubscribePages(jdbi, unsubscribeLinks, subscriptions, site);

        if (config.smtpUrl().isEmpty()) mailbox.start();
        SmtpServer mailServer = SmtpServer.parse(config.smtpUrl().orElseGet(mailbox::url));
        dkim = new MailKeys(jdbi, clock).of(config.mailDomain());
        carryPost = new CarryPost(jdbi, () -> mailServer, this::sender, dkim, clock);
        settingsDesk = new SettingsDesk(publication, dkim, html);
        readerDesk = new ReaderDesk(readers, publication, html, clock);
        HandSettings handSettings = HandSettings.USUAL.withHands(config.hands());
        deliveries = new Deliveries(jdbi, clock);
        hands = new Hands(jdbi, deliveries, () -> mailServer, Optional.of(dkim), clock, handSettings);
        reconciler = new Reconciler(jdbi, clock, handSettings);
        var editionLetter = new EditionLetter(html, publication, this::url);
        editions = new Editions(jdbi, clock);
        var sendEdition = new SendEdition(
                jdbi, deliveries, editionLetter, unsubscribeLinks, publication, config.mailDomain(), clock);
        sendDue = new SendDue(editions, newsletters, sendEdition, clock);
        editionDesk = new EditionDesk(
                editions, newsletters, sendEdition, editionLetter, deliveries, publication, html, clock);

        // Last, so that nothing stays open when a part before it can't be made.
        notices = Notices.open(database);
        notices.on("published", slug -> {
            storyPages.forget();
            pageCache.retire();
        });
        notices.on("settings", nothing -> {
            publication.forget();
            site.forget();
            pageCache.retire();
        });
    }

    /** Puts the server in front; nothing recurring runs yet. */
    WebServer serve() {
        var server = WebServer.start(config.host(), config.port(), pageCache, routes -> Routes.add(routes, this));
        port = server.port();
        return server;
    }

    /** Starts the recurring work. */
    void begin() {
        Timetable.add(jobs, this);
        jobs.start(database.dataSource());
        hands.start();
    }

    String url() {
        return config.url().map(Object::toString).orElse("http://localhost:" + port);
    }

    /** Whom letters to one person come from. */
    private MailAddress sender() {
        return new MailAddress(publication.settings().name(), "desk@" + config.mailDomain());
    }

    Letterhead letterhead() {
        var settings = publication.settings();
        return new Letterhead(settings.name(), url(), settings.address(), settings.zone());
    }

    /** A link that signs the first of the staff in, once; where nobody works here yet, the address to come to. */
    String newsroomLink() {
        return readers.firstOfStaff()
                .flatMap(EmailAddress::parse)
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
        hands.close();
        notices.close();
        if (config.smtpUrl().isEmpty()) mailbox.close();
    }
}
