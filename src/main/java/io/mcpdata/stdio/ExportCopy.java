package io.mcpdata.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Copies an export of a server, and fails if its last line says that rows are missing. */
final class ExportCopy {

    private ExportCopy() {}

    /** Looks at the begin of the last line, which says whether rows are missing. */
    static void copy(InputStream rows, OutputStream out) throws IOException {
        LastLine last = new LastLine();
        byte[] buffer = new byte[64 * 1024];
        int read = rows.read(buffer);
        while (read >= 0) {
            out.write(buffer, 0, read);
            last.add(buffer, read);
            read = rows.read(buffer);
        }
        out.flush();
        String begin = last.begin();
        if (begin.startsWith("INCOMPLETE") || begin.startsWith("{\"incomplete\"")) {
            throw new CommandFailed("the export is incomplete: the server failed before its end; its log says why");
        }
    }

    /** Keeps the begin of the newest line that has characters. */
    private static final class LastLine {

        private static final int LONGEST = 32;

        private StringBuilder line = new StringBuilder();
        private String before = "";

        void add(byte[] bytes, int length) {
            int from = 0;
            for (int i = 0; i < length; i++) {
                if (bytes[i] == '\n') {
                    keep(bytes, from, i);
                    before = line.toString();
                    line = new StringBuilder();
                    from = i + 1;
                }
            }
            keep(bytes, from, length);
        }

        private void keep(byte[] bytes, int from, int to) {
            int end = Math.min(to, from + LONGEST - line.length());
            if (end > from) {
                line.append(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
            }
        }

        String begin() {
            return line.length() > 0 ? line.toString() : before;
        }
    }
}
