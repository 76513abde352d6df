package io.mcpdata.admin;

import io.mcpdata.http.Disconnects;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** Copies the file of an export to its reader through one buffer. Used once, by one thread. */
final class ExportFile implements StreamingOutput {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int BUFFER = 64 * 1024;

    private final InputStream content;
    private final ExportPermits.Permit permit;

    ExportFile(InputStream content, ExportPermits.Permit permit) {
        this.content = content;
        this.permit = permit;
    }

    @Override
    public void write(OutputStream body) throws IOException {
        try (permit;
                content) {
            if (!permit.begin()) {
                throw new IOException("the export began too late");
            }
            copy(body);
        } catch (IOException e) {
            Disconnects.count();
            throw e;
        }
    }

    private void copy(OutputStream body) throws IOException {
        long begun = System.nanoTime();
        byte[] buffer = new byte[BUFFER];
        for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IOException("the reader takes longer than " + LONGEST.toMinutes() + " minutes");
            }
            body.write(buffer, 0, length);
        }
    }
}
