package io.mcpdata.authentication;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;

/** An API key as presented. */
public final class ApiKeyCredential extends PresentedCredential {

    private final Secret presented;
    private final boolean fromQuery;
    private String name = "";

    /** @param clientAddress where the request came from, for keys that are bound to networks */
    public ApiKeyCredential(Secret presented, String clientAddress) {
        this(presented, clientAddress, false);
    }

    ApiKeyCredential(Secret presented, String clientAddress, boolean fromQuery) {
        super(KeyDigest.of(presented.reveal()), clientAddress, "unknown_key");
        this.presented = presented;
        this.fromQuery = fromQuery;
    }

    /** For a check of its form alone; a key is found by its digest. */
    public Secret presented() {
        return presented;
    }

    /** Notes why the key of this name is refused: {@code expired_key}, {@code wrong_network}, ... */
    public void refuse(String why, String keyName) {
        refuse(Verdict.INVALID, why);
        this.name = keyName;
    }

    @Override
    AuditSubject subject() {
        return new AuditSubject(name, AuthenticationMethod.API_KEY.label(), digest().id(), "");
    }

    @Override
    String countedAs() {
        return digest().id();
    }

    @Override
    boolean isFromQuery() {
        return fromQuery;
    }
}
