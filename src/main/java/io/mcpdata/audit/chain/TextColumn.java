package io.mcpdata.audit.chain;

import java.util.Locale;

/** The columns of a row that are text, in the order in which they are hashed. */
public enum TextColumn {
    REQUEST_ID,
    TYPE,
    OUTCOME,
    CALLER,
    IDENTITY,
    METHOD,
    CREDENTIAL_ID,
    PERSONA,
    ROLES,
    CLIENT_ADDRESS,
    USER_AGENT,
    CATEGORY,
    RULE,
    TOOL,
    CONNECTION,
    PARAMETERS,
    /** Hashed last, and only where it is not empty. */
    TRACE_ID;

    /** The name in the table. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
