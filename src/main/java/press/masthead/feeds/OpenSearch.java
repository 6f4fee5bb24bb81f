package press.masthead.feeds;

import io.javalin.http.Context;
import java.io.StringWriter;
import java.util.function.Supplier;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import press.masthead.publication.Publication;

/** Lets a browser search the publication from its address bar: an OpenSearch 1.1 description. */
public final class OpenSearch {
    private static final String NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/";
    /** The specification's own bounds. */
    private static final int LONGEST_NAME = 16;

    private static final int LONGEST_DESCRIPTION = 1024;

    private final Publication publication;
    private final Supplier<String> url;

    public OpenSearch(Publication publication, Supplier<String> url) {
        this.publication = publication;
        this.url = url;
    }

    /** GET /opensearch.xml */
    public void describe(Context ctx) throws XMLStreamException {
        var settings = publication.settings();
        var text = new StringWriter();
        var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("OpenSearchDescription");
        xml.writeDefaultNamespace(NAMESPACE);
        xml.writeStartElement("ShortName");
        xml.writeCharacters(first(LONGEST_NAME, settings.name()));
        xml.writeEndElement();
        xml.writeStartElement("Description");
        xml.writeCharacters(first(LONGEST_DESCRIPTION, settings.description()));
        xml.writeEndElement();
        xml.writeStartElement("InputEncoding");
        xml.writeCharacters("UTF-8");
        xml.writeEndElement();
        xml.writeEmptyElement("Url");
        xml.writeAttribute("type", "text/html");
        xml.writeAttribute("template", url.get() + "/search/?q={searchTerms}");
        xml.writeEndElement();
        xml.writeEndDocument();
        ctx.contentType("application/opensearchdescription+xml; charset=utf-8")
                .header("Cache-Control", "public, max-age=86400")
                .result(text.toString());
    }

    private static String first(int most, String text) {
        return text.length() <= most ? text : text.substring(0, most).strip();
    }
}
