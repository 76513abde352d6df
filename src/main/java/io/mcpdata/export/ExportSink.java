package io.mcpdata.export;

import java.io.IOException;

/** Where the text of an export is written. Belongs to one thread. */
interface ExportSink {

    void write(byte[] text) throws IOException;

    /** What follows belongs to another part. */
    void nextPart() throws IOException;

    /** The text is whole. */
    ExportContent finish() throws IOException;

    /** Removes what was written. */
    void discard();
}
