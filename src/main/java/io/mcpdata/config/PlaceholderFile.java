package io.mcpdata.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The file of <code>${file:/run/secrets/name}</code>. Kubernetes and Docker give secrets to a container as files, and
 * many tools end a file with a line end that is no part of the secret. Immutable.
 */
record PlaceholderFile(Path path) {

    /** Room for a key set or a chain of certificates. */
    static final int LARGEST = 64 * 1024;

    private static final int LONGEST_PATH = 200;
    private static final String EXPECTED = "a text file of at most 64 KiB that the server's user may read";

    /** @throws UnusableFile if the text is no absolute path */
    static PlaceholderFile of(String text) {
        String expected = "${file:/run/secrets/name}, with the absolute path and no default";
        if (text.contains(":-")) {
            throw new UnusableFile("a file with a default", expected);
        }
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return new PlaceholderFile(path);
            }
        } catch (InvalidPathException e) {
            throw new UnusableFile("a file whose path cannot be used", expected);
        }
        throw new UnusableFile("a file whose path is not absolute", expected);
    }

    /**
     * The text without its last line end.
     *
     * @throws UnusableFile if the file has no usable text
     */
    String text() {
        if (!Files.exists(path)) {
            throw unusable("which does not exist, or is in a folder that the server's user may not enter");
        }
        if (!Files.isRegularFile(path)) {
            // a pipe or device could block or never end
            throw unusable("which is no regular file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException | SecurityException e) {
            throw unusable("which cannot be read");
        }
        if (bytes.length > LARGEST) {
            throw unusable("which has more than 64 KiB");
        }
        String text = decoded(bytes).replaceFirst("\\r?\\n\\z", "");
        if (text.isEmpty()) {
            throw unusable("which is empty");
        }
        return text;
    }

    private String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unusable("which is not UTF-8");
        }
    }

    private UnusableFile unusable(String why) {
        return new UnusableFile(
                "the file " + FoundText.printable(path.toString(), LONGEST_PATH) + ", " + why, EXPECTED);
    }
}
