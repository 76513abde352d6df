package io.mcpdata.config;

import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of a skill as it was when the configuration was read.
 *
 * @param path below the folder of the skill, with {@code /} between names
 * @param digest {@code sha256:} and the hash of the bytes in hexadecimal
 * @param size bytes
 * @param data the text, or base64 of bytes that are not UTF-8
 */
public record SkillFile(String path, String mimeType, String digest, int size, String data, boolean isText) {

    static SkillFile of(String path, byte[] bytes) {
        Optional<String> text = text(bytes);
        // the JDK's own table, so that the same file has the same type on every server
        @Nullable String known = URLConnection.guessContentTypeFromName(path);
        String standard = text.isPresent() ? "text/plain" : "application/octet-stream";
        return new SkillFile(
                path,
                known == null ? standard : known,
                digest(bytes),
                bytes.length,
                text.orElseGet(() -> Base64.getEncoder().encodeToString(bytes)),
                text.isPresent());
    }

    /** The text of these bytes, which encodes to the same bytes again; empty if they are not UTF-8. */
    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
