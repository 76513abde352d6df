package io.mcpdata.authentication;

import java.util.List;

/** Whether credentials of a kind can be judged. Each kind may bring its own, discovered by CDI. Thread-safe and cheap. */
public interface CredentialHealth {

    /** What ails, in words fit for everybody; empty if nothing does. */
    List<String> ailments();
}
