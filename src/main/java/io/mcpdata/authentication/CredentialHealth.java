package io.mcpdata.authentication;

import java.util.List;

/**
 * Whether credentials of a kind can be verified now. Each kind may bring its own implementation, discovered by CDI.
 * Thread-safe and cheap.
 */
public interface CredentialHealth {

    /** What does not work, in words that any client may read; empty if everything works. */
    List<String> ailments();
}
