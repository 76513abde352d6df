package io.mcpdata.mcp.transport;

/** Room for what waits to be sent. Thread-safe. */
interface Backlog {

    /** False, and nothing is taken, if there is no room for so many characters. */
    boolean take(long characters);

    /** Gives back what was taken, once it waits no longer. */
    void give(long characters);
}
