package io.mcpdata.authentication.jwt;

import static io.mcpdata.authentication.jwt.TokenMint.bytes;
import static io.mcpdata.authentication.jwt.TokenMint.encode;
import static io.mcpdata.authentication.jwt.TokenMint.header;
import static io.mcpdata.authentication.jwt.TokenMint.keyFor;
import static io.mcpdata.authentication.jwt.TokenMint.sign;
import static io.mcpdata.authentication.jwt.TokenMint.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The table of hostile tokens: each is a valid token with one fault, and says how it must be refused. The issuer's own
 * key signs all except those about signatures, so that only the named fault can refuse them.
 */
public final class TokenMutations {

    /** One row of the table. */
    public record Mutation(String name, String token, Refusal expected) {
        @Override
        public String toString() {
            return name + " -> " + expected.category();
        }
    }

    private static final String ATTACKER = "https://attacker.example/keys";

    private final TokenMint mint;
    private final List<Mutation> table = new ArrayList<>();

    private TokenMutations(TokenMint mint) {
        this.mint = mint;
    }

    /** The table for this issuer; scopes {@code openid mcp} and audience {@link TokenMint#AUDIENCE} are required. */
    public static List<Mutation> of(TokenMint mint) {
        TokenMutations mutations = new TokenMutations(mint);
        mutations.signatures();
        mutations.algorithms();
        mutations.keys();
        mutations.headers();
        mutations.claims();
        mutations.times();
        mutations.encodings();
        return List.copyOf(mutations.table);
    }

    private void add(String name, String token, Refusal expected) {
        table.add(new Mutation(name, token, expected));
    }

    private void badHeader(String name, Members header, Refusal expected) {
        add("header: " + name, sign(header.toString(), mint.claims().toString(), "RS256", keyFor("RS256")), expected);
    }

    private void badRawHeader(String name, String header, Refusal expected) {
        add("header: " + name, sign(header, mint.claims().toString(), "RS256", keyFor("RS256")), expected);
    }

    private void badClaims(String name, UnaryOperator<Members> change, Refusal expected) {
        add("claims: " + name, mint.token(change.apply(mint.claims())), expected);
    }

    private void badPayload(String name, byte[] claims, Refusal expected) {
        add("payload: " + name, sign(bytes(header("RS256").toString()), claims, "RS256", keyFor("RS256")), expected);
    }

    private void badPayload(String name, String claims, Refusal expected) {
        badPayload(name, bytes(claims), expected);
    }

    private String good(String algorithm) {
        return sign(header(algorithm).toString(), mint.claims().toString(), algorithm, keyFor(algorithm));
    }

    private void signatures() {
        for (String algorithm : List.of("RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA")) {
            String good = good(algorithm);
            byte[] signature = Base64.getUrlDecoder().decode(good.substring(good.lastIndexOf('.') + 1));
            signature(algorithm + ", first bit flipped", good, flipped(signature, 0));
            signature(algorithm + ", a bit in the middle flipped", good, flipped(signature, signature.length / 2));
            signature(algorithm + ", last bit flipped", good, flipped(signature, signature.length - 1));
            signature(algorithm + ", last byte missing", good, Arrays.copyOf(signature, signature.length - 1));
            signature(algorithm + ", a byte more", good, Arrays.copyOf(signature, signature.length + 1));
            signature(algorithm + ", only zeros", good, new byte[signature.length]);
            signature(algorithm + ", one byte", good, new byte[] {1});
        }
        String good = good("RS256");
        add("signature: none at all", good.substring(0, good.lastIndexOf('.') + 1), Refusal.MALFORMED);
        String other = mint.token(mint.claims().with("sub", text("another-subject")));
        signature("of another token", good, Base64.getUrlDecoder().decode(other.split("\\.")[2]));
        add(
                "signature: by another RSA key",
                sign(header("RS256").toString(), mint.claims().toString(), "RS256", TokenMint.OTHER_RSA.getPrivate()),
                Refusal.SIGNATURE);
        add("signature: PS256 under RS256", signedAs("RS256", "PS256"), Refusal.SIGNATURE);
        add("signature: RS256 under PS256", signedAs("PS256", "RS256"), Refusal.SIGNATURE);
        add("signature: RS512 under RS256", signedAs("RS256", "RS512"), Refusal.SIGNATURE);
        add("signature: RS256 under RS384", signedAs("RS384", "RS256"), Refusal.SIGNATURE);
        String[] parts = good.split("\\.");
        String forged = encode(bytes(mint.claims().with("groups", "[\"admin\"]").toString()));
        add("signature: payload replaced", parts[0] + "." + forged + "." + parts[2], Refusal.SIGNATURE);
        String otherHeader = encode(bytes(header("RS256").with("x", "1").toString()));
        add("signature: header replaced", otherHeader + "." + parts[1] + "." + parts[2], Refusal.SIGNATURE);
        ecdsaTricks();
    }

    private void ecdsaTricks() {
        String good = good("ES256");
        byte[] signature = Base64.getUrlDecoder().decode(good.substring(good.lastIndexOf('.') + 1));
        byte[] swapped = new byte[64];
        System.arraycopy(signature, 0, swapped, 32, 32);
        System.arraycopy(signature, 32, swapped, 0, 32);
        signature("ES256, r and s swapped", good, swapped);
        byte[] order = Arrays.copyOfRange(
                new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16).toByteArray(),
                1,
                33);
        byte[] orders = new byte[64];
        System.arraycopy(order, 0, orders, 0, 32);
        System.arraycopy(order, 0, orders, 32, 32);
        signature("ES256, r and s the order of the curve", good, orders);
        byte[] halfZero = signature.clone();
        Arrays.fill(halfZero, 32, 64, (byte) 0);
        signature("ES256, s is zero", good, halfZero);
        byte[] ones = new byte[64];
        ones[31] = 1;
        ones[63] = 1;
        signature("ES256, r and s are one", good, ones);
        signature("ES256, in DER", good, der(good));
    }

    private static byte[] der(String token) {
        try {
            Signature der = Signature.getInstance("SHA256withECDSA");
            der.initSign(TokenMint.P256.getPrivate());
            der.update(bytes(token.substring(0, token.lastIndexOf('.'))));
            return der.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void signature(String name, String good, byte[] signature) {
        add("signature: " + name, good.substring(0, good.lastIndexOf('.') + 1) + encode(signature), Refusal.SIGNATURE);
    }

    private static byte[] flipped(byte[] signature, int index) {
        byte[] changed = signature.clone();
        changed[index] ^= 1;
        return changed;
    }

    private String signedAs(String named, String used) {
        return sign(header(named).toString(), mint.claims().toString(), used, keyFor(used));
    }

    private void algorithms() {
        for (String algorithm : List.of(
                "none",
                "None",
                "NONE",
                "nOnE",
                "",
                "rs256",
                "RS256 ",
                "RS1",
                "RSA1_5",
                "ES256K",
                "HS384",
                "HS512",
                "dir",
                "A128KW",
                "PBES2-HS256+A128KW",
                "Ed448",
                "ES257",
                "SHA256withRSA")) {
            badHeader("alg " + text(algorithm), header("RS256").with("alg", text(algorithm)), Refusal.ALGORITHM);
        }
        badHeader("alg missing", header("RS256").without("alg"), Refusal.ALGORITHM);
        for (String json : List.of("null", "1", "true", "[\"RS256\"]", "{\"alg\":\"RS256\"}")) {
            badHeader("alg is " + json, header("RS256").with("alg", json), Refusal.ALGORITHM);
        }
        String unsigned = encode(bytes(header("none").toString())) + "."
                + encode(bytes(mint.claims().toString())) + ".";
        add("algorithm: none without signature", unsigned, Refusal.MALFORMED);
        byte[] encoded = TokenMint.RSA.getPublic().getEncoded();
        add("algorithm: HS256 with the public key in DER", hmac(encoded), Refusal.ALGORITHM);
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END PUBLIC KEY-----\n";
        add("algorithm: HS256 with the public key in PEM", hmac(bytes(pem)), Refusal.ALGORITHM);
        byte[] jwk = bytes(TokenMint.keys().getKeyByKeyId("rsa").toJSONString());
        add("algorithm: HS256 with the public key as JWK", hmac(jwk), Refusal.ALGORITHM);
        add("algorithm: HS256 with a guessable secret", hmac(bytes("secret")), Refusal.ALGORITHM);
    }

    private String hmac(byte[] secret) {
        try {
            String signed = encode(bytes(header("HS256").toString())) + "."
                    + encode(bytes(mint.claims().toString()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return signed + "." + encode(mac.doFinal(bytes(signed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keys() {
        for (String keyId :
                List.of("unknown", "", "RSA", "rsa ", " rsa", "rs", "../../etc/passwd", "rsa' OR '1'='1", "*")) {
            badHeader("kid " + text(keyId), header("RS256").with("kid", text(keyId)), Refusal.UNKNOWN_KEY);
        }
        for (String json : List.of("null", "7", "[\"rsa\"]", "{\"kid\":\"rsa\"}", text("k".repeat(300)))) {
            badHeader(
                    "kid is " + json.substring(0, Math.min(20, json.length())),
                    header("RS256").with("kid", json),
                    Refusal.MALFORMED);
        }
        for (String keyId : List.of("p256", "ed25519", "oct", "rsa-pss-only", "rsa-encryption", "rsa-operations")) {
            badHeader("RS256 with the key " + keyId, header("RS256").with("kid", text(keyId)), Refusal.KEY_MISMATCH);
        }
        add(
                "key: RSA of 1024 bits",
                sign(
                        header("RS256").with("kid", text("rsa-small")).toString(),
                        mint.claims().toString(),
                        "RS256",
                        TokenMint.SMALL_RSA.getPrivate()),
                Refusal.KEY_MISMATCH);
        add("key: ES256 on P-384", onCurve("ES256", "p384"), Refusal.KEY_MISMATCH);
        add("key: ES384 on P-256", onCurve("ES384", "p256"), Refusal.KEY_MISMATCH);
        add("key: ES512 with an Edwards key", onCurve("ES512", "ed25519"), Refusal.KEY_MISMATCH);
        add("key: EdDSA with an RSA key", onCurve("EdDSA", "rsa"), Refusal.KEY_MISMATCH);
        add("key: EdDSA with an EC key", onCurve("EdDSA", "p256"), Refusal.KEY_MISMATCH);
        add(
                "key: no kid, signed by a stranger",
                sign(
                        header("RS256").without("kid").toString(),
                        mint.claims().toString(),
                        "RS256",
                        TokenMint.OTHER_RSA.getPrivate()),
                Refusal.SIGNATURE);
    }

    private String onCurve(String algorithm, String keyId) {
        String header = header(algorithm).with("kid", text(keyId)).toString();
        return sign(header, mint.claims().toString(), algorithm, keyFor(algorithm));
    }

    /** Signed by the attacker, whose key the header offers. */
    private void trap(String name, Members header, Refusal expected) {
        add(
                "trap: " + name,
                sign(header.toString(), mint.claims().toString(), "RS256", TokenMint.OTHER_RSA.getPrivate()),
                expected);
    }

    private void headers() {
        String attackersKey =
                TokenMint.rsaKey(TokenMint.OTHER_RSA).keyID("rsa").build().toJSONString();
        trap("jku of the attacker", header("RS256").with("jku", text(ATTACKER)), Refusal.SIGNATURE);
        trap("x5u of the attacker", header("RS256").with("x5u", text(ATTACKER)), Refusal.SIGNATURE);
        trap("jwk of the attacker", header("RS256").with("jwk", attackersKey), Refusal.SIGNATURE);
        trap(
                "jwk of the attacker without kid",
                header("RS256").without("kid").with("jwk", attackersKey),
                Refusal.SIGNATURE);
        trap(
                "jwk of the attacker, unknown kid",
                header("RS256").with("kid", text("x")).with("jwk", attackersKey),
                Refusal.UNKNOWN_KEY);
        trap("x5c of the attacker", header("RS256").with("x5c", "[\"MIIB\"]"), Refusal.SIGNATURE);
        trap("x5t of the attacker", header("RS256").with("x5t#S256", text("abc")), Refusal.SIGNATURE);
        for (String crit : List.of("[\"b64\"]", "[\"exp\"]", "[\"urn:example:unknown\"]", "[]", "\"b64\"", "null")) {
            badHeader("crit " + crit, header("RS256").with("crit", crit).with("b64", "true"), Refusal.CRITICAL_HEADER);
        }
        badHeader("b64 false", header("RS256").with("b64", "false"), Refusal.MALFORMED);
        badHeader("b64 as text", header("RS256").with("b64", "\"true\""), Refusal.MALFORMED);
        for (String type : List.of(
                "logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", "JWE", "token-introspection+jwt", "", "JWT ")) {
            badHeader("typ " + text(type), header("RS256").with("typ", text(type)), Refusal.TOKEN_TYPE);
        }
        badHeader("typ is a number", header("RS256").with("typ", "1"), Refusal.TOKEN_TYPE);
        badHeader("typ is null", header("RS256").with("typ", "null"), Refusal.TOKEN_TYPE);
        badHeader("cty JWT", header("RS256").with("cty", text("JWT")), Refusal.TOKEN_TYPE);
        String plain = header("RS256").toString();
        badRawHeader("alg twice", header("RS256").withRaw(",\"alg\":\"none\""), Refusal.DUPLICATE_MEMBER);
        badRawHeader(
                "alg twice, once escaped",
                header("RS256").withRaw(",\"\\u0061lg\":\"none\""),
                Refusal.DUPLICATE_MEMBER);
        badRawHeader("kid twice", header("RS256").withRaw(",\"kid\":\"rsa\""), Refusal.DUPLICATE_MEMBER);
        badRawHeader(
                "member twice inside", header("RS256").withRaw(",\"x\":{\"a\":1,\"a\":2}"), Refusal.DUPLICATE_MEMBER);
        badRawHeader("nested too deep", header("RS256").withRaw(",\"x\":" + nested(9)), Refusal.TOO_DEEP);
        badRawHeader("a list", "[" + plain + "]", Refusal.MALFORMED);
        badRawHeader("a string", "\"RS256\"", Refusal.MALFORMED);
        badRawHeader("a number", "256", Refusal.MALFORMED);
        badRawHeader("null", "null", Refusal.MALFORMED);
        badRawHeader("an empty object", "{}", Refusal.ALGORITHM);
        badRawHeader("no JSON", "alg=RS256", Refusal.MALFORMED);
        badRawHeader("something behind it", plain + "{}", Refusal.MALFORMED);
        badRawHeader("a byte order mark in front", "\ufeff" + plain, Refusal.MALFORMED);
        badRawHeader("cut off", plain.substring(0, plain.length() - 1), Refusal.MALFORMED);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private void claims() {
        for (String name : List.of("iss", "sub", "aud", "exp")) {
            badClaims(name + " missing", good -> good.without(name), Refusal.CLAIM_MISSING);
            Refusal wrong = name.equals("iss") ? Refusal.UNKNOWN_ISSUER : Refusal.CLAIM_MALFORMED;
            for (String json : List.of("null", "true", "{}", "{\"a\":1}", "[]")) {
                badClaims(name + " is " + json, good -> good.with(name, json), wrong);
            }
        }
        String issuer = mint.issuer();
        for (String other : List.of(
                "https://attacker.example",
                issuer + "/",
                issuer + "x",
                issuer.substring(0, issuer.length() - 1),
                issuer.toUpperCase(java.util.Locale.ROOT),
                " " + issuer,
                issuer + "#",
                "")) {
            badClaims("iss " + text(other), good -> good.with("iss", text(other)), Refusal.UNKNOWN_ISSUER);
        }
        badClaims("iss in a list", good -> good.with("iss", "[" + text(issuer) + "]"), Refusal.UNKNOWN_ISSUER);
        for (String sub : List.of(
                "",
                "   ",
                "a\\nb",
                "a\\u0000b",
                "a\\u001b[31mb",
                // C1: next line, control sequence introducer, operating system command
                "a\\u0085b",
                "a\\u009b31mb",
                "a\\u009d0;b",
                // direction of writing
                "a\\u202eb",
                "a\\u2066b",
                "a\\u200fb",
                // invisible
                "a\\u200bb",
                "a\\u00adb",
                "a\\ufeffb",
                "a\\u2060b",
                "a\\ufe0fb",
                "a\\u3164b",
                "a\\u2800b",
                "a\\udb40\\udc41b",
                "a\\udb40\\udd00b",
                // separators of lines, private and unassigned
                "a\\u2028b",
                "a\\u2029b",
                "a\\ue000b",
                "a\\uffffb",
                "s".repeat(256))) {
            badClaims(
                    "sub " + text(sub.substring(0, Math.min(14, sub.length()))),
                    good -> good.with("sub", text(sub)),
                    Refusal.CLAIM_MALFORMED);
        }
        badClaims("sub is a number", good -> good.with("sub", "7"), Refusal.CLAIM_MALFORMED);
        for (String aud : List.of(
                text("another-api"),
                text("MCP-Data-Platform"),
                text(TokenMint.AUDIENCE + " "),
                text("mcp-data"),
                text("*"),
                text(""),
                "[\"another-api\"]",
                "[\"another-api\",\"account\"]",
                text("another-api " + TokenMint.AUDIENCE))) {
            badClaims("aud " + aud, good -> good.with("aud", aud), Refusal.AUDIENCE);
        }
        for (String aud : List.of(
                "7", "[7]", "[null]", "[[" + text(TokenMint.AUDIENCE) + "]]", "[" + text(TokenMint.AUDIENCE) + ",7]")) {
            badClaims("aud " + aud, good -> good.with("aud", aud), Refusal.CLAIM_MALFORMED);
        }
        badClaims("azp is a number", good -> good.with("azp", "7"), Refusal.CLAIM_MALFORMED);
        badClaims("jti is a list", good -> good.with("jti", "[]"), Refusal.CLAIM_MALFORMED);
        for (String type : List.of("Refresh", "Offline", "Logout")) {
            badClaims("typ " + type, good -> good.with("typ", text(type)), Refusal.TOKEN_TYPE);
        }
        for (String type : List.of("ID", "id")) {
            badClaims("typ " + type, good -> good.with("typ", text(type)), Refusal.ID_TOKEN);
        }
        for (String mark : List.of("nonce", "at_hash", "c_hash", "s_hash")) {
            badClaims("an ID token's " + mark, good -> good.with(mark, text("abc")), Refusal.ID_TOKEN);
        }
        badClaims("a logout token's events", good -> good.with("events", "{}"), Refusal.TOKEN_TYPE);
        badClaims(
                "bound to a key of its holder",
                good -> good.with("cnf", "{\"jkt\":\"abc\"}"),
                Refusal.SENDER_CONSTRAINED);
        badClaims(
                "bound to a certificate",
                good -> good.with("cnf", "{\"x5t#S256\":\"abc\"}"),
                Refusal.SENDER_CONSTRAINED);
        badClaims("scope missing", good -> good.without("scope"), Refusal.SCOPE);
        badClaims("scope too small", good -> good.with("scope", text("openid")), Refusal.SCOPE);
        badClaims("scope alike", good -> good.with("scope", text("openid mcp2 xmcp MCP")), Refusal.SCOPE);
        badClaims("scope is a number", good -> good.with("scope", "7"), Refusal.SCOPE);
    }

    private void times() {
        long now = mint.now().getEpochSecond();
        badClaims("exp a second beyond the skew", good -> good.with("exp", String.valueOf(now - 31)), Refusal.EXPIRED);
        badClaims("exp exactly at the skew", good -> good.with("exp", String.valueOf(now - 30)), Refusal.EXPIRED);
        badClaims("exp years ago", good -> good.with("exp", "1000000000"), Refusal.EXPIRED);
        badClaims("exp zero", good -> good.with("exp", "0"), Refusal.EXPIRED);
        for (String exp : List.of(
                "-1",
                text(String.valueOf(now + 1800)),
                "1e99",
                "99999999999999999999",
                "-1e30",
                "[" + (now + 1800) + "]",
                "253402300800")) {
            badClaims("exp is " + exp, good -> good.with("exp", exp), Refusal.CLAIM_MALFORMED);
        }
        badClaims("exp with an exponent of three digits", good -> good.with("exp", "1e309"), Refusal.CLAIM_MALFORMED);
        badClaims("exp with an exponent of four digits", good -> good.with("exp", "1e1000"), Refusal.MALFORMED);
        badClaims("exp NaN", good -> good.with("exp", "NaN"), Refusal.MALFORMED);
        badClaims("exp Infinity", good -> good.with("exp", "Infinity"), Refusal.MALFORMED);
        badClaims("exp in hexadecimal", good -> good.with("exp", "0x7fffffff"), Refusal.MALFORMED);
        badClaims("exp with a leading zero", good -> good.with("exp", "0" + (now + 1800)), Refusal.MALFORMED);
        badClaims("exp of forty digits", good -> good.with("exp", "1".repeat(40)), Refusal.CLAIM_MALFORMED);
        badClaims("exp of a hundred digits", good -> good.with("exp", "1".repeat(100)), Refusal.MALFORMED);
        for (String name : List.of("nbf", "iat")) {
            badClaims(
                    name + " in ten minutes",
                    good -> good.with(name, String.valueOf(now + 600)),
                    Refusal.NOT_YET_VALID);
            badClaims(name + " in milliseconds", good -> good.with(name, now + "000"), Refusal.CLAIM_MALFORMED);
            for (String json : List.of("null", text(String.valueOf(now)), "-5", "true", "{}")) {
                badClaims(name + " is " + json, good -> good.with(name, json), Refusal.CLAIM_MALFORMED);
            }
        }
    }

    private void encodings() {
        Members good = mint.claims();
        String text = good.toString();
        badPayload("no JSON", "sub=admin", Refusal.MALFORMED);
        badPayload("a list", "[" + text + "]", Refusal.MALFORMED);
        badPayload("a string", "\"admin\"", Refusal.MALFORMED);
        badPayload("null", "null", Refusal.MALFORMED);
        badPayload("an empty object", "{}", Refusal.CLAIM_MISSING);
        badPayload("something behind it", text + "x", Refusal.MALFORMED);
        badPayload("a second object behind it", text + text, Refusal.MALFORMED);
        badPayload("cut off", text.substring(0, text.length() - 1), Refusal.MALFORMED);
        badPayload("a trailing comma", good.withRaw(","), Refusal.MALFORMED);
        badPayload("a comment", good.withRaw("/* x */"), Refusal.MALFORMED);
        badPayload("single quotes", text.replace('"', '\''), Refusal.MALFORMED);
        badPayload("a byte order mark", "\ufeff" + text, Refusal.MALFORMED);
        badPayload("UTF-16", text.getBytes(StandardCharsets.UTF_16LE), Refusal.MALFORMED);
        badPayload("a byte that is not UTF-8", replaced(text, (byte) 0xff), Refusal.MALFORMED);
        badPayload("an overlong encoding", replaced(text, (byte) 0xc0), Refusal.MALFORMED);
        badPayload("NUL in a string", text.replace("subject", "sub\0ject"), Refusal.MALFORMED);
        badPayload("half a surrogate pair", text.replace("subject", "\\ud83d"), Refusal.MALFORMED);
        for (String name : List.of("iss", "sub", "aud", "exp", "groups", "scope")) {
            badPayload(
                    name + " twice",
                    good.withRaw("," + text(name) + ":" + good.raw().get(name)),
                    Refusal.DUPLICATE_MEMBER);
        }
        badPayload("sub twice, once escaped", good.withRaw(",\"s\\u0075b\":\"admin\""), Refusal.DUPLICATE_MEMBER);
        badPayload("a member twice inside", good.withRaw(",\"x\":[{\"a\":1,\"a\":1}]"), Refusal.DUPLICATE_MEMBER);
        badPayload("nested too deep", good.withRaw(",\"x\":" + nested(8)), Refusal.TOO_DEEP);
        badPayload("a thousand levels", good.withRaw(",\"x\":" + nested(1000)), Refusal.TOO_DEEP);
        badPayload("a number that explodes", good.withRaw(",\"x\":1e999999999"), Refusal.MALFORMED);
        texts(mint.token());
    }

    private static byte[] replaced(String text, byte stray) {
        byte[] bytes = bytes(text);
        bytes[text.indexOf("subject")] = stray;
        return bytes;
    }

    private void texts(String good) {
        String[] parts = good.split("\\.");
        add("text: empty", "", Refusal.MALFORMED);
        add("text: two points", "..", Refusal.MALFORMED);
        add("text: one part", parts[0], Refusal.MALFORMED);
        add("text: two parts", parts[0] + "." + parts[1], Refusal.MALFORMED);
        add("text: four parts", good + ".AAAA", Refusal.MALFORMED);
        add(
                "text: five parts, as if encrypted",
                parts[0] + ".AAAA.AAAA." + parts[1] + "." + parts[2],
                Refusal.MALFORMED);
        add("text: no header", "." + parts[1] + "." + parts[2], Refusal.MALFORMED);
        add("text: no payload", parts[0] + ".." + parts[2], Refusal.MALFORMED);
        add("text: a point in front", "." + good, Refusal.MALFORMED);
        add("text: a point behind", good + ".", Refusal.MALFORMED);
        add("text: a space in front", " " + good, Refusal.MALFORMED);
        add("text: a space behind", good + " ", Refusal.MALFORMED);
        add("text: a line end behind", good + "\n", Refusal.MALFORMED);
        add("text: a line end within", good.replaceFirst("\\.", ".\r\n"), Refusal.MALFORMED);
        add("text: padded", parts[0] + "==." + parts[1] + "." + parts[2], Refusal.MALFORMED);
        add("text: in quotes", "\"" + good + "\"", Refusal.MALFORMED);
        add("text: Bearer twice", "Bearer " + good, Refusal.MALFORMED);
        add("text: a Cyrillic letter", good.replaceFirst("a", "\u0430"), Refusal.MALFORMED);
        add("text: percent-encoded point", good.replaceFirst("\\.", "%2E"), Refusal.MALFORMED);
        add("text: stray bits in the last character", strayBits(good), Refusal.MALFORMED);
        add("text: plain base64", withPlainBase64(), Refusal.MALFORMED);
        add(
                "text: JSON serialization",
                "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2]
                        + "\"}",
                Refusal.MALFORMED);
        add(
                "text: a token within a token",
                sign(header("RS256").toString(), good, "RS256", keyFor("RS256")),
                Refusal.MALFORMED);
        add("text: 8193 characters", mint.token(mint.claims().with("x", text("x".repeat(7000)))), Refusal.OVERSIZED);
    }

    /** 256 bytes leave two bits of the last character unused: a lenient decoder takes four texts for one signature. */
    private static String strayBits(String good) {
        char last = good.charAt(good.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return good.substring(0, good.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);
    }

    private String withPlainBase64() {
        // with any signature, one of many tokens has a character that differs between the two alphabets
        for (int i = 0; ; i++) {
            String[] token =
                    mint.token(mint.claims().with("n", String.valueOf(i))).split("\\.");
            String plain = token[2].replace('-', '+').replace('_', '/');
            if (!plain.equals(token[2])) {
                return token[0] + "." + token[1] + "." + plain;
            }
        }
    }
}
