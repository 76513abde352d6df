package io.mcpdata.export;

import java.io.IOException;
import java.io.InputStream;

/** Where the text of a finished export is. Thread-safe. */
interface ExportContent {

    /** All of it, to be closed by the caller. */
    InputStream open() throws IOException;

    /**
     * The bytes of a part.
     *
     * @param number from 1 on
     */
    byte[] part(int number, long begin, long end) throws IOException;
}
