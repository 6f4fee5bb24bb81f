package press.masthead.teams;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A domain that a team may say is its own. */
final class DomainName {
    /** Where everyone can have an address, so that one says nothing about whom somebody works for. */
    private static final Set<String> OPEN_TO_ALL = Set.of(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "hotmail.com",
            "hotmail.co.uk",
            "hotmail.fr",
            "hotmail.de",
            "live.com",
            "live.co.uk",
            "live.fr",
            "msn.com",
            "yahoo.com",
            "yahoo.co.uk",
            "yahoo.co.in",
            "yahoo.co.jp",
            "yahoo.de",
            "yahoo.es",
            "yahoo.fr",
            "yahoo.it",
            "yahoo.com.br",
            "ymail.com",
            "rocketmail.com",
            "aol.com",
            "icloud.com",
            "me.com",
            "mac.com",
            "proton.me",
            "protonmail.com",
            "protonmail.ch",
            "pm.me",
            "tutanota.com",
            "tutanota.de",
            "tuta.com",
            "tuta.io",
            "gmx.com",
            "gmx.de",
            "gmx.net",
            "gmx.at",
            "gmx.ch",
            "web.de",
            "t-online.de",
            "freenet.de",
            "mail.com",
            "email.com",
            "zoho.com",
            "fastmail.com",
            "fastmail.fm",
            "hey.com",
            "yandex.com",
            "yandex.ru",
            "mail.ru",
            "bk.ru",
            "inbox.ru",
            "list.ru",
            "rambler.ru",
            "qq.com",
            "163.com",
            "126.com",
            "sina.com",
            "sohu.com",
            "foxmail.com",
            "naver.com",
            "daum.net",
            "hanmail.net",
            "orange.fr",
            "wanadoo.fr",
            "free.fr",
            "laposte.net",
            "sfr.fr",
            "libero.it",
            "virgilio.it",
            "alice.it",
            "tiscali.it",
            "seznam.cz",
            "centrum.cz",
            "wp.pl",
            "o2.pl",
            "onet.pl",
            "interia.pl",
            "abv.bg",
            "ukr.net",
            "i.ua",
            "walla.co.il",
            "walla.com",
            "rediffmail.com",
            "uol.com.br",
            "bol.com.br",
            "terra.com.br",
            "comcast.net",
            "verizon.net",
            "att.net",
            "sbcglobal.net",
            "bellsouth.net",
            "cox.net",
            "charter.net",
            "btinternet.com",
            "sky.com",
            "virginmedia.com",
            "ntlworld.com",
            "talktalk.net",
            "bigpond.com",
            "optusnet.com.au",
            "shaw.ca",
            "rogers.com",
            "sympatico.ca",
            "ziggo.nl",
            "kpnmail.nl",
            "planet.nl",
            "home.nl",
            "skynet.be",
            "telenet.be",
            "bluewin.ch",
            "mailinator.com",
            "guerrillamail.com",
            "10minutemail.com",
            "yopmail.com",
            "duck.com",
            "posteo.de",
            "mailbox.org",
            "hushmail.com",
            "gmx.co.uk");

    /** Who minds a domain's mail (RFC 2142, sections 4 and 5, and the names in use for it). */
    static final List<String> MINDERS =
            List.of("postmaster", "hostmaster", "webmaster", "admin", "administrator", "it");

    private DomainName() {}

    /** In its ASCII form and lower case; of an address what stands behind the @. */
    static Optional<String> parse(String text) {
        String typed = text.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^https?://", "")
                .replaceFirst("/.*$", "");
        String domain = typed.substring(typed.lastIndexOf('@') + 1);
        try {
            String ascii = IDN.toASCII(domain).toLowerCase(Locale.ROOT);
            return ascii.length() <= 253
                            && ascii.matches("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
                    ? Optional.of(ascii)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isOpenToAll(String domain) {
        return OPEN_TO_ALL.contains(domain);
    }
}
