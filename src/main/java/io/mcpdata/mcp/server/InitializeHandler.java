package io.mcpdata.mcp.server;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.protocol.DiscoverResult;
import io.mcpdata.protocol.Implementation;
import io.mcpdata.protocol.InitializeResult;
import io.mcpdata.protocol.ProtocolVersion;

/** What the server says of itself in its answers to {@code initialize} and {@code server/discover}. Thread-safe. */
public final class InitializeHandler {

    /** Names no tool: the caller's persona decides which tools exist. */
    private static final String INSTRUCTIONS = """
            This server answers questions about data in SQL databases. The tools you can list are the ones your \
            credential allows; there are no others to ask for, and the list may change while you are connected.
            Look before you query: find out who you are and which limits apply, which connections there are, then the \
            tables and their columns, keys and comments; never guess a name. Tools that touch data take the name of a \
            connection in their argument "connection".
            Statements are read-only and one at a time. Results are cut at a number of rows and bytes and then say \
            "truncated": aggregate and filter in SQL instead of fetching rows to count them. A result with isError \
            says what to correct; correct it and try again.""";

    private final ActiveConfiguration configuration;
    private final String version;

    public InitializeHandler(ActiveConfiguration configuration, String version) {
        this.configuration = configuration;
        this.version = version;
    }

    InitializeResult result(ProtocolVersion revision) {
        return new InitializeResult(revision, server(), INSTRUCTIONS);
    }

    /** The answer to {@code server/discover}, which takes the place of {@code initialize} in revision 2026-07-28. */
    DiscoverResult discovery() {
        return new DiscoverResult(INSTRUCTIONS);
    }

    Implementation server() {
        return new Implementation(configuration.config().server().name(), version);
    }
}
