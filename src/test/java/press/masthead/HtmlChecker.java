package press.masthead;

import com.thaiopensource.relaxng.impl.CombineValidator;
import com.thaiopensource.util.PropertyMap;
import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.Schema;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.Validator;
import com.thaiopensource.validate.prop.rng.RngProperty;
import com.thaiopensource.validate.rng.CompactSchemaReader;
import com.thaiopensource.xml.sax.Jaxp11XMLReaderCreator;
import java.io.StringReader;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import nu.validator.checker.jing.CheckerSchema;
import nu.validator.htmlparser.common.XmlViolationPolicy;
import nu.validator.htmlparser.sax.HtmlParser;
import nu.validator.localentities.LocalCacheEntityResolver;
import nu.validator.xml.NullEntityResolver;
import nu.validator.xml.customelements.NamespaceChangingSchemaWrapper;
import nu.validator.xml.dataattributes.DataAttributeDroppingSchemaWrapper;
import nu.validator.xml.langattributes.XmlLangAttributeDroppingSchemaWrapper;
import nu.validator.xml.roleattributes.RoleAttributeFilteringSchemaWrapper;
import nu.validator.xml.templateelement.TemplateElementDroppingSchemaWrapper;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

/**
 * The Nu HTML Checker that stands behind validator.w3.org, put together as it puts itself together but for its guess at the
 * text's language, which would bring a second web server along, and its look at Unicode's normal form, which needs an ICU older
 * than the one that searches: the JDK's own is asked instead.
 */
final class HtmlChecker {
    private static final String SCHEMA = "http://s.validator.nu/html5-rdfalite.rnc";
    private static final List<CheckerSchema> CHECKS = List.of(
            CheckerSchema.ASSERTION_SCH,
            CheckerSchema.TABLE_CHECKER,
            CheckerSchema.TEXT_CONTENT_CHECKER,
            CheckerSchema.USEMAP_CHECKER,
            CheckerSchema.CONFORMING_BUT_OBSOLETE_WARNER);
    /** In the standard since 2023, after this checker's last release. */
    private static final String NEWER = "Attribute \u201cfetchpriority\u201d not allowed on element \u201cimg\u201d";

    /** Web Authentication (5.1.1) adds this word to HTML's list of what a browser may fill in; the checker is older. */
    private static final String PASSKEYS = "“webauthn” is not a valid autofill field name";

    private final Schema schema;

    HtmlChecker() throws Exception {
        var entities = new LocalCacheEntityResolver(new NullEntityResolver());
        entities.setAllowRnc(true);
        var complaints = new Complaints();
        PropertyMap how = how(complaints, entities);
        Schema bare = CompactSchemaReader.getInstance().createSchema(entities.resolveEntity(null, SCHEMA), how);
        schema = new NamespaceChangingSchemaWrapper(
                new TemplateElementDroppingSchemaWrapper(new RoleAttributeFilteringSchemaWrapper(
                        new XmlLangAttributeDroppingSchemaWrapper(new DataAttributeDroppingSchemaWrapper(bare)))));
    }

    /** What is wrong with the page, each with its line; empty when nothing is. */
    List<String> errors(String html) throws Exception {
        var complaints = new Complaints();
        PropertyMap how = how(complaints, null);
        Validator all = schema.createValidator(how);
        for (CheckerSchema check : CHECKS) all = new CombineValidator(all, check.createValidator(how));
        var parser = new HtmlParser(XmlViolationPolicy.ALLOW);
        parser.setXmlnsPolicy(XmlViolationPolicy.ALTER_INFOSET);
        parser.setMappingLangToXmlLang(true);
        parser.setErrorHandler(complaints);
        parser.setContentHandler(all.getContentHandler());
        parser.parse(new InputSource(new StringReader(html)));
        if (!Normalizer.isNormalized(html, Normalizer.Form.NFC))
            complaints.heard.add("1:1 Text is not in Unicode's normal form C");
        return complaints.heard.stream()
                .filter(complaint -> !complaint.contains(NEWER) && !complaint.contains(PASSKEYS))
                .toList();
    }

    private static PropertyMap how(
            ErrorHandler errors, org.xml.sax.@org.jspecify.annotations.Nullable EntityResolver entities) {
        var how = new PropertyMapBuilder();
        how.put(ValidateProperty.ERROR_HANDLER, errors);
        if (entities != null) how.put(ValidateProperty.ENTITY_RESOLVER, entities);
        how.put(ValidateProperty.XML_READER_CREATOR, new Jaxp11XMLReaderCreator());
        RngProperty.CHECK_ID_IDREF.add(how);
        return how.toPropertyMap();
    }

    private static final class Complaints implements ErrorHandler {
        final List<String> heard = new ArrayList<>();

        @Override
        public void warning(SAXParseException warning) {
            error(warning);
        }

        @Override
        public void error(SAXParseException error) {
            heard.add(error.getLineNumber() + ":" + error.getColumnNumber() + " " + error.getMessage());
        }

        @Override
        public void fatalError(SAXParseException error) {
            error(error);
        }
    }
}
