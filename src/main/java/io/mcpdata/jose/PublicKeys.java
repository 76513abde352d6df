package io.mcpdata.jose;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads public keys: a JWK set (RFC 7517), a single JWK, either of them in base64url, or PEM with public keys or
 * certificates. A bad key does not affect the others. A key set without a usable key is a valid result, not an error.
 */
public final class PublicKeys {

    private static final String NEITHER_SET_NOR_KEY = "JSON that is neither a JWK set nor a JWK";
    private static final long LARGEST_FILE = 512L * 1024;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Pattern PRIVATE_PEM = Pattern.compile("-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----");

    private PublicKeys() {}

    /** @throws UnusableKeysException if the text is not a document with keys */
    public static PublishedKeys parse(String text) throws UnusableKeysException {
        String trimmed = text.strip();
        return trimmed.startsWith("{") ? fromJson(trimmed) : fromPemOrEncoded(trimmed);
    }

    /** @throws UnusableKeysException if the file cannot be read, or is not a document with keys */
    public static PublishedKeys read(Path file) throws UnusableKeysException {
        String text;
        try {
            // a pipe or device could block or never end
            if (!Files.isRegularFile(file)) {
                throw new UnusableKeysException("no regular file");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new UnusableKeysException("a file of more than " + LARGEST_FILE + " bytes");
            }
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new UnusableKeysException("a file that is not UTF-8");
        } catch (IOException | SecurityException e) {
            throw new UnusableKeysException("no readable file");
        }
        return parse(text);
    }

    private static PublishedKeys fromPemOrEncoded(String text) throws UnusableKeysException {
        if (!text.contains("-----")) {
            return fromEncoded(text);
        }
        List<JWK> keys = new ArrayList<>();
        Matcher pem = PEM.matcher(text);
        while (pem.find()) {
            fromPem(pem.group(1), pem.group(2)).ifPresent(keys::add);
        }
        KeyCollector collector = new KeyCollector();
        if (PRIVATE_PEM.matcher(text).find()) {
            collector.refuseAll();
        } else if (keys.isEmpty()) {
            throw new UnusableKeysException("PEM without an RSA or EC public key that can be read");
        } else {
            keys.forEach(collector::add);
        }
        return collector.published();
    }

    private static PublishedKeys fromEncoded(String text) throws UnusableKeysException {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).strip();
            if (decoded.startsWith("{")) {
                return fromJson(decoded);
            }
        } catch (IllegalArgumentException e) {
            // the exception below reports it, without quoting the text
        }
        throw new UnusableKeysException("neither a JWK set nor a JWK nor PEM");
    }

    private static PublishedKeys fromJson(String json) throws UnusableKeysException {
        try {
            Map<String, Object> object = JSONObjectUtils.parse(json);
            KeyCollector collector = new KeyCollector();
            if (object.get("keys") instanceof List<?>) {
                for (Map<String, Object> key : JSONObjectUtils.getJSONObjectArray(object, "keys")) {
                    collector.add(key);
                }
            } else if (object.get("kty") instanceof String && !object.containsKey("keys")) {
                collector.add(object);
            } else {
                throw new UnusableKeysException(NEITHER_SET_NOR_KEY);
            }
            return collector.published();
        } catch (ParseException e) {
            throw new UnusableKeysException(NEITHER_SET_NOR_KEY);
        }
    }

    private static Optional<JWK> fromPem(String kind, String body) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(body);
            PublicKey key = kind.equals("CERTIFICATE")
                    ? CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey()
                    : publicKey(der);
            if (key instanceof RSAPublicKey rsa) {
                return Optional.of(new RSAKey.Builder(rsa).build());
            }
            return key instanceof ECPublicKey ec
                    ? Optional.of(new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build())
                    : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
        X509EncodedKeySpec encoded = new X509EncodedKeySpec(der);
        try {
            return KeyFactory.getInstance("RSA").generatePublic(encoded);
        } catch (GeneralSecurityException notRsa) {
            return KeyFactory.getInstance("EC").generatePublic(encoded);
        }
    }
}
