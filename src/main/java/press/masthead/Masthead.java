package press.masthead;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import press.masthead.Config.BadSetting;
import press.masthead.bench.Tools.MissingTool;
import press.masthead.platform.db.DatabaseUnusable;
import press.masthead.platform.web.WebServer.PortTaken;

/** The program: one command for each thing an operator does; without a command, it serves. */
@Command(
        name = "masthead",
        version = "Masthead 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Publishes the journalism, fills the inboxes and sells the membership of one newsroom.",
        subcommands = {
            Masthead.Serve.class,
            Masthead.Check.class,
            Masthead.Reindex.class,
            ImportCommand.class,
            BenchCommand.class,
            Masthead.WarmUp.class,
            LocalStripeCommand.class,
            StripeCommand.class
        },
        footerHeading = "%nSettings, each an environment variable:%n",
        footer = {
            "  MASTHEAD_PORT         port to serve on (8080)",
            "  MASTHEAD_HOST         interface to listen on (127.0.0.1)",
            "  MASTHEAD_URL          address that readers see (http://localhost:PORT)",
            "  MASTHEAD_DATA         folder for pictures, keys and the embedded database (./data)",
            "  DATABASE_URL          a PostgreSQL 15 or newer, instead of the embedded one",
            "  SEARCH_URL            an OpenSearch cluster, instead of an index on each node: https://user:password@host:9200",
            "  SMTP_URL              a mail server, instead of the built-in mailbox: smtp://user:password@host:587",
            "  MASTHEAD_MAIL_DOMAIN  domain that letters come from and are signed for",
            "  MASTHEAD_SAMPLE       \"no\" leaves an empty database empty",
            "  MASTHEAD_PROXIES      proxies on other machines that say where readers come from (none)",
            "  MASTHEAD_SECRET_KEY   what kept secrets are encrypted with (a key in the data folder)",
            "  MASTHEAD_FETCH_ALLOWED  networks that identity providers may lie in (public ones alone)",
            "  MASTHEAD_DNS            name server to ask about teams' domains (the machine's own)",
            "  MASTHEAD_MODEL        \"no\" searches by words alone, without the model in the box",
            "  MASTHEAD_STAFF_FACTOR  when staff show a passkey or a code: required, grace or off (grace)",
            "  MASTHEAD_COUNTRY_HEADER  the header in which your proxy names a request's country (none)",
            "  MASTHEAD_RTMP         where OBS sends live pictures to, as 1935 or host:1935 (nowhere)",
            "  MASTHEAD_HANDS        connections that send letters at one time (8)",
            "  STRIPE_SECRET_KEY     takes cards through Stripe; docs/payments.md says the rest",
            "  STRIPE_API_BASE       where its requests go (https://api.stripe.com)",
            "  STRIPE_WEBHOOK_SECRET what Stripe signs its messages with",
            "  STRIPE_GRACE_DAYS     for how long a member reads on while a charge is tried again (14)",
            "",
            "./masthead test runs every test; docs/operating.md says the rest."
        })
public final class Masthead implements Runnable {
    public static void main(String[] args) {
        logPlainly();
        IExecutionExceptionHandler sentences = (failure, command, parsed) -> {
            if (!(failure instanceof BadSetting
                    || failure instanceof DatabaseUnusable
                    || failure instanceof PortTaken
                    || failure instanceof MissingTool)) throw failure;
            command.getErr().println(failure.getMessage());
            return 1;
        };
        int status = new CommandLine(new Masthead())
                .setExecutionExceptionHandler(sentences)
                .execute(args);
        if (status != 0) System.exit(status);
    }

    @Override
    public void run() {
        new Serve().run();
    }

    /** Starts everything and stays. */
    @Command(
            name = "serve",
            description = "Serve the publication (what happens without a command).",
            mixinStandardHelpOptions = true)
    static final class Serve implements Runnable {
        @Override
        public void run() {
            Running running = Running.start(Config.read(System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "shutdown"));
            running.greet(System.out);
        }
    }

    /** Looks whether the books agree, as each night. */
    @Command(
            name = "check",
            description = "Check that ledger, invoices, memberships and access agree; names each difference.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Override
        public Integer call() {
            return Running.check(Config.read(System.getenv()));
        }
    }

    /** Has every node make its search index again, and waits for it. */
    @Command(
            name = "reindex",
            description =
                    "Make the search index of every running node again, while the old one serves; shows how far it is.",
            mixinStandardHelpOptions = true)
    static final class Reindex implements Callable<Integer> {
        @Override
        public Integer call() {
            return Running.beside(
                    Config.read(System.getenv()), newsroom -> newsroom.remakeIndexes.run(System.out) ? 0 : 1);
        }
    }

    /** Walks through the program once, so that the JDK can note which classes a start needs (JEP 483 and 514). */
    @Command(name = "warm-up", hidden = true)
    static final class WarmUp implements Runnable {
        @Override
        public void run() {
            try {
                Running.warmUp();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static void logPlainly() {
        try (@Nullable InputStream settings = Masthead.class.getResourceAsStream("/logging.properties")) {
            if (settings != null) LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            System.err.println("logging.properties can't be read: " + e.getMessage());
        }
    }
}
