package io.mcpdata.authentication.apikey;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.PlatformCaller;
import java.util.List;

/** The caller who changes keys, and the keys that this caller may make. */
public record KeyActor(PlatformCaller caller, AuditSubject subject, RequestOrigin origin, KeyRights rights) {

    /** Whether this caller may revoke a key with these roles and use its name for another key. */
    boolean mayManage(List<String> roles) {
        return rights.everything()
                || rights.withheld(roles).isEmpty() && rights.beyond(roles).isEmpty();
    }
}
