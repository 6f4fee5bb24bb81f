package press.masthead.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the same machine could do at best: Postfix's smtp-source into the same sink, and OpenSSL's RSA-2048. */
final class SendLimits {
    private final String source = Tools.find("smtp-source", "postfix");
    private final String openssl = Tools.find("openssl", "openssl");
    private final String shell = Tools.find("bash", "bash");

    private static final Pattern TIMES = Pattern.compile("times ([\\d.]+) ([\\d.]+) ([\\d.]+)");
    private static final Pattern SIGNATURES = Pattern.compile("rsa\\s+2048 bits\\s+[\\d.]+s\\s+[\\d.]+s\\s+([\\d.]+)");

    /** One run of smtp-source: letters a second, and the processor time that it and the sink used for each, in seconds. */
    record Source(double rate, double processorSeconds) {}

    /** So many letters with a body of so many bytes over kept connections. */
    Source source(MailSink sink, int letters, int bytes, int connections) throws IOException, InterruptedException {
        Duration before = sink.processorTime();
        long takenBefore = sink.taken();
        String output = Tools.run(List.of(
                shell,
                "-c",
                "TIMEFORMAT='times %R %U %S'; time \"$@\"",
                "smtp-source",
                source,
                "-d",
                "-s",
                Integer.toString(connections),
                "-l",
                Integer.toString(bytes),
                "-m",
                Integer.toString(letters),
                "127.0.0.1:" + sink.port()));
        Matcher times = TIMES.matcher(output);
        if (!times.find()) throw new IOException("smtp-source said: " + output);
        if (sink.taken() - takenBefore != letters) throw new IOException("smtp-source lost letters");
        double sinkSeconds = (sink.processorTime().toNanos() - before.toNanos()) / 1e9;
        double sourceSeconds = Double.parseDouble(times.group(2)) + Double.parseDouble(times.group(3));
        return new Source(letters / Double.parseDouble(times.group(1)), (sourceSeconds + sinkSeconds) / letters);
    }

    /** RSA-2048 signatures a second on one core, as OpenSSL measures itself. */
    double signatures(int seconds) throws IOException, InterruptedException {
        String output = Tools.run(List.of(openssl, "speed", "-seconds", Integer.toString(seconds), "rsa2048"));
        Matcher found = SIGNATURES.matcher(output);
        if (!found.find()) throw new IOException("openssl speed said: " + output);
        return Double.parseDouble(found.group(1));
    }
}
