package io.mcpdata.authentication.apikey;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RequestOrigin;
import java.util.List;
import java.util.Set;

/**
 * Who changes keys.
 *
 * @param grantable the roles a key of this caller's making may carry
 */
public record KeyManager(AuditSubject subject, RequestOrigin origin, Set<String> grantable) {

    public KeyManager {
        grantable = Set.copyOf(grantable);
    }

    boolean mayGrant(List<String> roles) {
        return grantable.containsAll(roles);
    }
}
