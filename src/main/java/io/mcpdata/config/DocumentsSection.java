package io.mcpdata.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Section {@code documents}. The files of documents are read at once, so that a missing file is a fault. */
final class DocumentsSection {

    static final int LARGEST = 1024 * 1024;

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private static final String MEDIA_NAME = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}";
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(MEDIA_NAME + "/" + MEDIA_NAME + "( ?; ?" + MEDIA_NAME + "=" + MEDIA_NAME + "){0,8}");

    /** The schemes of tables and of the files of skills. */
    private static final Set<String> TAKEN = Set.of("table", "skill");

    private final Path folder;
    private final Map<String, String> taken = new HashMap<>();

    /** @param folder where relative paths begin */
    DocumentsSection(Path folder) {
        this.folder = folder;
    }

    List<DocumentConfig> read(Section documents) {
        List<DocumentConfig> configs = new ArrayList<>();
        for (String name : documents.keys()) {
            EntryName.check(documents, name);
            document(name, documents).ifPresent(configs::add);
        }
        return configs;
    }

    private Optional<DocumentConfig> document(String name, Section documents) {
        Section one = documents.section(name).only("uri", "title", "description", "mime_type", "text", "file");
        String uri = one.convert(
                "uri",
                "document://" + name,
                "an absolute URI of 1 to 256 printable ASCII characters, not with the scheme table or skill,"
                        + " such as document://terms",
                DocumentsSection::uri);
        String other = taken.putIfAbsent(uri, name);
        if (other != null) {
            documents.error(
                    name, "the same uri as in document " + FoundText.printable(other), "a uri of its own for each");
        }
        String title = one.text("title").orElse("");
        String description = one.text("description").orElse("");
        String mimeType = one.convert(
                "mime_type", "text/markdown", "a media type such as text/markdown", DocumentsSection::mediaType);
        return content(one).map(text -> new DocumentConfig(name, uri, title, description, mimeType, text));
    }

    private Optional<String> content(Section one) {
        if (one.isGiven("text") == one.isGiven("file")) {
            one.error("", one.isGiven("text") ? "both text and file" : "neither text nor file", "exactly one of them");
            return Optional.empty();
        }
        if (one.isGiven("file")) {
            return one.text("file").flatMap(file -> inFile(one, file));
        }
        Optional<String> text = one.text("text");
        if (text.isPresent() && text.get().getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            one.error("text", "more than 1 MiB", "at most 1 MiB of text");
            return Optional.empty();
        }
        return text;
    }

    private Optional<String> inFile(Section one, String file) {
        try {
            Path path = folder.resolve(file);
            if (!Files.isRegularFile(path)) {
                // a pipe or device could block or never end
                return unusable(one, "no regular file");
            }
            byte[] bytes;
            try (InputStream content = Files.newInputStream(path)) {
                bytes = content.readNBytes(LARGEST + 1);
            }
            return bytes.length > LARGEST
                    ? unusable(one, "more than 1 MiB")
                    : Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            return unusable(one, "bytes that are not UTF-8");
        } catch (IOException | InvalidPathException | SecurityException e) {
            return unusable(one, "no readable file");
        }
    }

    private Optional<String> unusable(Section one, String found) {
        one.error(
                "file",
                one.shown("file") + ": " + found,
                "a text file in UTF-8 of at most 1 MiB that the server's user may read; a relative path begins at "
                        + folder);
        return Optional.empty();
    }

    private static String uri(String text) {
        URI uri = URI.create(text);
        if (!PRINTABLE.matcher(text).matches()
                || !uri.isAbsolute()
                || TAKEN.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not usable");
        }
        return text;
    }

    private static String mediaType(String text) {
        if (!MEDIA_TYPE.matcher(text).matches()) {
            throw new IllegalArgumentException("no media type");
        }
        return text;
    }
}
