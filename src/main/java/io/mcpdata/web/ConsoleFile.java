package io.mcpdata.web;

import io.mcpdata.http.ContentTag;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of the console, read once from the WAR: its own, or one of a library that it uses. Immutable. */
final class ConsoleFile {

    private static final String FOLDER = "/console";

    /** Where servers find the content of the WAR's WebJars. */
    private static final String WEB_JARS = "/webjars/";

    /** What the pages use of each WebJar; none of its other files is answered. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "normalize.css", List.of("normalize.css"), "uplot", List.of("dist/uPlot.esm.js", "dist/uPlot.min.css"));

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml");

    private final String mediaType;
    private final byte[] content;
    private final String tag;
    private final String caching;

    ConsoleFile(String name, byte[] content, String caching) {
        this.caching = caching;
        this.mediaType = mediaType(name);
        this.content = content.clone();
        this.tag = '"' + ContentTag.of(content) + '"';
    }

    /** All files by their path below the console's folder, which begins with a slash. */
    static Map<String, ConsoleFile> all(ServletContext context) {
        Map<String, ConsoleFile> files = new HashMap<>();
        collect(context, FOLDER + "/", files);
        LIBRARIES.forEach((library, names) -> addLibrary(context, library, names, files));
        return Map.copyOf(files);
    }

    private static void collect(ServletContext context, String folder, Map<String, ConsoleFile> files) {
        for (String path : contents(context, folder)) {
            if (path.endsWith("/")) {
                collect(context, path, files);
            } else {
                // kept by the browser, but asked for each time: after an upgrade no old file is used
                files.put(path.substring(FOLDER.length()), new ConsoleFile(path, read(context, path), "no-cache"));
            }
        }
    }

    private static void addLibrary(
            ServletContext context, String library, List<String> names, Map<String, ConsoleFile> files) {
        String root = WEB_JARS + library + "/";
        Set<String> versions = contents(context, root);
        if (versions.size() != 1) {
            throw new IllegalStateException("the WAR must have one version of " + library + " and has " + versions);
        }
        String folder = versions.iterator().next();
        String version = folder.substring(root.length(), folder.length() - 1);
        for (String name : names) {
            String path = "/lib/" + library + "-" + version + "/" + name.substring(name.lastIndexOf('/') + 1);
            // another version has another path
            files.put(path, new ConsoleFile(name, read(context, folder + name), "public, max-age=31536000, immutable"));
        }
    }

    private static Set<String> contents(ServletContext context, String folder) {
        @Nullable Set<String> paths = context.getResourcePaths(folder);
        if (paths == null) {
            throw new IllegalStateException("the WAR has no folder " + folder);
        }
        return paths;
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

    /** The value of {@code Cache-Control}. */
    String caching() {
        return caching;
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
}
