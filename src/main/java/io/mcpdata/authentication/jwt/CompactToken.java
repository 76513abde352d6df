package io.mcpdata.authentication.jwt;

import io.mcpdata.json.MalformedJsonException;
import io.mcpdata.json.StrictJson;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A JWS in compact serialization (RFC 7515, section 7.1), parsed and not verified yet. Immutable as long as no caller
 * writes into its arrays.
 *
 * @param signed the bytes that the signature covers, exactly as sent
 */
record CompactToken(JsonObject header, JsonObject claims, byte[] signed, byte[] signature) {

    /** Longer than any real token, which must fit into a header. */
    static final int LONGEST = 8192;

    private static final int PARTS = 3;

    /** No token needs more than eight levels. */
    private static final StrictJson JSON = new StrictJson(8);

    /** @throws MalformedTokenException if this is not a token */
    static CompactToken parse(String token) throws MalformedTokenException {
        if (token.length() > LONGEST) {
            throw new MalformedTokenException(Refusal.OVERSIZED);
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            throw new MalformedTokenException(Refusal.MALFORMED);
        }
        byte[] signature = decode(parts[2]);
        return new CompactToken(
                object(decode(parts[0])),
                object(decode(parts[1])),
                (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                signature);
    }

    private static JsonObject object(byte[] part) throws MalformedTokenException {
        try {
            if (JSON.read(part) instanceof JsonObject object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            throw new MalformedTokenException(
                    switch (e.fault()) {
                        case SYNTAX -> Refusal.MALFORMED;
                        case DUPLICATE_MEMBER -> Refusal.DUPLICATE_MEMBER;
                        case TOO_DEEP -> Refusal.TOO_DEEP;
                    });
        }
        throw new MalformedTokenException(Refusal.MALFORMED);
    }

    /** Accepts exactly one text for the same bytes: no padding, no line ends, no stray bits in the last character. */
    private static byte[] decode(String part) throws MalformedTokenException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (bytes.length > 0
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // the exception below reports it, without quoting the text
        }
        throw new MalformedTokenException(Refusal.MALFORMED);
    }
}
