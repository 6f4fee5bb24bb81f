package press.masthead;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** An identity provider of the tests' own that keeps to the standard, and lies in one way when it is told to. */
final class FakeProvider implements AutoCloseable {
    static final String CLIENT = "masthead-client";
    static final String SECRET = "a secret of & for two";

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile RSAKey key;

    volatile String subject = "subject-1";
    volatile String email = "nadia@ministry.example";
    volatile String name = "Nadia Okonjo";
    /** What becomes of the claims before they are signed. */
    volatile UnaryOperator<JWTClaimsSet.Builder> claims = all -> all;
    /** How they are signed: RS256, or another that must be refused. */
    volatile String algorithm = "RS256";

    volatile String namesItself = "";
    /** What comes back beside code and state. */
    volatile String alsoBack = "";

    volatile boolean refuses;
    volatile boolean addressOnlyBeside;
    /** A token to give in place of a right one. */
    volatile String ready = "";
    /** A code to send back in place of a new one. */
    volatile String code = "";
    /** Whether the browser is left here and shown where it would have been sent. */
    volatile boolean stays;

    FakeProvider() throws IOException {
        key = newKey();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/keys", exchange -> json(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext(
                "/userinfo",
                exchange -> json(
                        exchange,
                        200,
                        "{\"sub\":\"%s\",\"email\":\"%s\",\"email_verified\":true}".formatted(subject, email)));
        server.start();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** As providers do now and then: what was signed with the old key is not to be had any more. */
    void rotate() {
        key = newKey();
    }

    void honest() {
        claims = all -> all;
        algorithm = "RS256";
        namesItself = "";
        alsoBack = "";
        refuses = false;
        addressOnlyBeside = false;
        ready = "";
        code = "";
        stays = false;
        email = "nadia@ministry.example";
        subject = "subject-1";
    }

    private void describe(HttpExchange exchange) throws IOException {
        String issuer = namesItself.isEmpty() ? issuer() : namesItself;
        json(exchange, 200, """
                {"issuer":"%s","authorization_endpoint":"%2$s/authorize","token_endpoint":"%2$s/token","jwks_uri":"%2$s/keys",
                 "userinfo_endpoint":"%2$s/userinfo","response_types_supported":["code"],"subject_types_supported":["public"],
                 "id_token_signing_alg_values_supported":["RS256"]}""".formatted(issuer, issuer()));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
        String back = asked.getOrDefault("redirect_uri", "") + "?state=" + encode(asked.getOrDefault("state", ""));
        if (refuses) back += "&error=access_denied";
        else {
            String fresh = UUID.randomUUID().toString();
            codes.put(fresh, asked);
            back += "&code=" + (code.isEmpty() ? fresh : code);
        }
        if (stays) {
            json(exchange, 200, back + alsoBack);
            return;
        }
        exchange.getResponseHeaders().add("Location", back + alsoBack);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> given =
                fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(given.getOrDefault("code", ""));
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((encode(CLIENT) + ":" + encode(SECRET)).getBytes(StandardCharsets.UTF_8));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            json(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        if (asked == null
                || !asked.getOrDefault("redirect_uri", "").equals(given.getOrDefault("redirect_uri", ""))
                || !asked.getOrDefault("code_challenge", "")
                        .equals(challenge(given.getOrDefault("code_verifier", "")))) {
            json(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        json(
                exchange,
                200,
                "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"expires_in\":300,\"id_token\":\"%s\"}"
                        .formatted(idToken(asked.getOrDefault("nonce", ""))));
    }

    private String idToken(String nonce) {
        if (!ready.isEmpty()) return ready;
        Instant now = Instant.now();
        var all = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience(CLIENT)
                .claim("nonce", nonce)
                .claim("name", name)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        if (!addressOnlyBeside) all.claim("email", email).claim("email_verified", true);
        return signed(claims.apply(all).build());
    }

    private String signed(JWTClaimsSet set) {
        try {
            if (algorithm.equals("none")) return new PlainJWT(set).serialize();
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                            .keyID(key.getKeyID())
                            .build(),
                    set);
            // The well-known confusion: the public key, which everybody has, taken for a shared secret.
            if (algorithm.equals("HS256"))
                jwt.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
            else if (algorithm.equals("RS256")) jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> fields(String form) {
        var fields = new HashMap<String, String>();
        for (String pair : form.split("&")) {
            int at = pair.indexOf('=');
            fields.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
