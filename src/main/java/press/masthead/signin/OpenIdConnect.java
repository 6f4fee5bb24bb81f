package press.masthead.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.web.Fetch;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;

/**
 * The conversation with an identity provider: OpenID Connect Core 1.0 and Discovery 1.0, authorization code with PKCE
 * (RFC 7636), keys fetched and kept and fetched anew when they rotate. What it answers is believed only about addresses of
 * the domains that were set up for it.
 */
public final class OpenIdConnect {
    /** Only what is signed with a key that the provider keeps to itself: neither "none" nor a secret that two have. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final long KEYS_KEPT_MILLIS = Duration.ofHours(1).toMillis();
    private static final long KEYS_WAIT_MILLIS = Duration.ofSeconds(15).toMillis();
    private static final long KEYS_RATE_MILLIS = Duration.ofSeconds(10).toMillis();

    private final Fetch fetch;
    private final Clock clock;
    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    public OpenIdConnect(Fetch fetch, Clock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    private record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

    /** What is sent along and must come back, all of it made from one secret that the browser keeps. */
    record Marks(String state, String nonce, String verifier) {}

    /**
     * Asks the issuer what it offers, and says in one sentence what is wrong with it.
     *
     * @throws Problem where it can't be used
     */
    public void probe(String issuer) {
        known.invalidate(issuer);
        known(issuer);
    }

    private Known known(String issuer) {
        Known there = known.getIfPresent(issuer);
        if (there != null) return there;
        Known found = discover(issuer);
        known.put(issuer, found);
        return found;
    }

    private Known discover(String issuer) {
        try {
            URI address = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
            Fetch.Answer answer = fetch.get(address, Map.of("Accept", "application/json"));
            if (answer.status() != 200) throw Problem.unavailable("No sign-in service answers at " + issuer + ".");
            OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(answer.text());
            if (!metadata.getIssuer().getValue().equals(issuer))
                throw IdToken.refused("The sign-in at " + issuer + " gives itself another name.");
            if (metadata.getAuthorizationEndpointURI() == null
                    || metadata.getTokenEndpointURI() == null
                    || metadata.getJWKSetURI() == null)
                throw IdToken.refused("The sign-in at " + issuer + " lacks what we need: a page, tokens or keys.");
            return new Known(metadata, keys(metadata.getJWKSetURI()));
        } catch (ParseException | IllegalArgumentException e) {
            throw IdToken.refused("What answers at " + issuer + " is no sign-in that we understand.");
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private JWKSource<SecurityContext> keys(URI address) throws IOException {
        return JWKSourceBuilder.create(address.toURL(), url -> {
                    Fetch.Answer answer = fetch.get(URI.create(url.toString()), Map.of("Accept", "application/json"));
                    if (answer.status() != 200) throw new IOException("the keys answer with " + answer.status());
                    return new Resource(answer.text(), answer.type());
                })
                .cache(KEYS_KEPT_MILLIS, KEYS_WAIT_MILLIS)
                .refreshAheadCache(false)
                .rateLimited(KEYS_RATE_MILLIS)
                .build();
    }

    /** Where to send the browser. */
    String page(IdentityProvider provider, URI callback, Marks marks) {
        URI page = known(provider.issuer()).metadata().getAuthorizationEndpointURI();
        return new AuthenticationRequest.Builder(
                        new ResponseType(ResponseType.Value.CODE),
                        new Scope("openid", "email", "profile"),
                        new ClientID(provider.clientId()),
                        callback)
                .endpointURI(page)
                .state(new State(marks.state()))
                .nonce(new Nonce(marks.nonce()))
                .codeChallenge(new CodeVerifier(marks.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI()
                .toString();
    }

    /** Who came back: the issuer that the answer itself names, if it does, must be the one asked (RFC 9207). */
    void checkSender(IdentityProvider provider, @Nullable String named) {
        boolean promised = known(provider.issuer()).metadata().supportsAuthorizationResponseIssuerParam();
        if (named == null ? promised : !named.equals(provider.issuer()))
            throw IdToken.refused("The answer came from another sign-in than the one asked.");
    }

    /**
     * Changes the code for what the provider knows, and checks all of it.
     *
     * @throws Problem with one sentence for whatever is not as it should be
     */
    Vouched claim(
            IdentityProvider provider,
            String secret,
            String code,
            URI callback,
            Marks marks,
            String purpose,
            String next) {
        Known with = known(provider.issuer());
        var answer = exchange(with.metadata(), provider, secret, code, callback, marks);
        JWTClaimsSet claims = verified(with, answer.idToken());
        IdToken.check(claims, provider.issuer(), provider.clientId(), marks.nonce(), clock.instant());
        Map<String, Object> about = new HashMap<>(claims.getClaims());
        if (!about.containsKey("email")) about.putAll(more(with.metadata(), answer.accessToken(), claims.getSubject()));
        return vouched(provider, claims.getSubject(), about, purpose, next);
    }

    private record Tokens(String idToken, String accessToken) {}

    private Tokens exchange(
            OIDCProviderMetadata metadata,
            IdentityProvider provider,
            String secret,
            String code,
            URI callback,
            Marks marks) {
        try {
            var request = new TokenRequest.Builder(
                            metadata.getTokenEndpointURI(),
                            authentication(metadata, provider.clientId(), secret),
                            new AuthorizationCodeGrant(
                                    new AuthorizationCode(code), callback, new CodeVerifier(marks.verifier())))
                    .build()
                    .toHTTPRequest();
            var answer = OIDCTokenResponseParser.parse(send(request));
            if (!answer.indicatesSuccess())
                throw IdToken.refused("This sign-in was already used or has expired. Please begin again.");
            var tokens = answer.toSuccessResponse();
            if (!(tokens instanceof OIDCTokenResponse oidc))
                throw IdToken.refused("The other sign-in did not say who you are.");
            return new Tokens(
                    oidc.getOIDCTokens().getIDTokenString(),
                    tokens.getTokens().getAccessToken().getValue());
        } catch (ParseException e) {
            throw IdToken.refused("The other sign-in gave an answer that we do not understand.");
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static ClientAuthentication authentication(OIDCProviderMetadata metadata, String id, String secret) {
        List<ClientAuthenticationMethod> ways = metadata.getTokenEndpointAuthMethods();
        boolean basic = ways == null || ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return basic
                ? new ClientSecretBasic(new ClientID(id), new Secret(secret))
                : new ClientSecretPost(new ClientID(id), new Secret(secret));
    }

    private HTTPResponse send(HTTPRequest request) throws IOException {
        var headers = new HashMap<String, String>();
        headers.put("Accept", "application/json");
        if (request.getAuthorization() != null) headers.put("Authorization", request.getAuthorization());
        String body = request.getBody() == null ? "" : request.getBody();
        Fetch.Answer answer = fetch.post(
                request.getURI(), headers, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
        var response = new HTTPResponse(answer.status());
        try {
            response.setContentType(answer.type().isEmpty() ? "application/json" : answer.type());
        } catch (ParseException e) {
            throw new IOException("an answer of no known type", e);
        }
        response.setBody(answer.text());
        return response;
    }

    private static JWTClaimsSet verified(Known with, String token) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, with.keys()));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // IdToken does, with the newsroom's clock
        try {
            // Parsed as signed: a token with the algorithm "none", or an encrypted one, is none of these.
            return processor.process(SignedJWT.parse(token), null);
        } catch (java.text.ParseException | BadJOSEException e) {
            throw IdToken.refused("The answer is not signed in a way that we can accept.");
        } catch (JOSEException e) {
            throw Problem.unavailable(
                    "The keys of the other sign-in can't be read at the moment. Please try again soon.");
        }
    }

    /** What the provider says beside the token; some put the address only there. */
    private Map<String, Object> more(OIDCProviderMetadata metadata, String accessToken, String subject) {
        URI address = metadata.getUserInfoEndpointURI();
        if (address == null) return Map.of();
        try {
            Fetch.Answer answer =
                    fetch.get(address, Map.of("Accept", "application/json", "Authorization", "Bearer " + accessToken));
            if (answer.status() != 200) return Map.of();
            JWTClaimsSet said = JWTClaimsSet.parse(answer.text());
            return subject.equals(said.getSubject()) ? said.getClaims() : Map.of();
        } catch (java.text.ParseException e) {
            return Map.of();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static Vouched vouched(
            IdentityProvider provider, String subject, Map<String, Object> about, String purpose, String next) {
        EmailAddress email = EmailAddress.parse(String.valueOf(about.getOrDefault("email", "")))
                .orElseThrow(() -> IdToken.refused("The other sign-in did not tell your e-mail address."));
        // Silence is taken for a yes: whoever runs the sign-in of a domain also gives its addresses out. A no is a no.
        Object confirmed = about.getOrDefault("email_verified", true);
        if (!String.valueOf(confirmed).equals("true"))
            throw IdToken.refused("The other sign-in has not confirmed your e-mail address.");
        if (!provider.speaksFor(email))
            throw IdToken.refused("The address " + email.typed() + " is not one that this sign-in may speak for.");
        String name = String.valueOf(about.getOrDefault("name", ""))
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        return new Vouched(
                provider, subject, email, name.length() > 120 ? name.substring(0, 120) : name, purpose, next);
    }

    private static Problem unreachable(IOException why) {
        System.getLogger("press.masthead")
                .log(System.Logger.Level.WARNING, "an identity provider gave no answer: {0}", why.getMessage());
        return Problem.unavailable(
                "The other sign-in does not answer at the moment. Please try again soon, or use a link by e-mail.");
    }
}
