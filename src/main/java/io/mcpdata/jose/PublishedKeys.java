package io.mcpdata.jose;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.List;

/**
 * The keys of a readable document. Immutable.
 *
 * @param keys the public keys that may be used; none if the document has none
 * @param warnings what is wrong with the other keys
 */
public record PublishedKeys(JWKSet keys, List<Warning> warnings) {

    /**
     * Why keys of the document are not used. Names keys by their key id and quotes none.
     *
     * @param found what the document has
     * @param expected how to correct it
     */
    public record Warning(String found, String expected) {}

    public PublishedKeys {
        warnings = List.copyOf(warnings);
    }
}
