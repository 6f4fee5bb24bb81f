package press.masthead.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a sink wrote down of each letter, compared with the ledger: every Message-ID that a row stands for is there once, under
 * the address of that row, whole, and no other.
 */
final class SinkDump {
    private final Map<String, String> rows;
    private final boolean signed;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final StringBuilder wrong = new StringBuilder();

    private String recipient = "";
    private String messageId = "";
    private boolean signature;
    private boolean whole;
    private boolean inBody;

    /** @param rows address by Message-ID, of every letter that was accepted */
    SinkDump(Map<String, String> rows, boolean signed) {
        this.rows = rows;
        this.signed = signed;
    }

    /**
     * Reads the dump.
     *
     * @return how many letters are in it
     * @throws IOException naming the first differences, when dump and ledger do not agree
     */
    int compare(Path dump) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(dump, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) read(line);
        }
        endLetter();
        for (String id : rows.keySet()) if (!seen.containsKey(id)) differ(id + " is lost");
        if (!wrong.isEmpty()) throw new IOException("the sink's dump and the ledger differ:" + wrong);
        return seen.size();
    }

    private void read(String line) {
        if (line.startsWith("X-Client-Addr: ")) {
            endLetter();
            inBody = false;
            signature = false;
            whole = false;
            recipient = "";
            messageId = "";
        } else if (inBody) {
            // the end of the outermost part is a letter's last line
            if (line.startsWith("--=_")) whole = line.endsWith("--");
        } else if (line.startsWith("X-Rcpt-Args: <")) {
            recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        } else if (line.startsWith("Message-ID: <")) {
            messageId = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        } else if (line.startsWith("DKIM-Signature: ")) {
            signature = true;
        } else if (line.isEmpty()) {
            inBody = true;
        }
    }

    private void endLetter() {
        if (recipient.isEmpty()) return;
        if (!recipient.equals(rows.get(messageId))) differ(messageId + " went to " + recipient);
        if (!whole) differ(messageId + " is cut short");
        if (signature != signed) differ(messageId + (signed ? " is not signed" : " is signed"));
        if (seen.merge(messageId, 1, Integer::sum) > 1) differ(messageId + " came twice");
    }

    private void differ(String how) {
        if (wrong.length() < 1000) wrong.append("\n  ").append(how);
    }
}
