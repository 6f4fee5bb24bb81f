package press.masthead.live;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import press.masthead.platform.web.Fetch;

/** Pictures that come from elsewhere: an HLS address (RFC 8216) that is looked at before it is kept. */
public final class OutsideStream {
    private static final int LONGEST = 1_000;

    private final Fetch fetch;

    public OutsideStream(Fetch fetch) {
        this.fetch = fetch;
    }

    /**
     * Looks whether a player could begin there.
     *
     * @throws SessionForm.Wrong with the reason why not
     */
    void check(String typed) {
        if (typed.isEmpty()) return;
        URI address = address(typed);
        Fetch.Answer answer;
        try {
            answer = fetch.get(address, Map.of("Accept", "application/vnd.apple.mpegurl, */*"));
        } catch (Fetch.Refused e) {
            throw wrong("This address can't be used: it has to begin with https and lead to a public server.");
        } catch (IOException e) {
            throw wrong(
                    "Nothing answers at this address. Please look whether it is right, and whether the stream is prepared.");
        }
        if (answer.status() != 200)
            throw wrong("The server at this address answers with an error (" + answer.status() + ").");
        if (!answer.text().startsWith("#EXTM3U"))
            throw wrong("There is no HLS stream at this address. It usually ends in .m3u8.");
    }

    private static URI address(String typed) {
        try {
            URI address = URI.create(typed);
            if (typed.length() <= LONGEST
                    && typed.matches("https?://[A-Za-z0-9.:\\[\\]-]+(/[!-~]*)?")
                    && address.getHost() != null) return address;
        } catch (IllegalArgumentException e) {
            // the sentence below says it
        }
        throw wrong("Please give a whole address, such as https://video.example/live/index.m3u8.");
    }

    private static SessionForm.Wrong wrong(String sentence) {
        return new SessionForm.Wrong("outside", sentence);
    }

    /** What a page has to allow so that its player reaches it. */
    static String origin(String address) {
        URI uri = URI.create(address);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
