package io.mcpdata.admin;

import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.json.Json;
import io.mcpdata.persona.Permission;
import io.mcpdata.store.StoreBackup;
import io.mcpdata.store.StoreBackups;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * {@code POST /api/v1/store/backup}: writes a copy of the store beside it, while the platform is in use. The copy stays on
 * the server, because it says who asked what. Thread-safe.
 */
@Path("/api/v1/store/backup")
@ApplicationScoped
public class StoreBackupEndpoint {

    private final StoreBackups backups;
    private final AdministratorRows rows;

    @Inject
    StoreBackupEndpoint(StoreBackups backups, AdministratorRows rows) {
        this.backups = backups;
        this.rows = rows;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public StoreBackupEndpoint() {
        this(null, null);
    }

    @POST
    @RolesAllowed(Permission.PLATFORM_ADMIN)
    public Response make(@Context HttpServletRequest request) {
        rows.record(request, Type.STORE_BACKUP, "backup_requested", Map.of());
        return RequestAnswers.of(
                request,
                "no backup was made",
                "No backup was made: the store is not available, another backup is being written, or the disk takes none."
                        + " The server's log names the cause.",
                () -> made(backups.backUp()));
    }

    private static Response made(StoreBackup backup) {
        return RequestAnswers.created(Json.write(Json.object()
                .add("file", backup.file().toString())
                .add("bytes", backup.bytes())
                .add("sha256", backup.sha256())
                .add("newest_audit_row", backup.newestRow())
                .build()));
    }
}
