package io.mcpdata.export;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.json.Json;
import io.mcpdata.servers.SharedExports;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Exports that are in the store which servers share, so that each of them gives them out. Thread-safe. */
final class StoredExports {

    private final ActiveConfiguration configuration;
    private final SharedExports shared;
    private final Queue<String> left = new ConcurrentLinkedQueue<>();

    StoredExports(ActiveConfiguration configuration, SharedExports shared) {
        this.configuration = configuration;
        this.shared = shared;
    }

    /** The parts of an export, one after the other: memory has one. */
    record Content(SharedExports shared, String id, int parts) implements ExportContent {

        @Override
        public InputStream open() {
            return new Parts(this);
        }

        @Override
        public byte[] part(int number, long begin, long end) throws IOException {
            return stored(number);
        }

        private byte[] stored(int number) throws IOException {
            try {
                return shared.read(id, number)
                        .orElseThrow(() -> new IOException("the export was removed while it was read"));
            } catch (RuntimeException e) {
                throw new IOException("the platform store did not give a part of an export", e);
            }
        }
    }

    private static final class Parts extends InputStream {

        private final Content content;
        private InputStream part = InputStream.nullInputStream();
        private int read;

        Parts(Content content) {
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) == -1 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int got = part.read(into, from, most);
            while (got == -1 && read < content.parts()) {
                read++;
                part = new ByteArrayInputStream(content.stored(read));
                got = part.read(into, from, most);
            }
            return got;
        }
    }

    /** Writes each part when the next one begins. Belongs to one thread. */
    private static final class Sink implements ExportSink {

        private final SharedExports shared;
        private final String id;
        private final Queue<String> left;
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();
        private int written;

        Sink(SharedExports shared, String id, Queue<String> left) {
            this.shared = shared;
            this.id = id;
            this.left = left;
        }

        @Override
        public void write(byte[] text) {
            part.writeBytes(text);
        }

        @Override
        public void nextPart() throws IOException {
            written++;
            try {
                shared.write(id, written, part.toByteArray());
            } catch (RuntimeException e) {
                throw new IOException("the platform store did not take a part of the export", e);
            }
            part.reset();
        }

        @Override
        public ExportContent finish() throws IOException {
            nextPart();
            return new Content(shared, id, written);
        }

        @Override
        public void discard() {
            try {
                shared.delete(id);
            } catch (RuntimeException e) {
                left.add(id);
                Exports.LOG.log(Level.WARNING, "an unfinished export could not be removed from the platform store", e);
            }
        }
    }

    /** @throws ExportRefused if the caller has as many as it may have, or the store takes none */
    ExportSink begin(String id, ExportOwner owner, ConnectionConfig connection, int most) throws IOException {
        Optional<SharedExports.Full> full;
        try {
            full = shared.begin(id, owner.identity(), connection.name(), most);
        } catch (RuntimeException e) {
            // it may have begun nevertheless
            left.add(id);
            throw new IOException("the platform store did not take the export", e);
        }
        if (full.isPresent()) {
            throw Exports.tooMany(full.get().count(), most, full.get().next());
        }
        return new Sink(shared, id, left);
    }

    /** Removes unfinished exports that could not be removed before. */
    void clean() {
        for (String id = left.peek(); id != null; id = left.peek()) {
            try {
                shared.delete(id);
            } catch (RuntimeException e) {
                // the next cleaning tries again
                return;
            }
            left.remove();
        }
    }

    /**
     * From now on each server gives it out.
     *
     * @param basis of the configuration by which its rows were read
     */
    Export finish(Export export, String basis) throws IOException {
        JsonArrayBuilder parts = Json.array();
        export.parts().forEach(parts::add);
        String description = Json.write(Json.object()
                .add("identity", export.owner().identity())
                .add("persona", export.owner().persona())
                .add("roles", Json.strings(export.owner().roles()))
                .add("name", export.name())
                .add("format", export.format().label())
                .add("rows", export.rows())
                .add("bytes", export.bytes())
                .add("parts", parts)
                .add("expires", export.expires().toString())
                .add("basis", basis)
                .build());
        try {
            shared.finish(export.id(), export.expires(), description);
        } catch (RuntimeException e) {
            throw new IOException("the platform store did not take the export", e);
        }
        return export;
    }

    /** The export, if it exists for this owner now. */
    Optional<Export> find(ExportOwner owner, String id) {
        return shared.find(id).flatMap(found -> {
            JsonObject told = Json.readObject(found.description());
            ExportOwner of = new ExportOwner(
                    told.getString("identity"),
                    told.getString("persona"),
                    told.getJsonArray("roles").getValuesAs(jakarta.json.JsonString::getString));
            boolean current = of.equals(owner) && told.getString("basis").equals(basis(of, found.connection()));
            return current ? connection(found).map(connection -> export(id, of, connection, told)) : Optional.empty();
        });
    }

    private Export export(String id, ExportOwner owner, ConnectionConfig connection, JsonObject told) {
        List<Long> parts = told.getJsonArray("parts").getValuesAs(JsonNumber::longValue);
        return new Export(
                id,
                owner,
                told.getString("name"),
                ExportFormat.of(told.getString("format")),
                connection,
                new Content(shared, id, parts.size()),
                told.getJsonNumber("rows").longValue(),
                told.getJsonNumber("bytes").longValue(),
                parts,
                Instant.parse(told.getString("expires")));
    }

    private Optional<ConnectionConfig> connection(SharedExports.Found found) {
        return configuration.config().connections().stream()
                .filter(one -> one.name().equals(found.connection()))
                .findFirst();
    }

    /** The connection whose rows the export has; empty if there is none. */
    Optional<String> connection(String id) {
        return shared.find(id).map(SharedExports.Found::connection);
    }

    void delete(String id) {
        shared.delete(id);
    }

    /** Equal as long as the same configuration decides on the rows. */
    String basis(ExportOwner owner, String connection) {
        return shared.digestOf(Exports.basisOf(configuration.config(), owner, connection));
    }
}
