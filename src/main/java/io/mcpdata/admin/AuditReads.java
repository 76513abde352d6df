package io.mcpdata.admin;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Makes the audit rows about reading the audit trail: who, with which parameters, how many rows. Thread-safe. */
@ApplicationScoped
public class AuditReads {

    private final AuditLog audit;
    private final CallerContext callers;
    private final RequestOrigins origins;

    @Inject
    AuditReads(AuditLog audit, CallerContext callers, RequestOrigins origins) {
        this.audit = audit;
        this.callers = callers;
        this.origins = origins;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AuditReads() {
        this(null, null, null);
    }

    /** A read that has begun, for any thread. */
    static final class Read {

        private final AuditLog audit;
        private final AuditSubject subject;
        private final RequestOrigin origin;
        private final String identity;
        private final long begun = System.nanoTime();

        Read(AuditLog audit, AuditSubject subject, String identity, RequestOrigin origin) {
            this.audit = audit;
            this.subject = subject;
            this.identity = identity;
            this.origin = origin;
        }

        /** The identity of the reader. */
        String identity() {
            return identity;
        }

        /**
         * Writes the row; it is durable when this returns.
         *
         * @param parameters what the reader asked for, by name
         * @throws io.mcpdata.audit.AuditUnavailableException if it cannot be written; the reader must get no rows then
         */
        void record(Outcome outcome, String category, Map<String, String> parameters, long rows) {
            Map<String, String> shown = new TreeMap<>(parameters);
            // of no use for a person
            shown.computeIfPresent(AuditCursors.PARAMETER, (name, cursor) -> "given");
            JsonObjectBuilder json = Json.object();
            shown.forEach(json::add);
            audit.record(AuditEvent.of(Clock.systemUTC().instant(), Type.AUDIT_READ, outcome, subject, origin)
                    .because(category, "")
                    .withCall("", "", Json.write(json.build()))
                    .withFigures(Duration.ofNanos(System.nanoTime() - begun), rows));
        }
    }

    /** Begins a read by the caller of this request; call it in the request's own thread. */
    Read begin(HttpServletRequest request) {
        AuthorizedCaller caller = callers.require();
        return new Read(audit, caller.auditSubject(), caller.identity(), origins.of(request));
    }
}
