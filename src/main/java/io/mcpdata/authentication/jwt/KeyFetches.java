package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.KeyLocation;
import io.mcpdata.jose.PublicKeys;
import io.mcpdata.jose.PublishedKeys;
import io.mcpdata.jose.UnusableKeysException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** The ways to get an issuer's keys. */
final class KeyFetches {

    private final IssuerHttp http;

    KeyFetches(IssuerHttp http) {
        this.http = http;
    }

    KeyFetch of(IssuerConfig issuer) {
        KeyLocation location = issuer.keys();
        if (location instanceof KeyLocation.Discovery discovery) {
            return () -> discovered(discovery.document(), issuer.issuer());
        }
        if (location instanceof KeyLocation.KeySet set) {
            return () -> keySet(set.address());
        }
        if (location instanceof KeyLocation.LocalFile local) {
            return () -> now(() -> fromFile(local.file()));
        }
        return () -> now(() -> fromText("public_key", ((KeyLocation.Inline) location).text()));
    }

    private CompletableFuture<PublishedKeys> discovered(URI document, String issuer) {
        return http.get(document)
                .thenCompose(text -> now(() -> keySetOf(document, text, issuer)))
                .thenCompose(this::keySet);
    }

    private CompletableFuture<PublishedKeys> keySet(URI address) {
        return http.get(address).thenCompose(text -> now(() -> fromText(address.toString(), text)));
    }

    /**
     * OpenID Connect Discovery, section 4.3: the document must be the configured issuer's own, or it could name another
     * issuer's keys.
     */
    private static URI keySetOf(URI document, String text, String issuer) throws KeysUnavailableException {
        try {
            Map<String, Object> metadata = JSONObjectUtils.parse(text);
            if (!issuer.equals(metadata.get("issuer"))) {
                throw new KeysUnavailableException(
                        document + " " + IssuerMismatch.described(issuer, metadata.get("issuer")));
            }
            URI keys = URI.create(String.valueOf(JSONObjectUtils.getString(metadata, "jwks_uri")));
            boolean asSafe = "https".equals(keys.getScheme())
                    || "http".equals(keys.getScheme()) && "http".equals(document.getScheme());
            if (!asSafe || keys.getHost() == null) {
                throw new KeysUnavailableException(document + " names no usable jwks_uri");
            }
            return keys;
        } catch (ParseException | IllegalArgumentException e) {
            throw new KeysUnavailableException(document + " is no discovery document");
        }
    }

    private static PublishedKeys fromFile(Path file) throws KeysUnavailableException {
        try {
            return PublicKeys.read(file);
        } catch (UnusableKeysException e) {
            throw new KeysUnavailableException(file + ": " + e.found());
        }
    }

    private static PublishedKeys fromText(String place, String text) throws KeysUnavailableException {
        try {
            return PublicKeys.parse(text);
        } catch (UnusableKeysException e) {
            throw new KeysUnavailableException(place + ": " + e.found());
        }
    }

    private static <T> CompletableFuture<T> now(Callable<T> work) {
        try {
            return CompletableFuture.completedFuture(work.call());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
