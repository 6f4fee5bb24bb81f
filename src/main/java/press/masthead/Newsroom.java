package press.masthead;

import java.time.Clock;
import java.util.List;
import press.masthead.mailbox.Mailbox;
import press.masthead.mailbox.MailboxPages;
import press.masthead.platform.db.Database;
import press.masthead.platform.jobs.Jobs;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.StaticFiles;
import press.masthead.platform.web.WebServer;
import press.masthead.readers.Readers;
import press.masthead.stories.Stories;

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
        if (config.smtpUrl().isEmpty()) mailbox.start();
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
    }

    String url() {
        return config.url().map(Object::toString).orElse("http://localhost:" + port);
    }

    String newsroomLink() {
        return url() + "/desk/";
    }

    String mailboxAddress() {
        return config.smtpUrl().isPresent() ? "none: letters go to your mail server" : url() + "/mailbox/";
    }

    List<String> warmPaths() {
        return List.of("/", "/mailbox/");
    }

    @Override
    public void close() {
        jobs.close();
        if (config.smtpUrl().isEmpty()) mailbox.close();
    }
}
