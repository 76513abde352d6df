package io.mcpdata.export;

import io.mcpdata.config.ConnectionConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A finished export. Immutable and thread-safe.
 *
 * @param name for people: the name of the file that a client keeps, without its ending
 * @param connection as it was configured when the rows were read
 * @param parts where each part begins; a part has whole rows
 */
public record Export(
        String id,
        ExportOwner owner,
        String name,
        ExportFormat format,
        ConnectionConfig connection,
        ExportContent content,
        long rows,
        long bytes,
        List<Long> parts,
        Instant expires) {

    /** The scheme and authority of the URI of an export. */
    public static final String SCHEME = "export://";

    public Export {
        parts = List.copyOf(parts);
    }

    public String uri() {
        return SCHEME + id;
    }

    /** A name for the file on a client. */
    public String fileName() {
        return name + "." + format.label();
    }

    /** To be closed by the caller. */
    public InputStream open() throws IOException {
        return content.open();
    }

    /** @param number from 1 on */
    public String part(int number) throws IOException {
        long begin = parts.get(number - 1);
        long end = number == parts.size() ? bytes : parts.get(number);
        return new String(content.part(number, begin, end), StandardCharsets.UTF_8);
    }

    /** Without the file's place. */
    @Override
    public String toString() {
        return uri();
    }
}
