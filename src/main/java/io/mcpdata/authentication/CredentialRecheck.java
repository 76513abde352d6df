package io.mcpdata.authentication;

/**
 * Whether a credential that was good when a stream opened is good still. Each kind of credential brings its own,
 * discovered by CDI. Thread-safe and cheap: it is asked about every open stream, every second.
 */
public interface CredentialRecheck {

    /** The method this recheck speaks for. */
    AuthenticationMethod method();

    /** False as soon as the credential expired, was removed or lost a role. */
    boolean stillValid(PlatformCaller caller);

    /**
     * Whether anybody can tell for sure now. A stream goes on for a while without, but nothing is done for it: the client
     * is asked to try again.
     */
    default boolean mayCall(PlatformCaller caller) {
        return true;
    }

    /** The same for a request that comes from this address, where the credential is bound to networks. */
    default boolean validFrom(PlatformCaller caller, String clientAddress) {
        return stillValid(caller);
    }
}
