package io.mcpdata.admin;

import io.mcpdata.admin.AuditReads.Read;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.query.AuditPage;
import io.mcpdata.audit.query.AuditReadRefused;
import io.mcpdata.http.Disconnects;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes an export row by row, and its audit row at the end. When it fails, its last line says that rows are missing: not
 * every server ends the connection when an answer fails half way. Used once, by one thread.
 */
final class AuditExport implements StreamingOutput {

    private static final Logger LOG = System.getLogger(AuditExport.class.getName());
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int BUFFER = 64 * 1024;

    private final AuditExportFormat format;
    private final AuditPage first;
    private final Function<AuditPage, AuditPage> next;
    private final ExportPermits.Permit permit;
    private final Read read;
    private final Map<String, String> parameters;
    private long rows;

    /** @param next reads the page after a page */
    AuditExport(
            AuditExportFormat format,
            AuditPage first,
            Function<AuditPage, AuditPage> next,
            ExportPermits.Permit permit,
            Read read,
            Map<String, String> parameters) {
        this.format = format;
        this.first = first;
        this.next = next;
        this.permit = permit;
        this.read = read;
        this.parameters = Map.copyOf(parameters);
    }

    @Override
    public void write(OutputStream body) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8), BUFFER);
        try (permit) {
            out.write(format.head());
            if (!permit.begin()) {
                throw AuditReadRefused.forNow("the export began too late");
            }
            writePages(out);
            read.record(Outcome.SUCCESS, "audit_exported", parameters, rows);
            out.flush();
        } catch (IOException e) {
            Disconnects.count();
            recordFailure("audit_export_disconnected");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an export of the audit trail failed after " + rows + " rows", e);
            recordFailure("audit_export_failed");
            out.write(format.incomplete());
            out.flush();
            throw new IOException("the export failed after " + rows + " rows", e);
        }
    }

    private void writePages(Writer out) throws IOException {
        long begun = System.nanoTime();
        AuditPage page = first;
        while (true) {
            for (var row : page.rows()) {
                out.write(format.line(row));
                rows++;
            }
            if (page.next().isEmpty()) {
                return;
            }
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw AuditReadRefused.forGood("the export takes longer than " + LONGEST.toMinutes() + " minutes");
            }
            // a client that has gone is noticed, and a slow one waited for, with no statement running
            out.flush();
            page = next.apply(page);
        }
    }

    private void recordFailure(String category) {
        try {
            read.record(Outcome.ERROR, category, parameters, rows);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the end of an export of the audit trail has no audit row", e);
        }
    }
}
