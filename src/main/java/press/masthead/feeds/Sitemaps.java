package press.masthead.feeds;

import io.javalin.http.Context;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import press.masthead.publication.Publication;
import press.masthead.stories.Stories;
import press.masthead.stories.Stories.Address;
import press.masthead.stories.StoryCard;

/** Sitemaps under sitemaps.org's protocol, and Google's news extension of it. Addresses and times alone. */
public final class Sitemaps {
    private static final String MAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static final String NEWS = "http://www.google.com/schemas/sitemap-news/0.9";
    /** The protocol's own bound for one file. */
    private static final int MOST = 50_000;

    private final Stories stories;
    private final Publication publication;
    private final Supplier<String> url;
    private final Clock clock;

    public Sitemaps(Stories stories, Publication publication, Supplier<String> url, Clock clock) {
        this.stories = stories;
        this.publication = publication;
        this.url = url;
        this.clock = clock;
    }

    /** GET /sitemap.xml */
    public void all(Context ctx) throws XMLStreamException {
        var text = new StringWriter();
        XMLStreamWriter xml = open(text);
        for (Address address : stories.addresses(MOST)) {
            xml.writeStartElement("url");
            element(xml, "loc", url.get() + "/" + address.slug() + "/");
            element(xml, "lastmod", address.updatedAt().toString());
            xml.writeEndElement();
        }
        close(ctx, xml, text);
    }

    /** GET /sitemap-news.xml: what was published in the last two days, as Google asks. */
    public void news(Context ctx) throws XMLStreamException {
        Instant now = clock.instant();
        var text = new StringWriter();
        XMLStreamWriter xml = open(text);
        for (StoryCard card : stories.between(now.minus(Duration.ofDays(2)), now.plusSeconds(1), 1_000)) {
            xml.writeStartElement("url");
            element(xml, "loc", url.get() + card.path());
            xml.writeStartElement(NEWS, "news");
            xml.writeStartElement(NEWS, "publication");
            news(xml, "name", publication.settings().name());
            news(xml, "language", card.language());
            xml.writeEndElement();
            news(xml, "publication_date", card.publishedAt().toString());
            news(xml, "title", card.title());
            xml.writeEndElement();
            xml.writeEndElement();
        }
        close(ctx, xml, text);
    }

    /** GET /robots.txt */
    public void robots(Context ctx) {
        ctx.contentType("text/plain; charset=utf-8").result("""
                        User-agent: *
                        Disallow: /desk/
                        Disallow: /account/
                        Disallow: /search/
                        Disallow: /mailbox/

                        Sitemap: %s/sitemap.xml
                        Sitemap: %s/sitemap-news.xml
                        """.formatted(url.get(), url.get()));
    }

    private static XMLStreamWriter open(StringWriter text) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.setDefaultNamespace(MAP);
        xml.setPrefix("news", NEWS);
        xml.writeStartElement(MAP, "urlset");
        xml.writeDefaultNamespace(MAP);
        xml.writeNamespace("news", NEWS);
        return xml;
    }

    private static void close(Context ctx, XMLStreamWriter xml, StringWriter text) throws XMLStreamException {
        xml.writeEndElement();
        xml.writeEndDocument();
        ctx.contentType("application/xml; charset=utf-8")
                .header("Cache-Control", "public, max-age=60")
                .result(text.toString());
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(MAP, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void news(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(NEWS, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
