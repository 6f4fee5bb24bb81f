package press.masthead.teams;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** What a domain says of itself: its TXT records (RFC 1035, 3.3.14). */
@FunctionalInterface
public interface DomainTexts {
    /**
     * The texts at the name, each in one piece; empty where there are none.
     *
     * @throws Unreachable when nobody answers
     */
    List<String> at(String name);

    /** No name server answered. */
    final class Unreachable extends RuntimeException {
        Unreachable(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Asks the system's name servers, or the given one ({@code host:port}); waits for five seconds at most and keeps no
     * answer. The JDK's DNS provider speaks nothing but DNS: no object is ever made of what comes back, which is what the
     * check below is about.
     */
    @SuppressWarnings("BanJNDI")
    static DomainTexts ofDns(String server) {
        return name -> {
            var settings = new Hashtable<String, String>();
            settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
            settings.put("java.naming.provider.url", "dns://" + server);
            settings.put("com.sun.jndi.dns.timeout.initial", "1500");
            settings.put("com.sun.jndi.dns.timeout.retries", "2");
            try {
                var context = new InitialDirContext(settings);
                try {
                    // With the final dot: no search list of this machine is tried.
                    Attribute found = context.getAttributes(name + ".", new String[] {"TXT"})
                            .get("TXT");
                    var texts = new ArrayList<String>();
                    for (int i = 0; found != null && i < found.size(); i++)
                        texts.add(whole(String.valueOf(found.get(i))));
                    return texts;
                } finally {
                    context.close();
                }
            } catch (NameNotFoundException e) {
                return List.of();
            } catch (NamingException e) {
                throw new Unreachable(e);
            }
        };
    }

    /**
     * One record in one piece. It is a row of strings of 255 octets at most, which belong together without anything between
     * them (RFC 7208, 3.3); the JDK puts a blank between them, and quotes around those that hold a blank or are empty.
     */
    static String whole(String record) {
        var text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (c == '\\' && i + 1 < record.length()) text.append(record.charAt(++i));
            else if (c == '"') quoted = !quoted;
            else if (c != ' ' || quoted) text.append(c);
        }
        return text.toString().strip();
    }
}
