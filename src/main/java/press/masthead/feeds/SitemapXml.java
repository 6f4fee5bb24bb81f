package press.masthead.feeds;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import press.masthead.stories.StoryCard;

/** Writes maps under sitemaps.org's protocol 0.9, with Google's extensions for news and pictures. */
final class SitemapXml {
    private static final String MAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static final String NEWS = "http://www.google.com/schemas/sitemap-news/0.9";
    private static final String IMAGE = "http://www.google.com/schemas/sitemap-image/1.1";
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newFactory();

    private final XMLStreamWriter xml;

    private SitemapXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static byte[] urls(Consumer<SitemapXml> write) {
        return document("urlset", write);
    }

    static byte[] index(Consumer<SitemapXml> write) {
        return document("sitemapindex", write);
    }

    private static byte[] document(String root, Consumer<SitemapXml> write) {
        try {
            var out = new ByteArrayOutputStream();
            XMLStreamWriter xml = WRITERS.createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.setDefaultNamespace(MAP);
            xml.setPrefix("news", NEWS);
            xml.setPrefix("image", IMAGE);
            xml.writeStartElement(MAP, root);
            xml.writeDefaultNamespace(MAP);
            if (root.equals("urlset")) {
                xml.writeNamespace("news", NEWS);
                xml.writeNamespace("image", IMAGE);
            }
            write.accept(new SitemapXml(xml));
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
            return out.toByteArray();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Writing {
        void write() throws XMLStreamException;
    }

    private void in(String namespace, String name, Writing inside) {
        try {
            xml.writeStartElement(namespace, name);
            inside.write();
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory that can't be written to", e);
        }
    }

    private void text(String namespace, String name, String text) {
        in(namespace, name, () -> xml.writeCharacters(text));
    }

    void map(String loc) {
        in(MAP, "sitemap", () -> text(MAP, "loc", loc));
    }

    void url(String loc) {
        in(MAP, "url", () -> text(MAP, "loc", loc));
    }

    void url(String loc, Instant modified, Optional<String> picture) {
        in(MAP, "url", () -> {
            text(MAP, "loc", loc);
            text(MAP, "lastmod", modified.toString());
            picture.ifPresent(address -> in(IMAGE, "image", () -> text(IMAGE, "loc", address)));
        });
    }

    void news(String loc, String publication, StoryCard card) {
        in(MAP, "url", () -> {
            text(MAP, "loc", loc);
            in(NEWS, "news", () -> {
                in(NEWS, "publication", () -> {
                    text(NEWS, "name", publication);
                    text(NEWS, "language", card.language());
                });
                text(NEWS, "publication_date", card.publishedAt().toString());
                text(NEWS, "title", card.title());
            });
        });
    }
}
