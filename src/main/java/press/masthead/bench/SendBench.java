package press.masthead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * 20,000 personal letters of 20 KB through ledger, hands and reconciler into Postfix's smtp-sink: unsigned against smtp-source
 * into the same sink, and signed against what the cores could do at best. One run of each is written down by the sink and
 * compared with the ledger letter by letter; then each is timed three times, turn by turn, with the sink only counting.
 */
public final class SendBench {
    private static final int ROUNDS = 3;
    private static final int LETTERS = 20_000;
    private static final int BYTES = 20 * 1024;
    private static final int CONNECTIONS = 8;
    private static final int OPENSSL_SECONDS = 3;

    private final Path folder;
    // found before anything starts, so that a missing program is named at once
    private final String smtpSink = Tools.find("smtp-sink", "postfix");
    private final SendLimits limits = new SendLimits();

    /** @param folder empty, for the database and the sink; needs 2 GB */
    public SendBench(Path folder) {
        this.folder = folder;
    }

    public void run() throws IOException, InterruptedException {
        var unsigned = new Samples();
        var signed = new Samples();
        var source = new Samples();
        var processor = new Samples();
        var signatures = new Samples();
        signatures.add(limits.signatures(OPENSSL_SECONDS));
        try (var room = new SendRoom(folder, BYTES)) {
            prove(room, false);
            prove(room, true);
            try (var sink = MailSink.start(smtpSink, folder, false)) {
                for (int round = 1; round <= ROUNDS; round++) {
                    unsigned.add(timed(room, sink, false));
                    SendLimits.Source peer = limits.source(sink, LETTERS, BYTES, CONNECTIONS);
                    source.add(peer.rate());
                    processor.add(peer.processorSeconds() * 1e6);
                    signed.add(timed(room, sink, true));
                    if (round > 1) signatures.add(limits.signatures(OPENSSL_SECONDS));
                }
            }
        }
        int cores = Runtime.getRuntime().availableProcessors();
        double limit = cores / (processor.median() / 1e6 + 1 / signatures.median());
        System.out.printf(
                Locale.ROOT,
                "smtp-source %s letters/s, with the sink %s us of processor time a letter; openssl %s signatures/s a core; %d cores%n",
                source,
                processor,
                signatures,
                cores);
        System.out.printf(Locale.ROOT, "ours unsigned %s, signed %s letters/s%n", unsigned, signed);
        long rss = Tools.residentMegabytes();
        System.out.println(Tools.line("send-unsigned", unsigned.median(), source.median(), "letters/s", rss));
        System.out.println(Tools.line("send", signed.median(), limit, "letters/s", rss));
    }

    /** Nothing lost, nothing doubled: the sink's dump against the ledger. Also warms up what the timed rounds run. */
    private void prove(SendRoom room, boolean signed) throws IOException, InterruptedException {
        SendRoom.Sent sent;
        Path dump;
        try (var sink = MailSink.start(smtpSink, folder, true)) {
            sent = room.send(LETTERS, sink, signed);
            dump = sink.dump();
        }
        var rows = room.accepted(sent.mailing());
        if (rows.size() != LETTERS) throw new IOException("the ledger has " + rows.size() + " accepted letters");
        int letters = new SinkDump(rows, signed).compare(dump);
        System.out.printf(
                Locale.ROOT,
                "%s: %d letters in the sink's dump, each Message-ID of the ledger once, at its row's address (%.0f KB each)%n",
                name(signed),
                letters,
                Files.size(dump) / 1024.0 / letters);
        Files.delete(dump);
    }

    private static double timed(SendRoom room, MailSink sink, boolean signed) throws IOException {
        long before = sink.taken();
        SendRoom.Sent sent = room.send(LETTERS, sink, signed);
        long taken = sink.taken() - before;
        if (taken != LETTERS) throw new IOException("the sink counted " + taken + " letters");
        System.out.printf(
                Locale.ROOT, "  %s %.0f letters/s (owed in %.2f s)%n", name(signed), sent.rate(), sent.owedInSeconds());
        return sent.rate();
    }

    private static String name(boolean signed) {
        return signed ? "signed" : "unsigned";
    }
}
