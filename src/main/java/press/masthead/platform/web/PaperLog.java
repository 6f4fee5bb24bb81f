package press.masthead.platform.web;

import com.openhtmltopdf.util.XRLog;
import java.util.logging.Level;

/** What the typesetter says of its work: by itself a line for every font of every paper; here only what is wrong. */
final class PaperLog {
    private PaperLog() {}

    static void onlyTrouble() {
        XRLog.listRegisteredLoggers().forEach(name -> XRLog.setLevel(name, Level.SEVERE));
    }
}
