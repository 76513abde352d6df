package io.mcpdata.mcp.sse;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable text that can stand in a URL. Thread-safe. */
final class RandomText {

    private static final int SESSION_ID_BYTES = 18;
    private static final int TOKEN_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** 144 random bits. */
    static String sessionId() {
        return text(SESSION_ID_BYTES);
    }

    /** 256 random bits. */
    static String token() {
        return text(TOKEN_BYTES);
    }

    private static String text(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
