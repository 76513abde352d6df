package io.mcpdata.mcp.session;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable text that can stand in a URL. Thread-safe. */
public final class RandomText {

    private static final int SESSION_ID_BYTES = 18;
    private static final int STREAM_ID_BYTES = 9;
    private static final int TOKEN_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** 144 random bits. */
    public static String sessionId() {
        return text(SESSION_ID_BYTES);
    }

    /** 72 random bits: enough among the streams of one session, which is bound to its caller. */
    public static String streamId() {
        return text(STREAM_ID_BYTES);
    }

    /** 256 random bits. */
    public static String token() {
        return text(TOKEN_BYTES);
    }

    private static String text(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
