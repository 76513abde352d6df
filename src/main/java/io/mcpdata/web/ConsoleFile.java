package io.mcpdata.web;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of the console, read once from the WAR. Immutable. */
final class ConsoleFile {

    private static final String FOLDER = "/console";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml");

    private final String mediaType;
    private final byte[] content;
    private final String tag;

    ConsoleFile(String name, byte[] content) {
        this.mediaType = mediaType(name);
        this.content = content.clone();
        this.tag = '"' + digest(content) + '"';
    }

    /** All files by their path below the console's folder, which begins with a slash. */
    static Map<String, ConsoleFile> all(ServletContext context) {
        Map<String, ConsoleFile> files = new HashMap<>();
        collect(context, FOLDER + "/", files);
        return Map.copyOf(files);
    }

    private static void collect(ServletContext context, String folder, Map<String, ConsoleFile> files) {
        @Nullable Set<String> paths = context.getResourcePaths(folder);
        if (paths == null) {
            throw new IllegalStateException("the WAR has no folder " + folder);
        }
        for (String path : paths) {
            if (path.endsWith("/")) {
                collect(context, path, files);
            } else {
                files.put(path.substring(FOLDER.length()), new ConsoleFile(path, read(context, path)));
            }
        }
    }

    private static byte[] read(ServletContext context, String path) {
        try (InputStream stream = Objects.requireNonNull(context.getResourceAsStream(path), path)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String mediaType() {
        return mediaType;
    }

    byte[] content() {
        return content.clone();
    }

    /** The entity tag, with its quotes. */
    String tag() {
        return tag;
    }

    /** Whether a request's {@code If-None-Match} names this content. */
    boolean isKnownTo(@Nullable String tags) {
        return tags != null
                && Arrays.stream(tags.split(","))
                        .map(String::strip)
                        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
                        .anyMatch(known -> known.equals(tag) || known.equals("*"));
    }

    private static String mediaType(String name) {
        @Nullable String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("the console has no media type for " + name);
        }
        return type;
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
