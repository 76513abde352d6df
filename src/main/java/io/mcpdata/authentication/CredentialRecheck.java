package io.mcpdata.authentication;

/**
 * Whether a credential that was valid when a stream opened is still valid. Each kind of credential has its own recheck,
 * discovered by CDI. Thread-safe and cheap: called for every open stream, every second.
 */
public interface CredentialRecheck {

    /** The kind of credential that this recheck handles. */
    AuthenticationMethod method();

    /** False as soon as the credential expired, was removed or lost a role. */
    boolean stillValid(PlatformCaller caller);

    /**
     * Whether the answer is certain now. Otherwise a stream stays open for a while, but its calls are refused: the
     * client is asked to retry.
     */
    default boolean mayCall(PlatformCaller caller) {
        return true;
    }

    /** Whether the credential is valid for a request from this address, if it is limited to networks. */
    default boolean validFrom(PlatformCaller caller, String clientAddress) {
        return stillValid(caller);
    }
}
