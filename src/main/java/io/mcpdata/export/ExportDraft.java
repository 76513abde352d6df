package io.mcpdata.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An export that is being written, row by row and in flat memory. What was written is removed on closing, unless the export
 * was finished before. Belongs to one thread.
 */
public final class ExportDraft implements AutoCloseable {

    /** Makes the export of the whole text. */
    interface Finishing {
        Export finish(ExportDraft draft, ExportContent content) throws IOException;
    }

    private final ExportSink sink;
    private final int partBytes;
    private final Finishing finishing;
    private final Runnable ended;
    private final List<Long> parts = new ArrayList<>(List.of(0L));
    private long bytes;
    private long rows;
    private boolean finished;

    /**
     * @param partBytes the bytes of a part, if no row is longer
     * @param ended runs when nothing is written any more
     */
    ExportDraft(ExportSink sink, int partBytes, Finishing finishing, Runnable ended) {
        this.sink = sink;
        this.partBytes = partBytes;
        this.finishing = finishing;
        this.ended = ended;
    }

    /** What stands before the first row. */
    public void head(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One row with its line end. */
    public void row(byte[] line) {
        if (rows > 0 && bytes + line.length - parts.get(parts.size() - 1) > partBytes) {
            parts.add(bytes);
            try {
                sink.nextPart();
            } catch (IOException e) {
                throw Exports.unwritable(e);
            }
        }
        write(line);
        rows++;
    }

    private void write(byte[] text) {
        try {
            sink.write(text);
            bytes += text.length;
        } catch (IOException e) {
            throw Exports.unwritable(e);
        }
    }

    public long bytes() {
        return bytes;
    }

    public long rows() {
        return rows;
    }

    List<Long> parts() {
        return parts;
    }

    /** The export; from now on its owner can read it. */
    public Export finish() {
        try {
            Export export = finishing.finish(this, sink.finish());
            finished = true;
            return export;
        } catch (IOException e) {
            throw Exports.unwritable(e);
        }
    }

    @Override
    public void close() {
        try {
            if (!finished) {
                sink.discard();
            }
        } finally {
            ended.run();
        }
    }
}
