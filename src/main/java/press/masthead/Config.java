package press.masthead;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import press.masthead.models.LargeModel;
import press.masthead.models.Protocol;
import press.masthead.platform.web.Outside;
import press.masthead.platform.web.Proxies;
import press.masthead.search.ClusterAddress;
import press.masthead.signin.StaffFactor;

/**
 * Every setting, read once from the environment.
 *
 * @param port {@code MASTHEAD_PORT}, 8080 unless given; 0 takes a free one
 * @param host {@code MASTHEAD_HOST}, the interface to listen on, 127.0.0.1 unless given
 * @param url {@code MASTHEAD_URL}, the address that readers see, without a final slash; from host and port unless given
 * @param data {@code MASTHEAD_DATA}, the folder for pictures, keys and the embedded database
 * @param databaseUrl {@code DATABASE_URL}, a PostgreSQL 15 or newer; the embedded one unless given
 * @param smtpUrl {@code SMTP_URL}, where letters go; the built-in mailbox unless given
 * @param mailDomain {@code MASTHEAD_MAIL_DOMAIN}, the domain that letters come from and are signed for
 * @param sample {@code MASTHEAD_SAMPLE}, whether an empty database is filled with the sample publication; true unless "no"
 * @param proxies {@code MASTHEAD_PROXIES}, whose word about a reader's address is believed besides this machine's; they
 *     may also say the country, in the header that {@code MASTHEAD_COUNTRY_HEADER} names
 * @param hands {@code MASTHEAD_HANDS}, connections that send letters at one time, 1 to 64
 * @param secretKey {@code MASTHEAD_SECRET_KEY}, what kept secrets are encrypted with; a key in the data folder unless given
 * @param outside {@code MASTHEAD_FETCH_ALLOWED}, networks that identity providers may lie in although they are not public
 * @param nameServer {@code MASTHEAD_DNS}, the name server that is asked about teams' domains, as host or host:port; the
 *     machine's own, which is the empty text, unless given
 * @param stripe payment by card, where {@code STRIPE_SECRET_KEY} is given
 * @param model {@code MASTHEAD_MODEL}, whether search understands meaning by the model in the box; true unless "no"
 * @param largeModel a large language model of somebody's, where {@code LARGE_MODEL_API} is given
 * @param search {@code SEARCH_URL}, the OpenSearch cluster that all nodes ask; an index of each node's own unless given
 * @param staffFactor {@code MASTHEAD_STAFF_FACTOR}, when the newsroom asks for more than a link: required, grace or off
 * @param rtmp {@code MASTHEAD_RTMP}, where programs such as OBS send live pictures to, as a port or host:port; nowhere unless given
 */
public record Config(
        int port,
        String host,
        Optional<URI> url,
        Path data,
        Optional<String> databaseUrl,
        Optional<String> smtpUrl,
        String mailDomain,
        boolean sample,
        Proxies proxies,
        int hands,
        Optional<String> secretKey,
        Outside outside,
        String nameServer,
        Optional<Stripe> stripe,
        boolean model,
        Optional<LargeModel.At> largeModel,
        Optional<ClusterAddress> search,
        StaffFactor staffFactor,
        Optional<Listen> rtmp) {

    /** @throws BadSetting naming the variable and what it should be */
    public static Config read(Map<String, String> environment) {
        return new Config(
                number(environment, "MASTHEAD_PORT", 8080, 0, 65535),
                text(environment, "MASTHEAD_HOST").orElse("127.0.0.1"),
                text(environment, "MASTHEAD_URL").map(Config::address),
                Path.of(text(environment, "MASTHEAD_DATA").orElse("data"))
                        .toAbsolutePath()
                        .normalize(),
                text(environment, "DATABASE_URL"),
                text(environment, "SMTP_URL"),
                text(environment, "MASTHEAD_MAIL_DOMAIN").orElse("parallel.example"),
                !text(environment, "MASTHEAD_SAMPLE").orElse("yes").matches("(?i)no|false|0|off"),
                proxies(text(environment, "MASTHEAD_PROXIES").orElse(""))
                        .tellingCountry(
                                text(environment, "MASTHEAD_COUNTRY_HEADER").orElse("")),
                number(environment, "MASTHEAD_HANDS", 8, 1, 64),
                text(environment, "MASTHEAD_SECRET_KEY").map(Config::key),
                outside(text(environment, "MASTHEAD_FETCH_ALLOWED").orElse("")),
                text(environment, "MASTHEAD_DNS").map(Config::nameServer).orElse(""),
                text(environment, "STRIPE_SECRET_KEY").map(key -> stripe(environment, key)),
                !text(environment, "MASTHEAD_MODEL")
                        .orElse(System.getProperty("masthead.model", "yes"))
                        .matches("(?i)no|none|false|0|off"),
                text(environment, "LARGE_MODEL_API").map(api -> largeModel(environment, api)),
                text(environment, "SEARCH_URL").map(Config::search),
                staffFactor(environment),
                text(environment, "MASTHEAD_RTMP")
                        .map(value ->
                                listen(value, text(environment, "MASTHEAD_HOST").orElse("127.0.0.1"))));
    }

    /** Where something listens. */
    public record Listen(String host, int port) {}

    private static Listen listen(String value, String host) {
        int colon = value.lastIndexOf(':');
        String port = value.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535)
            throw new BadSetting("MASTHEAD_RTMP should look like 1935 or 0.0.0.0:1935, but is \"" + value + "\".");
        return new Listen(colon > 0 ? value.substring(0, colon) : host, Integer.parseInt(port));
    }

    /**
     * {@code LARGE_MODEL_API} is openai (any server that speaks as OpenAI's does), anthropic or ollama; {@code LARGE_MODEL_URL} its address,
     * {@code LARGE_MODEL_KEY} its key, {@code LARGE_MODEL_NAME} the model, {@code LARGE_MODEL_PRICE} US dollars for a million tokens in and
     * out, as 3/15, nothing unless given; {@code LARGE_MODEL_SECONDS} until an answer must be complete, 20 unless given.
     */
    private static LargeModel.At largeModel(Map<String, String> environment, String api) {
        Protocol protocol = Arrays.stream(Protocol.values())
                .filter(one -> one.name().equals(api.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new BadSetting(
                        "LARGE_MODEL_API should be openai, anthropic or ollama, but is \"" + api + "\"."));
        String usual = switch (protocol) {
            case OPENAI -> "https://api.openai.com/v1";
            case ANTHROPIC -> "https://api.anthropic.com";
            case OLLAMA -> "http://localhost:11434";
        };
        String base = text(environment, "LARGE_MODEL_URL").orElse(usual);
        if (!base.matches("https?://[^/\\s?#@]+(/[^\\s?#]*)?"))
            throw new BadSetting("LARGE_MODEL_URL should look like " + usual + ", but is \"" + base + "\".");
        String price = text(environment, "LARGE_MODEL_PRICE").orElse("0/0");
        if (!price.matches("\\d{1,4}(\\.\\d{1,3})?/\\d{1,4}(\\.\\d{1,3})?"))
            throw new BadSetting(
                    "LARGE_MODEL_PRICE should look like 3/15: US dollars for a million tokens in and out.");
        Optional<String> key = text(environment, "LARGE_MODEL_KEY");
        if (key.filter(secret -> !secret.matches("[!-~]+")).isPresent())
            throw new BadSetting("LARGE_MODEL_KEY should be a key as its maker shows it.");
        return new LargeModel.At(
                protocol,
                URI.create(base.replaceFirst("/$", "")),
                key,
                text(environment, "LARGE_MODEL_NAME")
                        .orElseThrow(() -> new BadSetting("LARGE_MODEL_NAME should name the model.")),
                billionths(price.split("/")[0]),
                billionths(price.split("/")[1]),
                Duration.ofSeconds(number(environment, "LARGE_MODEL_SECONDS", 20, 1, 120)));
    }

    /** Of a dollar, for one token, when this many dollars are asked for a million. */
    private static long billionths(String dollars) {
        return new BigDecimal(dollars).movePointRight(3).longValueExact();
    }

    /**
     * Payment by card.
     *
     * @param secretKey {@code STRIPE_SECRET_KEY}
     * @param base {@code STRIPE_API_BASE}, where requests go; Stripe itself unless given
     * @param webhookSecrets {@code STRIPE_WEBHOOK_SECRET}, one or, while one replaces the other, two with a comma between
     * @param graceDays {@code STRIPE_GRACE_DAYS}, for how long a member reads on while a charge is tried again; 14 unless given
     */
    public record Stripe(String secretKey, URI base, List<String> webhookSecrets, int graceDays) {
        /** Says nothing of the secrets, so that no log can. */
        @Override
        public String toString() {
            return "Stripe at " + base;
        }
    }

    private static Stripe stripe(Map<String, String> environment, String key) {
        if (!key.matches("[!-~]+"))
            throw new BadSetting("STRIPE_SECRET_KEY should be a key as Stripe's dashboard shows it.");
        String base = text(environment, "STRIPE_API_BASE").orElse("https://api.stripe.com");
        if (!base.matches("https?://[^/\\s]+/?"))
            throw new BadSetting("STRIPE_API_BASE should look like https://api.stripe.com, but is \"" + base + "\".");
        List<String> secrets = text(environment, "STRIPE_WEBHOOK_SECRET").stream()
                .flatMap(list -> Stream.of(list.split(",")))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
        if (secrets.size() > 2)
            throw new BadSetting("STRIPE_WEBHOOK_SECRET should be one secret, or two with a comma between.");
        return new Stripe(
                key,
                URI.create(base.replaceFirst("/$", "")),
                secrets,
                number(environment, "STRIPE_GRACE_DAYS", 14, 0, 60));
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static int number(Map<String, String> environment, String name, int otherwise, int least, int most) {
        String value = text(environment, name).orElse(Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            // the sentence below says it
        }
        throw new BadSetting(
                name + " should be a whole number from " + least + " to " + most + ", but is \"" + value + "\".");
    }

    private static Proxies proxies(String list) {
        try {
            return Proxies.named(list);
        } catch (IllegalArgumentException e) {
            throw new BadSetting(
                    "MASTHEAD_PROXIES should be addresses like 10.0.0.4, 10.1.0.0/16, but is \"" + list + "\".");
        }
    }

    private static String key(String value) {
        if (value.length() < 32) throw new BadSetting("MASTHEAD_SECRET_KEY should have at least 32 characters.");
        return value;
    }

    private static Outside outside(String list) {
        try {
            return Outside.allowing(list);
        } catch (IllegalArgumentException e) {
            throw new BadSetting(
                    "MASTHEAD_FETCH_ALLOWED should be addresses like 10.0.0.4, 10.1.0.0/16, but is \"" + list + "\".");
        }
    }

    private static String nameServer(String value) {
        if (!value.matches("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:]+](:\\d{1,5})?"))
            throw new BadSetting(
                    "MASTHEAD_DNS should look like 10.0.0.53 or 10.0.0.53:5353, but is \"" + value + "\".");
        return value;
    }

    private static ClusterAddress search(String value) {
        try {
            return ClusterAddress.parse(value);
        } catch (IllegalArgumentException e) {
            // the value holds a password
            throw new BadSetting("SEARCH_URL should look like https://user:password@host:9200/name.");
        }
    }

    private static StaffFactor staffFactor(Map<String, String> environment) {
        String value = text(environment, "MASTHEAD_STAFF_FACTOR").orElse("grace");
        String host = text(environment, "MASTHEAD_HOST").orElse("127.0.0.1");
        String url = text(environment, "MASTHEAD_URL").orElse("http://localhost");
        boolean alone =
                host.matches("127\\..*|localhost|::1") && url.matches("https?://(localhost|127\\.[0-9.]+)(:\\d+)?/?");
        if (value.equals("off") && !alone)
            throw new BadSetting(
                    "MASTHEAD_STAFF_FACTOR can be \"off\" only where MASTHEAD_HOST and MASTHEAD_URL are this machine's own.");
        return Arrays.stream(StaffFactor.values())
                .filter(factor -> factor.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new BadSetting(
                        "MASTHEAD_STAFF_FACTOR should be required, grace or off, but is \"" + value + "\"."));
    }

    private static URI address(String value) {
        if (!value.matches("https?://[^/\\s]+/?"))
            throw new BadSetting("MASTHEAD_URL should look like https://news.example, but is \"" + value + "\".");
        return URI.create(value.replaceFirst("/$", ""));
    }

    /** A setting that can't be used, in one sentence. */
    public static final class BadSetting extends IllegalArgumentException {
        BadSetting(String sentence) {
            super(sentence);
        }
    }
}
