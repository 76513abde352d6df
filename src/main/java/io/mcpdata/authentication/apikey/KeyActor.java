package io.mcpdata.authentication.apikey;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.PlatformCaller;
import java.util.List;

/** Who changes keys, and which keys this caller may make. */
public record KeyActor(PlatformCaller caller, AuditSubject subject, RequestOrigin origin, KeyRights rights) {

    /** Whether a key with these roles is this caller's to revoke and to share a name with. */
    boolean mayManage(List<String> roles) {
        return rights.everything()
                || rights.withheld(roles).isEmpty() && rights.beyond(roles).isEmpty();
    }
}
