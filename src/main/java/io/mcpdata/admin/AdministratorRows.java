package io.mcpdata.admin;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.json.Json;
import io.mcpdata.persona.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Writes the audit row about what an administrator asks for, before it is done. Thread-safe. */
@ApplicationScoped
public class AdministratorRows {

    private final AuditLog audit;
    private final CallerContext callers;
    private final RequestOrigins origins;

    @Inject
    AdministratorRows(AuditLog audit, CallerContext callers, RequestOrigins origins) {
        this.audit = audit;
        this.callers = callers;
        this.origins = origins;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AdministratorRows() {
        this(null, null, null);
    }

    /**
     * Writes the row; it is durable when this returns.
     *
     * @param parameters what is to be changed, by name
     * @throws io.mcpdata.audit.AuditUnavailableException if it cannot be written; nothing may be changed then
     */
    void record(HttpServletRequest request, Type type, String category, Map<String, String> parameters) {
        JsonObjectBuilder json = Json.object();
        new TreeMap<>(parameters).forEach(json::add);
        audit.record(AuditEvent.of(
                        Clock.systemUTC().instant(),
                        type,
                        Outcome.SUCCESS,
                        callers.require().auditSubject(),
                        origins.of(request))
                .because(category, "")
                .withCall("", "", Json.write(json.build())));
    }
}
